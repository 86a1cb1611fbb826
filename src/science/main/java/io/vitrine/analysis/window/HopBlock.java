package io.vitrine.analysis.window;

import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.format.wire.Columns;
import io.vitrine.model.Check;
import io.vitrine.model.Frame;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What one complete window says of the motion in one block of particles: particles {@code index} B
 * to {@code (index + 1)} B - 1 of the frames, where B is {@link AnalysisSpec#blockParticles}.
 *
 * @param index of the block, from 0
 * @param count blocks that the frames were cut into
 * @param hops the motion of the targets of this block, with its part of the structure
 * @param squares for each lag the sum of the squared Cartesian displacements of the targets
 */
public record HopBlock(int index, int count, HopFrame hops, double[] squares) {
  private static final byte VERSION = 1;

  /** Blocks that a frame of so many particles is cut into. */
  public static int blocks(int particles, AnalysisSpec spec) {
    return Math.max(1, -Math.floorDiv(-particles, spec.blockParticles()));
  }

  /** The part of a frame that is in a block. */
  public static Frame part(Frame frame, int block, AnalysisSpec spec) {
    int size = spec.blockParticles();
    int from = Math.multiplyExact(block, size);
    return frame.range(from, (int) Math.min(frame.count(), (long) from + size));
  }

  /** The whole window of all its blocks, in any order: the same bits as measured uncut. */
  public static HopFrame unite(List<HopBlock> blocks, AnalysisSpec spec) {
    List<HopBlock> parts = new ArrayList<>(blocks);
    parts.sort(Comparator.comparingInt(HopBlock::index));
    Check.length("blocks of a window", parts.size(), parts.get(0).count);
    HopFrame first = parts.get(0).hops;
    double[] pHop = joined(parts, HopFrame::pHop);
    double[] sums = new double[first.msd().length];
    double largest = 0;
    SortedMap<String, List<int[]>> histograms = new TreeMap<>();
    for (HopBlock part : parts) {
      for (int lag = 0; lag < sums.length; lag++) {
        sums[lag] += part.squares[lag];
      }
      largest = Math.max(largest, part.hops.largestStep());
      part.hops
          .histograms()
          .forEach(
              (kind, bins) -> histograms.computeIfAbsent(kind, k -> new ArrayList<>()).add(bins));
    }
    SortedMap<String, int[]> counts = new TreeMap<>();
    histograms.forEach((kind, bins) -> counts.put(kind, SparseBins.sum(bins)));
    Frame structure = Frame.joined(parts.stream().map(part -> part.hops.structure()).toList());
    HopFrame.checkTargets(pHop.length, structure, spec);
    return new HopFrame(
        first.number(),
        first.timeMillis(),
        structure,
        pHop,
        joined(parts, HopFrame::pHopOfExported),
        joined(parts, HopFrame::displacement),
        WindowMeasure.meanSquares(sums, pHop.length, spec.window()),
        largest,
        counts);
  }

  private static double[] joined(List<HopBlock> parts, Function<HopFrame, double[]> values) {
    if (values.apply(parts.get(0).hops) == null) {
      return null;
    }
    return parts.stream().flatMapToDouble(p -> Arrays.stream(values.apply(p.hops))).toArray();
  }

  /** The byte form. */
  public byte[] toBytes() {
    byte[] bytes = hops.toBytes();
    return new Columns.Writer(bytes.length + 8 * squares.length + 32)
        .put(VERSION)
        .put(index)
        .put(count)
        .put(bytes)
        .put(squares)
        .toBytes();
  }

  /** Reads the byte form. */
  public static HopBlock fromBytes(byte[] bytes) throws IOException {
    Columns.Reader in = new Columns.Reader(bytes, "hop block");
    byte version = in.getByte();
    if (version != VERSION) {
      throw new IOException("hop block has version " + version + ", expected " + VERSION);
    }
    int index = in.getInt();
    int count = in.getInt();
    HopBlock block = new HopBlock(index, count, HopFrame.fromBytes(in.getBytes()), in.getDoubles());
    in.end();
    return block;
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof HopBlock that && Arrays.equals(toBytes(), that.toBytes()));
  }

  @Override
  public int hashCode() {
    return 31 * index + hops.hashCode();
  }
}
