package io.vitrine.analysis;

import io.vitrine.format.Columns;
import io.vitrine.learning.TailAccumulator;
import java.io.IOException;
import java.util.Arrays;

/**
 * A {@link HopFrame} with the targets whose structure functions are needed for training.
 *
 * @param hops the motion in the window
 * @param low indices of targets whose p_hop may be in the low tail, ascending
 * @param high indices of targets whose p_hop may be in the high tail, ascending
 */
public record ChosenFrame(HopFrame hops, int[] low, int[] high) {

  /** Offers the window to the tails of its simulation and keeps who survived. */
  public static ChosenFrame choose(HopFrame hops, TailAccumulator tails, AnalysisSpec spec) {
    int[] targets = hops.structure().particles().indicesOf(spec.targets());
    TailAccumulator.Survivors survivors =
        tails.accept(hops.timeMillis(), WindowScorer.ids(hops.structure(), targets), hops.pHop());
    return new ChosenFrame(hops, survivors.low(), survivors.high());
  }

  /** The byte form. */
  public byte[] toBytes() {
    byte[] frame = hops.toBytes();
    return new Columns.Writer(frame.length + 4 * (low.length + high.length) + 16)
        .put(frame)
        .put(low)
        .put(high)
        .toBytes();
  }

  /** Reads the byte form. */
  public static ChosenFrame fromBytes(byte[] bytes) throws IOException {
    Columns.Reader in = new Columns.Reader(bytes, "chosen frame");
    ChosenFrame chosen =
        new ChosenFrame(HopFrame.fromBytes(in.getBytes()), in.getInts(), in.getInts());
    in.end();
    return chosen;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ChosenFrame that && Arrays.equals(toBytes(), that.toBytes());
  }

  @Override
  public int hashCode() {
    return hops.hashCode();
  }
}
