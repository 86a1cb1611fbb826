package io.vitrine.format.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads and writes arrays as bulk little-endian columns: a count, then the values.
 *
 * <p>A null array is written as count -1. Reading checks every count against the bytes that are
 * left before anything is allocated from it.
 */
public final class Columns {
  private Columns() {}

  /** A growing buffer of columns. */
  public static final class Writer {
    private ByteBuffer buffer;

    /** A writer that expects about so many bytes. */
    public Writer(int expectedBytes) {
      buffer = ByteBuffer.allocate(Math.max(64, expectedBytes)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Appends one byte. */
    public Writer put(byte value) {
      room(1).put(value);
      return this;
    }

    /** Appends an int. */
    public Writer put(int value) {
      room(4).putInt(value);
      return this;
    }

    /** Appends a long. */
    public Writer put(long value) {
      room(8).putLong(value);
      return this;
    }

    /** Appends a double. */
    public Writer put(double value) {
      room(8).putDouble(value);
      return this;
    }

    /** Appends a string, or null. */
    public Writer put(String value) {
      return put(value == null ? null : value.getBytes(StandardCharsets.UTF_8));
    }

    /** Appends a column, or null. */
    public Writer put(byte[] column) {
      if (count(column == null ? -1 : column.length, 1)) {
        buffer.put(column);
      }
      return this;
    }

    /** Appends a column, or null. */
    public Writer put(int[] column) {
      if (count(column == null ? -1 : column.length, 4)) {
        buffer.asIntBuffer().put(column);
        buffer.position(buffer.position() + 4 * column.length);
      }
      return this;
    }

    /** Appends a column, or null. */
    public Writer put(float[] column) {
      if (count(column == null ? -1 : column.length, 4)) {
        buffer.asFloatBuffer().put(column);
        buffer.position(buffer.position() + 4 * column.length);
      }
      return this;
    }

    /** Appends a column, or null. */
    public Writer put(double[] column) {
      if (count(column == null ? -1 : column.length, 8)) {
        buffer.asDoubleBuffer().put(column);
        buffer.position(buffer.position() + 8 * column.length);
      }
      return this;
    }

    /** Everything written so far; a buffer of the right length is not copied. */
    public byte[] toBytes() {
      return !buffer.hasRemaining()
          ? buffer.array()
          : Arrays.copyOf(buffer.array(), buffer.position());
    }

    private boolean count(int length, int size) {
      room(4 + Math.max(0, length) * (long) size).putInt(length);
      return length >= 0;
    }

    private ByteBuffer room(long bytes) {
      long needed = buffer.position() + bytes;
      if (needed > buffer.capacity()) {
        int capacity = (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(needed, 2L * needed));
        if (needed > capacity) {
          throw new IllegalStateException("more than 2 GiB in one record: " + needed + " bytes");
        }
        ByteBuffer larger = ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
        buffer.flip();
        larger.put(buffer);
        buffer = larger;
      }
      return buffer;
    }
  }

  /** Reads what a {@link Writer} wrote, in the same order. */
  public static final class Reader {
    private final ByteBuffer buffer;
    private final String what;

    /** A reader of the bytes of {@code what} (named in errors). */
    public Reader(byte[] bytes, String what) {
      this.buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      this.what = what;
    }

    /** The next byte. */
    public byte getByte() throws IOException {
      need(1);
      return buffer.get();
    }

    /** The next int. */
    public int getInt() throws IOException {
      need(4);
      return buffer.getInt();
    }

    /** The next long. */
    public long getLong() throws IOException {
      need(8);
      return buffer.getLong();
    }

    /** The next double. */
    public double getDouble() throws IOException {
      need(8);
      return buffer.getDouble();
    }

    /** The next string, or null. */
    public String getString() throws IOException {
      byte[] bytes = getBytes();
      return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    /** The next column, or null. */
    public byte[] getBytes() throws IOException {
      int n = count(1);
      if (n < 0) {
        return null;
      }
      byte[] column = new byte[n];
      buffer.get(column);
      return column;
    }

    /** Passes over a column of bytes, or null. */
    public void skipBytes() throws IOException {
      int n = count(1);
      buffer.position(buffer.position() + Math.max(0, n));
    }

    /** The next column, or null. */
    public int[] getInts() throws IOException {
      int n = count(4);
      if (n < 0) {
        return null;
      }
      int[] column = new int[n];
      buffer.asIntBuffer().get(column);
      buffer.position(buffer.position() + 4 * n);
      return column;
    }

    /** The next column, or null. */
    public float[] getFloats() throws IOException {
      int n = count(4);
      if (n < 0) {
        return null;
      }
      float[] column = new float[n];
      buffer.asFloatBuffer().get(column);
      buffer.position(buffer.position() + 4 * n);
      return column;
    }

    /** The next column, or null. */
    public double[] getDoubles() throws IOException {
      int n = count(8);
      if (n < 0) {
        return null;
      }
      double[] column = new double[n];
      buffer.asDoubleBuffer().get(column);
      buffer.position(buffer.position() + 8 * n);
      return column;
    }

    /** Refuses bytes that are left over. */
    public void end() throws IOException {
      if (buffer.hasRemaining()) {
        throw new IOException(
            what + ": " + buffer.remaining() + " bytes left over at " + buffer.position());
      }
    }

    private int count(int size) throws IOException {
      int n = getInt();
      if (n < -1 || n * (long) size > buffer.remaining()) {
        throw new IOException(
            what
                + ": column of "
                + n
                + " values at byte "
                + (buffer.position() - 4)
                + ", expected at most "
                + buffer.remaining() / size);
      }
      return n;
    }

    private void need(int bytes) throws IOException {
      if (buffer.remaining() < bytes) {
        throw new IOException(what + ": ends at byte " + buffer.position() + ", expected more");
      }
    }
  }
}
