package io.vitrine.format.wire;

import io.vitrine.model.Box;
import io.vitrine.model.Frame;
import io.vitrine.model.Particles;
import io.vitrine.model.Thermo;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A frame as bytes, on the wire and in spools: every bit comes back.
 *
 * <p>Layout, little-endian, version 1: byte version; byte periodic edges (bits 0..2), unwrapped
 * (3), positions float32 (4), velocities there (5) and float32 (6), ids consecutive (7); byte bytes
 * an image flag (0: none, 1, 2, 4); string simulation (u16 length, UTF-8); i64 step; f64 time; 9
 * f64 box; 3 f64 energy, pressure, temperature; i32 N; ids (first only where consecutive, else N
 * i32); types, one bit each; positions 3N; images 3N; velocities 3N. Float32 is used where every
 * number of the column is exactly one.
 *
 * <p>Version 2 is for other species than A and B and for two dimensions: behind the bytes an image
 * flag are a byte of dimensions and a string of names with spaces between them, and types take a
 * byte each. Version 3 is version 2 with a diameter (f64) of each particle behind the types.
 *
 * <p>Decoded frames share equal {@link Particles}. Cost: O(N), bulk copies.
 */
public final class FrameCodec {
  /** A and B in three dimensions. */
  private static final byte BINARY = 1;

  /** Any species and dimensions. */
  private static final byte GENERAL = 2;

  /** The same with a diameter for each particle. */
  private static final byte SIZED = 3;

  private static final int UNWRAPPED = 1 << 3;
  private static final int FLOAT_POSITIONS = 1 << 4;
  private static final int VELOCITIES = 1 << 5;
  private static final int FLOAT_VELOCITIES = 1 << 6;
  private static final int CONSECUTIVE = 1 << 7;
  private static final int FIXED = 3 + Short.BYTES + 14 * Double.BYTES + Integer.BYTES;

  private FrameCodec() {}

