package io.vitrine.format.gsd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** The chunks of one frame of a GSD file, by name, as arrays of the type wanted. */
final class GsdChunks {
  private final GsdFile file;
  private final Map<Integer, GsdEntry> byId = new HashMap<>();
  private String flaw;

  GsdChunks(GsdFile file) {
    this.file = file;
  }

  void add(GsdEntry entry) throws IOException {
    String entryFlaw = file.flaw(entry);
    if (entryFlaw == null) {
      byId.putIfAbsent(entry.id(), entry);
    } else if (flaw == null) {
      flaw = entryFlaw;
    }
  }

  /** What is wrong with the frame's entries, or null. */
  String flaw() {
    return flaw;
  }

  /** The chunk of a name that this frame itself carries, or null. */
  GsdEntry own(String name) {
    return byId.get(file.id(name));
  }

  /** A chunk's numbers as doubles. */
  double[] doubles(String name, GsdEntry entry) throws IOException {
    GsdType type = GsdType.of(entry.type());
    ByteBuffer in = file.data(entry, entry.bytes());
    double[] values = new double[in.remaining() / type.size()];
    switch (type) {
      case FLOAT -> {
        float[] floats = new float[values.length];
        in.asFloatBuffer().get(floats);
        for (int i = 0; i < values.length; i++) {
          values[i] = floats[i];
        }
      }
      case DOUBLE -> in.asDoubleBuffer().get(values);
      default -> throw wrongType(name, "float or double", type);
    }
    return values;
  }

  /** A chunk's numbers as integers of 32 bits. */
  int[] ints(String name, GsdEntry entry) throws IOException {
    GsdType type = GsdType.of(entry.type());
    ByteBuffer in = file.data(entry, entry.bytes());
    int[] values = new int[in.remaining() / type.size()];
    switch (type) {
      case INT32, UINT32 -> in.asIntBuffer().get(values);
      case UINT8 -> {
        for (int i = 0; i < values.length; i++) {
          values[i] = Byte.toUnsignedInt(in.get());
        }
      }
      case UINT16 -> {
        for (int i = 0; i < values.length; i++) {
          values[i] = Short.toUnsignedInt(in.getShort());
        }
      }
      default -> throw wrongType(name, "a whole number of at most 32 bits", type);
    }
    return values;
  }

  /** A chunk's first number. */
  double scalar(String name, GsdEntry entry) throws IOException {
    GsdType type = GsdType.of(entry.type());
    ByteBuffer in = file.data(entry, type.size());
    if (in.remaining() < type.size()) {
      throw new IllegalArgumentException(
          "expected " + name + " to hold a number, found " + in.remaining() + " bytes");
    }
    return switch (type) {
      case UINT8 -> Byte.toUnsignedInt(in.get());
      case UINT16 -> Short.toUnsignedInt(in.getShort());
      case UINT32 -> Integer.toUnsignedLong(in.getInt());
      case UINT64, INT64 -> in.getLong();
      case INT8, CHARACTER -> in.get();
      case INT16 -> in.getShort();
      case INT32 -> in.getInt();
      case FLOAT -> in.getFloat();
      case DOUBLE -> in.getDouble();
    };
  }

  /** A chunk's first number, which is an integer. */
  long integer(String name, GsdEntry entry) throws IOException {
    GsdType type = GsdType.of(entry.type());
    if (type == GsdType.UINT64 || type == GsdType.INT64) {
      ByteBuffer in = file.data(entry, type.size());
      if (in.remaining() == type.size()) {
        return in.getLong();
      }
    }
    return (long) scalar(name, entry);
  }

  /** A chunk's raw bytes. */
  byte[] bytes(GsdEntry entry) throws IOException {
    return file.data(entry, entry.bytes()).array();
  }

  private static IllegalArgumentException wrongType(String name, String expected, GsdType found) {
    return new IllegalArgumentException(
        "expected " + name + " as " + expected + ", found " + found);
  }
}
