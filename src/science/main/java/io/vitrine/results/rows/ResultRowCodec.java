package io.vitrine.results.rows;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Rows as bytes: version (1), kind (1), then every cell with a one-byte tag. Whole numbers and
 * lengths are zigzag variable-length integers, reals their 8 bytes (NaN survives), text UTF-8. Two
 * equal rows have equal bytes.
 */
public final class ResultRowCodec {
  private static final int VERSION = 1;
  private static final int NOTHING = 0;
  private static final int TEXT = 1;
  private static final int WHOLE = 2;
  private static final int REAL = 3;
  private static final int NUMBERS = 4;

  private ResultRowCodec() {}

  /** Writes one row. */
  public static void encode(ResultRow row, DataOutput out) throws IOException {
    Object[] cells = row.cells();
    out.writeByte(VERSION);
    out.writeByte(row.kind().tag());
    writeWhole(cells.length, out);
    for (Object cell : cells) {
      if (cell == null) {
        out.writeByte(NOTHING);
      } else if (cell instanceof String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeByte(TEXT);
        writeWhole(bytes.length, out);
        out.write(bytes);
      } else if (cell instanceof Long whole) {
        out.writeByte(WHOLE);
        writeWhole(whole, out);
      } else if (cell instanceof Double real) {
        out.writeByte(REAL);
        out.writeLong(Double.doubleToLongBits(real));
      } else {
        long[] numbers = (long[]) cell;
        out.writeByte(NUMBERS);
        writeWhole(numbers.length, out);
        for (long number : numbers) {
          writeWhole(number, out);
        }
      }
    }
  }

  /** Reads one row. */
  public static ResultRow decode(DataInput in) throws IOException {
    int version = in.readUnsignedByte();
    if (version != VERSION) {
      throw new IOException("result row: version must be " + VERSION + ", but was " + version);
    }
    int kindTag = in.readUnsignedByte();
    RowKind kind = RowKind.ofTag(kindTag);
    if (kind == null) {
      throw new IOException("result row: kind must be a known tag, but was " + kindTag);
    }
    Object[] cells = new Object[Math.toIntExact(readWhole(in))];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = readCell(in);
    }
    return kind.row(new RowCells(cells));
  }

  private static Object readCell(DataInput in) throws IOException {
    int tag = in.readUnsignedByte();
    switch (tag) {
      case NOTHING:
        return null;
      case TEXT:
        byte[] bytes = new byte[Math.toIntExact(readWhole(in))];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
      case WHOLE:
        return readWhole(in);
      case REAL:
        return Double.longBitsToDouble(in.readLong());
      case NUMBERS:
        long[] numbers = new long[Math.toIntExact(readWhole(in))];
        for (int i = 0; i < numbers.length; i++) {
          numbers[i] = readWhole(in);
        }
        return numbers;
      default:
        throw new IOException("result row: tag must be <= " + NUMBERS + ", but was " + tag);
    }
  }

  private static void writeWhole(long value, DataOutput out) throws IOException {
    long rest = (value << 1) ^ (value >> 63);
    while ((rest & ~0x7FL) != 0) {
      out.writeByte((int) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }

  private static long readWhole(DataInput in) throws IOException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      long part = in.readUnsignedByte();
      value |= (part & 0x7F) << shift;
      if ((part & 0x80) == 0) {
        return (value >>> 1) ^ -(value & 1);
      }
    }
    throw new IOException("result row: a whole number must end within 10 bytes, but did not");
  }
}
