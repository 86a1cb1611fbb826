package io.vitrine.format.wire;

import io.vitrine.model.Frame;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A frame on its way to the windows: packed by {@link FrameCodec}, with its place in the
 * simulation.
 *
 * <p>It stays packed because each frame lies in eleven windows, and holds its byte form, so that
 * coders copy nothing on the way. Carries grid time, positions, box and particles only; velocities
 * have done their work. Immutable; its bytes are not copied.
 */
public final class PackedFrame {
  /** Frames decoded lately: a lost race or a collection of garbage costs a decoding, no more. */
  private static final AtomicReferenceArray<WeakReference<Decoded>> LATELY =
      new AtomicReferenceArray<>(61);

  /** Where the frame begins in the byte form: behind two numbers and its length. */
  private static final int FRAME = 2 * Long.BYTES + Integer.BYTES;

  private final long number;
  private final long windows;
  private final byte[] form;

  private PackedFrame(long number, long windows, byte[] form) {
    this.number = number;
    this.windows = windows;
    this.form = form;
  }

  private static final class Decoded {
    private final byte[] form;
    private final Frame frame;

    Decoded(byte[] form, Frame frame) {
      this.form = form;
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
    byte[] bytes = FrameCodec.encode(frame);
    byte[] form =
        new Columns.Writer(FRAME + bytes.length).put(number).put(windows).put(bytes).toBytes();
    return new PackedFrame(number, windows, form);
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
    return FrameCodec.count(packed());
  }

  private ByteBuffer packed() {
    return ByteBuffer.wrap(form, FRAME, form.length - FRAME).slice();
  }

  /** The frame; decoded once for the windows that want it at about the same time. */
  public Frame frame() throws IOException {
    int slot = Math.floorMod(31 * number + form.length, LATELY.length());
    WeakReference<Decoded> known = LATELY.get(slot);
    Decoded decoded = known == null ? null : known.get();
    if (decoded == null || !Arrays.equals(decoded.form, form)) {
      decoded = new Decoded(form, FrameCodec.decode(packed()));
      LATELY.set(slot, new WeakReference<>(decoded));
    }
    return decoded.frame;
  }

  /** The byte form: both numbers, the packed frame. Shared, not to be written into. */
  public byte[] toBytes() {
    return form;
  }

  /** Reads the byte form, which is kept. */
  public static PackedFrame fromBytes(byte[] form) throws IOException {
    Columns.Reader in = new Columns.Reader(form, "packed frame");
    PackedFrame packed = new PackedFrame(in.getLong(), in.getLong(), form);
    in.skipBytes();
    in.end();
    return packed;
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof PackedFrame that
            && number == that.number
            && Arrays.equals(form, that.form));
  }

  @Override
  public int hashCode() {
    return Long.hashCode(number);
  }
}
