package io.vitrine.dynamics;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * The frames a gate has let pass, by their event time: enough to know them again.
 *
 * <p>Bounded by the logarithm of the run: the newest {@value #DENSE} to twice as many are all kept,
 * of those before them every second, of those before these every fourth, and so on, the first one
 * always. So wherever a run is taken up again, one of the next frames meets one that is kept, and
 * all of the newest do. A frame takes 88 bytes: 1 kB after 10 frames, 80 kB after a million.
 */
final class PassedFrames {
  private static final int DENSE = 64;

  private final TreeMap<Long, Passed> frames = new TreeMap<>();
  private long count;

  /** A frame that has passed: its step, and {@link FrameFingerprint its positions}. */
  record Passed(long ordinal, long step, double[] fingerprint) {}

  void add(long millis, long step, double[] fingerprint) {
    frames.put(millis, new Passed(count++, step, fingerprint));
    if (count % DENSE == 0) {
      frames.values().removeIf(f -> !isKept(f.ordinal));
    }
  }

  private boolean isKept(long ordinal) {
    long age = (count - ordinal) / (2 * DENSE);
    long stride = age == 0 ? 1 : 2 * Long.highestOneBit(age);
    return ordinal % stride == 0;
  }

  /** The frame that passed at that time, or null where none did or it has been forgotten. */
  Passed at(long millis) {
    return frames.get(millis);
  }

  /** Event time of the first frame, ms. */
  long first() {
    return frames.firstKey();
  }

  /** The last frame. */
  Passed last() {
    return frames.lastEntry().getValue();
  }

  /** Whether a frame of that time may have passed and been forgotten. */
  boolean mayBeForgotten(long millis) {
    Map.Entry<Long, Passed> before = frames.floorEntry(millis);
    Map.Entry<Long, Passed> after = frames.ceilingEntry(millis);
    return before != null
        && after != null
        && after.getValue().ordinal - before.getValue().ordinal > 1;
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(count);
    out.writeInt(frames.size());
    for (Map.Entry<Long, Passed> e : frames.entrySet()) {
      out.writeLong(e.getKey());
      out.writeLong(e.getValue().ordinal);
      out.writeLong(e.getValue().step);
      for (double sum : e.getValue().fingerprint) {
        out.writeDouble(sum);
      }
    }
  }

  static PassedFrames read(DataInput in) throws IOException {
    PassedFrames passed = new PassedFrames();
    passed.count = in.readLong();
    for (int n = in.readInt(); n > 0; n--) {
      long millis = in.readLong();
      long ordinal = in.readLong();
      long step = in.readLong();
      double[] fingerprint = new double[2 * FrameFingerprint.SUMS];
      for (int k = 0; k < fingerprint.length; k++) {
        fingerprint[k] = in.readDouble();
      }
      passed.frames.put(millis, new Passed(ordinal, step, fingerprint));
    }
    return passed;
  }
}
