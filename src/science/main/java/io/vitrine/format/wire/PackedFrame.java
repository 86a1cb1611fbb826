package io.vitrine.format.wire;

import io.vitrine.model.Frame;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A frame on its way to the windows: packed by {@link FrameCodec}, with its place in the
 * simulation.
 *
 * <p>It stays packed because each frame lies in eleven windows. Carries grid time, positions, box
 * and particles only; velocities have done their work. Immutable; its bytes are not copied.
 */
public final class PackedFrame {
  /** Frames decoded lately: a lost race or a collection of garbage costs a decoding, no more. */
  private static final AtomicReferenceArray<WeakReference<Decoded>> LATELY =
      new AtomicReferenceArray<>(61);

  private final long number;
  private final long windows;
  private final byte[] bytes;

  private PackedFrame(long number, long windows, byte[] bytes) {
    this.number = number;
    this.windows = windows;
    this.bytes = bytes;
  }

  private static final class Decoded {
    private final byte[] bytes;
    private final Frame frame;

    Decoded(byte[] bytes, Frame frame) {
      this.bytes = bytes;
      this.frame = frame;
    }
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

  /** Number of particles N, read without decoding the frame. */
  public int particles() {
    return FrameCodec.count(bytes);
  }

  /** The frame; decoded once for the windows that want it at about the same time. */
  public Frame frame() throws IOException {
    int slot = Math.floorMod(31 * number + bytes.length, LATELY.length());
    WeakReference<Decoded> known = LATELY.get(slot);
    Decoded decoded = known == null ? null : known.get();
    if (decoded == null || !Arrays.equals(decoded.bytes, bytes)) {
      decoded = new Decoded(bytes, FrameCodec.decode(bytes));
      LATELY.set(slot, new WeakReference<>(decoded));
    }
    return decoded.frame;
  }

  /** The byte form: both numbers, the packed frame. */
  public byte[] toBytes() {
    return new Columns.Writer(bytes.length + 20).put(number).put(windows).put(bytes).toBytes();
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
