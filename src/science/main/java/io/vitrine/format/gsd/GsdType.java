package io.vitrine.format.gsd;

/** How the numbers of a GSD chunk are stored. */
enum GsdType {
  UINT8(1, 1),
  UINT16(2, 2),
  UINT32(3, 4),
  UINT64(4, 8),
  INT8(5, 1),
  INT16(6, 2),
  INT32(7, 4),
  INT64(8, 8),
  FLOAT(9, 4),
  DOUBLE(10, 8),
  CHARACTER(11, 1);

  private static final GsdType[] TYPES = values();

  private final int code;
  private final int size;

  GsdType(int code, int size) {
    this.code = code;
    this.size = size;
  }

  /** Bytes a number. */
  int size() {
    return size;
  }

  byte code() {
    return (byte) code;
  }

  /** The type of a code, or null where there is none. */
  static GsdType of(int code) {
    return code < 1 || code > TYPES.length ? null : TYPES[code - 1];
  }
}
