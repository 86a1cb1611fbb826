package io.vitrine.analysis.window;

import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.analysis.spec.TrainingSpec;
import io.vitrine.format.wire.Columns;
import io.vitrine.learning.sampling.KeyedSample;
import io.vitrine.learning.sampling.TailAccumulator;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * A {@link HopFrame} with the targets whose structure functions are needed for training.
 *
 * @param hops the motion in the window
 * @param low indices of targets whose label may be in the low tail, ascending
 * @param high indices of targets whose label may be in the high tail, ascending
 * @param drawn indices of targets that may be in the random draw, ascending
 */
public record ChosenFrame(HopFrame hops, int[] low, int[] high, int[] drawn) {
  private static final int[] NONE = {};

  /**
   * Offers the window to the tails of its simulation, and to the random draw where there is one,
   * and keeps who survived.
   */
  public static ChosenFrame choose(
      HopFrame hops, TailAccumulator tails, Optional<KeyedSample> draw, AnalysisSpec spec) {
    int[] targets = hops.structure().particles().indicesOf(spec.targets());
    int[] ids = hops.structure().particles().ids(targets);
    TailAccumulator.Survivors survivors = tails.accept(hops.timeMillis(), ids, hops.label());
    int[] drawn = draw.map(d -> d.accept(hops.timeMillis(), ids)).orElse(NONE);
    return new ChosenFrame(hops, survivors.low(), survivors.high(), drawn);
  }

  /** The random draw of a simulation, where the analysis wants one. */
  public static Optional<KeyedSample> draw(String simulation, AnalysisSpec spec) {
    TrainingSpec training = spec.training();
    return training.random()
        ? Optional.of(KeyedSample.of(training.drawCapacity(), TrainingSpec.SEED, simulation))
        : Optional.empty();
  }

  /** The byte form. */
  public byte[] toBytes() {
    byte[] frame = hops.toBytes();
    return new Columns.Writer(frame.length + 4 * (low.length + high.length + drawn.length) + 32)
        .put(frame)
        .put(low)
        .put(high)
        .put(drawn)
        .toBytes();
  }

  /** Reads the byte form. */
  public static ChosenFrame fromBytes(byte[] bytes) throws IOException {
    Columns.Reader in = new Columns.Reader(bytes, "chosen frame");
    ChosenFrame chosen =
        new ChosenFrame(
            HopFrame.fromBytes(in.getBytes()), in.getInts(), in.getInts(), in.getInts());
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
