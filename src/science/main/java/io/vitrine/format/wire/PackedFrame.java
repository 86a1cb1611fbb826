package io.vitrine.format.wire;

import io.vitrine.model.Frame;
import java.io.IOException;
import java.util.Arrays;

/**
 * A frame on its way to the windows: packed by {@link FrameCodec}, with its place in the
 * simulation.
 *
 * <p>It stays packed because each frame lies in eleven windows. Carries grid time, positions, box
 * and particles only; velocities have done their work. Immutable; its bytes are not copied.
 */
public final class PackedFrame {
  private final long number;
  private final long windows;
  private final byte[] bytes;

  private PackedFrame(long number, long windows, byte[] bytes) {
    this.number = number;
    this.windows = windows;
    this.bytes = bytes;
  }

  /**
   * Packs a frame.
   *
   * @param number of the frame among those of its simulation that are data, from 0
   * @param windows complete windows that ended before it
   */
  public static PackedFrame of(long number, long windows, Frame frame) {
    return new PackedFrame(number, windows, FrameCodec.encode(frame));
  }

  /** The same place with another frame. */
  public PackedFrame with(Frame frame) {
    return of(number, windows, frame);
  }

  /** Number of the frame among those of its simulation that are data: 0, 1, 2, ... */
  public long number() {
    return number;
  }

  /** Complete windows that ended before it: the number of the window that ends with it, if any. */
  public long windows() {
    return windows;
  }

  /** The frame. */
  public Frame frame() throws IOException {
    return FrameCodec.decode(bytes);
  }

  /** The byte form: both numbers, the packed frame. */
  public byte[] toBytes() {
    return new Columns.Writer(bytes.length + 32).put(number).put(windows).put(bytes).toBytes();
  }

  /** Reads the byte form. */
  public static PackedFrame fromBytes(byte[] form) throws IOException {
    Columns.Reader in = new Columns.Reader(form, "packed frame");
    PackedFrame packed = new PackedFrame(in.getLong(), in.getLong(), in.getBytes());
    in.end();
    return packed;
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof PackedFrame that
            && number == that.number
            && windows == that.windows
            && Arrays.equals(bytes, that.bytes));
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(number) + Arrays.hashCode(bytes);
  }
}
