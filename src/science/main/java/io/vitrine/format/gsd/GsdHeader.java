package io.vitrine.format.gsd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The first 256 bytes of a GSD file.
 *
 * @param indexLocation byte at which the index is
 * @param indexAllocated entries it has room for
 * @param namesLocation byte at which the names are
 * @param namesAllocated room they have, in units of 64 bytes
 * @param schemaVersion version of the schema: major in the upper half, minor in the lower
 * @param version version of the file layer, likewise
 * @param schema name of the schema
 * @see <a href="https://gsd.readthedocs.io/en/stable/file-layer.html">GSD file layer</a>
 */
public record GsdHeader(
    long indexLocation,
    long indexAllocated,
    long namesLocation,
    long namesAllocated,
    int schemaVersion,
    int version,
    String schema) {
  static final int SIZE = 256;
  static final int NAME_UNIT = 64;
  public static final long MAGIC = 0x65DF65DF65DF65DFL;
  private static final int TEXT = 64;
  private static final String APPLICATION = "Vitrine";

  /** Reads and checks a header. */
  static GsdHeader read(Path path, ByteBuffer in) throws IOException {
    in.order(ByteOrder.LITTLE_ENDIAN);
    long magic = in.getLong();
    if (magic != MAGIC) {
      throw new IOException(
          String.format(
              "%s is no GSD file: expected %016x at byte 0, found %016x", path, MAGIC, magic));
    }
    long indexLocation = in.getLong();
    long indexAllocated = in.getLong();
    long namesLocation = in.getLong();
    long namesAllocated = in.getLong();
    int schemaVersion = in.getInt();
    int version = in.getInt();
    in.position(in.position() + TEXT);
    String schema = text(in);
    int major = version >>> 16;
    if (major < 1 || major > 2) {
      throw new IOException(path + ": expected GSD file layer 1 or 2 at byte 44, found " + major);
    }
    if (!schema.equals("hoomd") || schemaVersion >>> 16 != 1) {
      throw new IOException(
          String.format(
              "%s: expected schema hoomd 1.x at byte 112, found '%s' %d.%d",
              path, schema, schemaVersion >>> 16, schemaVersion & 0xffff));
    }
    return new GsdHeader(
        indexLocation,
        indexAllocated,
        namesLocation,
        namesAllocated,
        schemaVersion,
        version,
        schema);
  }

  /** What points outside a file of {@code size} bytes, or null. */
  String flaw(long size) {
    if (!holds(size, indexLocation, indexAllocated, GsdEntry.SIZE)) {
      return "expected the index within the file's "
          + size
          + " bytes, found "
          + Long.toUnsignedString(indexAllocated)
          + " entries at byte "
          + indexLocation;
    }
    if (!holds(size, namesLocation, namesAllocated, NAME_UNIT)) {
      return "expected the names within the file's "
          + size
          + " bytes, found "
          + Long.toUnsignedString(namesAllocated)
          + " x 64 bytes at byte "
          + namesLocation;
    }
    return null;
  }

  private static boolean holds(long size, long location, long count, int unit) {
    return location >= SIZE && location <= size && count >= 0 && count <= (size - location) / unit;
  }

  ByteBuffer write() {
    ByteBuffer out = ByteBuffer.allocate(SIZE).order(ByteOrder.LITTLE_ENDIAN);
    out.putLong(MAGIC).putLong(indexLocation).putLong(indexAllocated);
    out.putLong(namesLocation).putLong(namesAllocated);
    out.putInt(schemaVersion).putInt(version);
    int at = out.position();
    out.put(APPLICATION.getBytes(StandardCharsets.UTF_8)).position(at + TEXT);
    out.put(schema.getBytes(StandardCharsets.UTF_8)).position(0);
    return out;
  }

  int majorVersion() {
    return version >>> 16;
  }

  private static String text(ByteBuffer in) {
    byte[] bytes = new byte[TEXT];
    in.get(bytes);
    int length = 0;
    while (length < TEXT && bytes[length] != 0) {
      length++;
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }
}