  /** The bytes of a frame. */
  public static byte[] encode(Frame frame) {
    int n = frame.count();
    byte[] simulation = frame.simulation().getBytes(StandardCharsets.UTF_8);
    if (simulation.length > Character.MAX_VALUE) {
      throw new IllegalArgumentException(
          "simulation id must have at most 65535 bytes, but had " + simulation.length);
    }
    float[] positions = asFloats(frame.positions());
    float[] velocities = frame.velocities() == null ? null : asFloats(frame.velocities());
    boolean consecutive = consecutive(frame.particles().ids());
    Box box = frame.box();
    boolean sized = frame.particles().diameters() != null;
    boolean general = sized || box.dimensions() != 3 || !ParticlesCodec.isBinary(frame.particles());
    byte[] names = general ? ParticlesCodec.names(frame.particles()) : new byte[0];
    int imageBytes = imageBytes(frame.images());
    long length = FIXED + (long) simulation.length + (consecutive ? 4L : 4L * n);
    length += general ? 1L + Short.BYTES + names.length + n : (n + 7L) / 8;
    length += sized ? (long) Double.BYTES * n : 0;
    length += 3L * n * (positions != null ? Float.BYTES : Double.BYTES);
    length += 3L * n * imageBytes;
    if (frame.velocities() != null) {
      length += 3L * n * (velocities != null ? Float.BYTES : Double.BYTES);
    }
    ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(length)).order(ByteOrder.LITTLE_ENDIAN);
    int flags = box.periodicX() ? 1 : 0;
    flags |= box.periodicY() ? 2 : 0;
    flags |= box.periodicZ() ? 4 : 0;
    flags |= frame.unwrapped() ? UNWRAPPED : 0;
    flags |= positions != null ? FLOAT_POSITIONS : 0;
    flags |= frame.velocities() != null ? VELOCITIES : 0;
    flags |= velocities != null ? FLOAT_VELOCITIES : 0;
    flags |= consecutive ? CONSECUTIVE : 0;
    out.put(sized ? SIZED : general ? GENERAL : BINARY).put((byte) flags).put((byte) imageBytes);
    if (general) {
      out.put((byte) box.dimensions()).putShort((short) names.length).put(names);
    }
    out.putShort((short) simulation.length).put(simulation);
    out.putLong(frame.step()).putDouble(frame.time());
    out.putDouble(box.lx()).putDouble(box.ly()).putDouble(box.lz());
    out.putDouble(box.xy()).putDouble(box.xz()).putDouble(box.yz());
    out.putDouble(box.originX()).putDouble(box.originY()).putDouble(box.originZ());
    Thermo thermo = frame.thermo();
    out.putDouble(thermo.potentialEnergy()).putDouble(thermo.pressure());
    out.putDouble(thermo.temperature()).putInt(n);
    ParticlesCodec.write(frame.particles(), consecutive, general, out);
    putNumbers(out, frame.positions(), positions);
    putImages(out, frame.images(), imageBytes);
    if (frame.velocities() != null) {
      putNumbers(out, frame.velocities(), velocities);
    }
    return out.array();
  }

  /**
   * The frame of the bytes.
   *
   * @throws IllegalArgumentException for bytes that are no frame of this version
   */
  public static Frame decode(byte[] bytes) {
    return decode(ByteBuffer.wrap(bytes));
  }

  /** The same of all bytes of a buffer. */
  static Frame decode(ByteBuffer bytes) {
    try {
      return read(bytes.order(ByteOrder.LITTLE_ENDIAN));
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException(
          "encoded frame must not end early, but had " + bytes.limit() + " bytes", e);
    }
  }

  /** Number of particles of the frame of the bytes. */
  static int count(ByteBuffer bytes) {
    ByteBuffer in = bytes.order(ByteOrder.LITTLE_ENDIAN);
    boolean general = in.get() != BINARY;
    in.position(3 + (general ? 1 : 0));
    if (general) {
      in.position(in.position() + Short.BYTES + Short.toUnsignedInt(in.getShort(in.position())));
    }
    in.position(in.position() + Short.BYTES + Short.toUnsignedInt(in.getShort(in.position())));
    return in.getInt(in.position() + Long.BYTES + 13 * Double.BYTES);
  }

  private static Frame read(ByteBuffer in) {
    byte version = in.get();
    if (version < BINARY || version > SIZED) {
      throw new IllegalArgumentException(
          "encoded frame must have version 1, 2 or 3, but had " + version);
    }
    boolean general = version != BINARY;
    boolean sized = version == SIZED;
    int flags = in.get();
    int imageBytes = in.get();
    if (imageBytes < 0 || imageBytes > 4 || imageBytes == 3) {
      throw new IllegalArgumentException(
          "bytes an image flag must be 0, 1, 2 or 4, but were " + imageBytes);
    }
    int dimensions = general ? in.get() : 3;
    List<String> names = general ? ParticlesCodec.names(in) : ParticlesCodec.BINARY;
    byte[] simulation = new byte[Short.toUnsignedInt(in.getShort())];
    in.get(simulation);
    Frame.Builder frame = Frame.of(new String(simulation, StandardCharsets.UTF_8));
    frame.at(in.getLong(), in.getDouble());
    frame.box(box(in, flags, dimensions));
    frame.thermo(new Thermo(in.getDouble(), in.getDouble(), in.getDouble()));
    int n = in.getInt();
    boolean floats = (flags & FLOAT_POSITIONS) != 0;
    boolean floatVelocities = (flags & FLOAT_VELOCITIES) != 0;
    boolean consecutive = (flags & CONSECUTIVE) != 0;
    long left = (consecutive ? 4L : 4L * n) + (general ? n : (n + 7L) / 8) + 3L * n * imageBytes;
    left += sized ? (long) Double.BYTES * n : 0;
    left += 3L * n * (floats ? Float.BYTES : Double.BYTES);
    if ((flags & VELOCITIES) != 0) {
      left += 3L * n * (floatVelocities ? Float.BYTES : Double.BYTES);
    }
    if (n < 0 || left != in.remaining()) {
      throw new IllegalArgumentException(
          "encoded frame of "
              + n
              + " particles must have "
              + left
              + " bytes of columns, but had "
              + in.remaining());
    }
    frame.particles(ParticlesCodec.read(in, n, consecutive, general, sized, names));
    double[] positions = numbers(in, 3 * n, floats);
    int[] images = images(in, 3 * n, imageBytes);
    if ((flags & UNWRAPPED) != 0) {
      frame.unwrapped(positions);
    } else {
      frame.wrapped(positions, images);
    }
    return (flags & VELOCITIES) == 0
        ? frame.build()
        : frame.velocities(numbers(in, 3 * n, floatVelocities)).build();
  }

  private static Box box(ByteBuffer in, int flags, int dimensions) {
    return new Box(
        in.getDouble(),
        in.getDouble(),
        in.getDouble(),
        in.getDouble(),
        in.getDouble(),
        in.getDouble(),
        in.getDouble(),
        in.getDouble(),
        in.getDouble(),
        (flags & 1) != 0,
        (flags & 2) != 0,
        (flags & 4) != 0,
        dimensions);
  }

  private static boolean consecutive(int[] ids) {
    for (int i = 1; i < ids.length; i++) {
      if (ids[i] != ids[i - 1] + 1) {
        return false;
      }
    }
    return true;
  }

  /** The numbers as floats, or null where that would change one. */
  private static float[] asFloats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      float f = (float) values[i];
      if (Double.doubleToRawLongBits(f) != Double.doubleToRawLongBits(values[i])) {
        return null;
      }
      floats[i] = f;
    }
    return floats;
  }

  private static void putNumbers(ByteBuffer out, double[] values, float[] floats) {
    if (floats == null) {
      out.asDoubleBuffer().put(values);
      out.position(out.position() + Double.BYTES * values.length);
    } else {
      out.asFloatBuffer().put(floats);
      out.position(out.position() + Float.BYTES * floats.length);
    }
  }

  private static double[] numbers(ByteBuffer in, int count, boolean asFloats) {
    double[] values = new double[count];
    if (asFloats) {
      float[] floats = new float[count];
      in.asFloatBuffer().get(floats);
      in.position(in.position() + Float.BYTES * count);
      for (int i = 0; i < count; i++) {
        values[i] = floats[i];
      }
    } else {
      in.asDoubleBuffer().get(values);
      in.position(in.position() + Double.BYTES * count);
    }
    return values;
  }

  private static int imageBytes(int[] images) {
    if (images == null) {
      return 0;
    }
    int low = 0;
    int high = 0;
    for (int image : images) {
      low = Math.min(low, image);
      high = Math.max(high, image);
    }
    if (low >= Byte.MIN_VALUE && high <= Byte.MAX_VALUE) {
      return Byte.BYTES;
    }
    return low >= Short.MIN_VALUE && high <= Short.MAX_VALUE ? Short.BYTES : Integer.BYTES;
  }

  private static void putImages(ByteBuffer out, int[] images, int bytes) {
    if (bytes == Byte.BYTES) {
      byte[] small = new byte[images.length];
      for (int i = 0; i < small.length; i++) {
        small[i] = (byte) images[i];
      }
      out.put(small);
      return;
    }
    for (int i = 0; bytes > 0 && i < images.length; i++) {
      switch (bytes) {
        case Short.BYTES -> out.putShort((short) images[i]);
        default -> out.putInt(images[i]);
      }
    }
  }

  private static int[] images(ByteBuffer in, int count, int bytes) {
    if (bytes == 0) {
      return null;
    }
    int[] images = new int[count];
    if (bytes == Byte.BYTES) {
      byte[] small = new byte[count];
      in.get(small);
      for (int i = 0; i < count; i++) {
        images[i] = small[i];
      }
      return images;
    }
    for (int i = 0; i < count; i++) {
      images[i] =
          switch (bytes) {
            case Short.BYTES -> in.getShort();
            default -> in.getInt();
          };
    }
    return images;
  }
}
