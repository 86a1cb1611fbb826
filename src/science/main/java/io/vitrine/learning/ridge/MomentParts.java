package io.vitrine.learning.ridge;

import io.vitrine.model.Check;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Moments of a stream of windows in {@value #PARTS} parts, so that one can be left out: blocks of
 * {@value #BLOCK_MILLIS} ms of simulation time go to the parts in turn. Windows of one block stay
 * together, as they resemble each other.
 *
 * <p>Exact as {@link ExactMoments} are: windows in any order, merged in any grouping, give the same
 * bits. The size does not grow with the stream.
 */
public final class MomentParts {
  private static final int PARTS = 8;
  private static final long BLOCK_MILLIS = 50_000;

  private final int length;
  private final ExactMoments[] parts = new ExactMoments[PARTS];

  private MomentParts(int length) {
    this.length = length;
  }

  /** Of vectors of this length, features and, last, the label. */
  public static MomentParts of(int length) {
    return new MomentParts(Check.positive("feature count", length));
  }

  /** Adds one window. */
  public MomentParts add(long timeMillis, ExactMoments window) {
    add((int) Math.floorMod(Math.floorDiv(timeMillis, BLOCK_MILLIS), (long) PARTS), window);
    return this;
  }

  private void add(int part, ExactMoments more) {
    if (parts[part] == null) {
      parts[part] = ExactMoments.of(length);
    }
    parts[part].merge(more);
  }

  /** Adds all that {@code other} has seen. */
  public MomentParts merge(MomentParts other) {
    for (int p = 0; p < PARTS; p++) {
      if (other.parts[p] != null) {
        add(p, other.parts[p]);
      }
    }
    return this;
  }

  /** The parts that have seen anything. */
  public List<ExactMoments> parts() {
    return Arrays.stream(parts).filter(Objects::nonNull).toList();
  }

  /** Whether a part can be left out to choose the penalty. */
  public boolean canTrain() {
    List<ExactMoments> seen = parts();
    return seen.size() > 1 && seen.stream().allMatch(part -> part.varies(length - 1));
  }

  /** Length of a vector, then each part with its size before it. */
  public byte[] encode() {
    List<byte[]> encoded = new ArrayList<>();
    for (ExactMoments part : parts) {
      encoded.add(part == null ? new byte[0] : part.encode());
    }
    int size = encoded.stream().mapToInt(each -> Integer.BYTES + each.length).sum();
    ByteBuffer out = ByteBuffer.allocate(Integer.BYTES + size).putInt(length);
    encoded.forEach(each -> out.putInt(each.length).put(each));
    return out.array();
  }

  /** Reads what {@link #encode} wrote. */
  public static MomentParts decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    MomentParts moments = of(in.getInt());
    for (int p = 0; p < PARTS; p++) {
      byte[] part = new byte[in.getInt()];
      in.get(part);
      moments.parts[p] = part.length == 0 ? null : ExactMoments.decode(part);
    }
    return moments;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MomentParts that
        && length == that.length
        && Arrays.equals(parts, that.parts);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(parts);
  }
}
