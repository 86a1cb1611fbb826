package io.vitrine.streaming.coders;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.CustomCoder;

/**
 * A coder for values that carry their own byte form: length, then the bytes.
 *
 * <p>The byte form belongs to the value's class in science, starts with a version there, and is the
 * same wherever the value is stored: in a window's state, on the wire, in a checkpoint.
 *
 * @param <T> the value
 */
public abstract class RecordCoder<T> extends CustomCoder<T> {
  private static final long serialVersionUID = 1L;

  /** Beyond this a length is a sign of a broken stream, not of a large frame. */
  private static final int LARGEST = Integer.MAX_VALUE - 64;

  /** Up to this length an array is made before its bytes are there: else it grows with them. */
  private static final int AT_ONCE = 1 << 24;

  /** The value as bytes. */
  protected abstract byte[] toBytes(T value) throws IOException;

  /** The value these bytes are. */
  protected abstract T fromBytes(byte[] bytes) throws IOException;

  /** What the value is called in errors. */
  protected String what() {
    return getClass().getSimpleName();
  }

  @Override
  public final void encode(T value, OutputStream out) throws IOException {
    byte[] bytes = toBytes(value);
    DataOutputStream data = new DataOutputStream(out);
    data.writeInt(bytes.length);
    data.write(bytes);
    data.flush();
  }

  @Override
  public final T decode(InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(in);
    int length = data.readInt();
    if (length < 0 || length > LARGEST) {
      throw new IOException(what() + ": length " + length + " is not a length");
    }
    return fromBytes(read(data, length));
  }

  private byte[] read(DataInputStream data, int length) throws IOException {
    byte[] bytes = length > AT_ONCE ? data.readNBytes(length) : new byte[length];
    int there = length > AT_ONCE ? bytes.length : data.readNBytes(bytes, 0, length);
    if (there != length) {
      throw new EOFException(what() + ": " + there + " bytes, expected " + length);
    }
    return bytes;
  }

  @Override
  public final void verifyDeterministic() {
    // The byte forms hold numbers, strings and arrays in a fixed order.
  }

  @Override
  public final boolean consistentWithEquals() {
    return true;
  }

  /** Coders without parameters: two of one class are the same. */
  @Override
  @SuppressWarnings("EqualsGetClass") // the class is all there is
  public boolean equals(Object other) {
    return other != null && getClass() == other.getClass();
  }

  @Override
  public int hashCode() {
    return getClass().hashCode();
  }
}
