package io.vitrine.format.gsd;

import java.nio.ByteBuffer;

/**
 * One entry of a GSD index: where the numbers of one chunk of one frame are.
 *
 * @param frame the frame
 * @param rows N
 * @param location byte of the file
 * @param columns M
 * @param id ordinal of its name
 * @param type code of its number type
 * @param flags 0
 */
record GsdEntry(long frame, long rows, long location, long columns, int id, int type, int flags) {
  /** Bytes an entry takes. */
  static final int SIZE = 32;

  /** Reads the entry at the buffer's position; null where the list ends there. */
  static GsdEntry read(ByteBuffer in) {
    long frame = in.getLong();
    long rows = in.getLong();
    long location = in.getLong();
    long columns = Integer.toUnsignedLong(in.getInt());
    int id = Short.toUnsignedInt(in.getShort());
    int type = Byte.toUnsignedInt(in.get());
    int flags = Byte.toUnsignedInt(in.get());
    return location == 0 ? null : new GsdEntry(frame, rows, location, columns, id, type, flags);
  }

  void write(ByteBuffer out) {
    out.putLong(frame).putLong(rows).putLong(location).putInt((int) columns);
    out.putShort((short) id).put((byte) type).put((byte) flags);
  }

  /** What makes the entry unusable in a file of {@code size} bytes, or null. */
  String flaw(long size) {
    GsdType number = GsdType.of(type);
    if (number == null) {
      return "expected a number type of 1 to " + GsdType.values().length + ", found " + type;
    }
    if (flags != 0) {
      return "expected flags 0, found " + flags;
    }
    if (location < 0 || location > size) {
      return "expected a location within the file's " + size + " bytes, found " + location;
    }
    long left = size - location;
    if (rows < 0 || (columns > 0 && rows > left / number.size() / columns)) {
      return "expected the chunk to end within the file's "
          + size
          + " bytes, found "
          + Long.toUnsignedString(rows)
          + " x "
          + columns
          + " numbers of "
          + number.size()
          + " bytes at byte "
          + location;
    }
    return null;
  }

  /** Bytes of the chunk; call only for an entry without flaw. */
  long bytes() {
    return rows * columns * GsdType.of(type).size();
  }
}
