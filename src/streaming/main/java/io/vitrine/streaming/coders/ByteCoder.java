package io.vitrine.streaming.coders;

import java.io.IOException;
import java.io.Serializable;
import org.apache.beam.sdk.values.TypeDescriptor;

/**
 * The coder of a type whose byte form is two functions of its class.
 *
 * @param <T> the value
 */
public final class ByteCoder<T> extends RecordCoder<T> {
  private static final long serialVersionUID = 1L;

  private final Class<T> type;
  private final Write<T> write;
  private final Read<T> read;

  /** Writes the byte form. */
  public interface Write<T> extends Serializable {
    /** The value as bytes. */
    byte[] apply(T value) throws IOException;
  }

  /** Reads the byte form. */
  public interface Read<T> extends Serializable {
    /** The value these bytes are. */
    T apply(byte[] bytes) throws IOException;
  }

  private ByteCoder(Class<T> type, Write<T> write, Read<T> read) {
    this.type = type;
    this.write = write;
    this.read = read;
  }

  /** The coder of a type; two of one type are equal. */
  public static <T> ByteCoder<T> of(Class<T> type, Write<T> write, Read<T> read) {
    return new ByteCoder<>(type, write, read);
  }

  @Override
  protected byte[] toBytes(T value) throws IOException {
    return write.apply(value);
  }

  @Override
  protected T fromBytes(byte[] bytes) throws IOException {
    return read.apply(bytes);
  }

  @Override
  protected String what() {
    return type.getSimpleName();
  }

  @Override
  public TypeDescriptor<T> getEncodedTypeDescriptor() {
    return TypeDescriptor.of(type);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ByteCoder<?> that && type == that.type;
  }

  @Override
  public int hashCode() {
    return type.hashCode();
  }

  @Override
  public String toString() {
    return "ByteCoder(" + what() + ")";
  }
}
