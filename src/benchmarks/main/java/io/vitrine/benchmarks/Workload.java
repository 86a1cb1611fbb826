package io.vitrine.benchmarks;

import io.vitrine.dynamics.HopConvention;
import io.vitrine.dynamics.HopIndicator;
import io.vitrine.dynamics.WindowSpec;
import io.vitrine.engine.Interactions;
import io.vitrine.geometry.NeighbourLoop;
import io.vitrine.model.Check;
import io.vitrine.model.FeatureSets;
import io.vitrine.model.FeatureSpec;
import io.vitrine.model.Frame;
import io.vitrine.structure.LinearScore;
import io.vitrine.structure.PairScore;
import io.vitrine.structure.ParticleFeatures;
import io.vitrine.structure.RadialStructure;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;

/**
 * The kernels on one frame, each under its name; every call returns a number that depends on it.
 */
final class Workload {
  /** The naive loop is done for so many targets and its cost scaled. */
  private static final int NAIVE_TARGETS = 64;

  private static final FeatureSpec SPEC = FeatureSpec.standard();

  private final Frame frame;
  private final int[] targets;
  private final int[] all;
  private final List<Frame> window;
  private final RadialStructure exact = RadialStructure.exact(SPEC);
  private final RadialStructure live = RadialStructure.live(SPEC);
  private final List<PairScore> one;
  private final List<PairScore> three;
  private final LinearScore fineAndAverage = linear("radial,fine,average:1");
  private final LinearScore standard = linear(FeatureSets.STANDARD);
  private final LinearScore fine = linear("radial,fine");
  private final HopIndicator hops = HopIndicator.of(WindowSpec.standard(), HopConvention.INCLUSIVE);
  private final Executor executor;
  private final int blocks;

  Workload(Frame frame, Executor executor, int blocks) {
    this.frame = frame;
    this.targets = frame.particles().indicesOf(0);
    this.all = new int[frame.count()];
    Arrays.setAll(all, i -> i);
    this.window = Liquid.window(frame, WindowSpec.standard().frames(), 5);
    this.one = List.of(model(1));
    this.three = List.of(model(1), model(2), model(3));
    this.executor = executor;
    this.blocks = blocks;
  }

  private static PairScore model(long seed) {
    double[] weights = new Random(seed).doubles(SPEC.featureCount(), -1, 1).toArray();
    double[] deviations = new double[weights.length];
    Arrays.fill(deviations, 3);
    return PairScore.of(SPEC, weights, new double[weights.length], deviations, 0);
  }

  private static LinearScore linear(String names) {
    Interactions ka = Interactions.kobAndersen();
    FeatureSets sets = FeatureSets.parse(names);
    double[] weights = new Random(1).doubles(sets.count(), -1, 1).toArray();
    double[] deviations = new double[weights.length];
    Arrays.fill(deviations, 3);
    ParticleFeatures features = ParticleFeatures.of(sets, ka.energies()::at, ka.largestCutoff());
    return LinearScore.of(features, weights, new double[weights.length], deviations);
  }

  double run(String name) {
    return switch (name) {
      case "sort" -> exact.sort(frame).hashCode();
      case "neighbours" -> pairs();
      case "features-live" -> live.features(live.sort(frame), targets, executor, blocks)[0];
      case "features-exact" -> exact.features(exact.sort(frame), targets, executor, blocks)[0];
      case "features-naive" -> NaiveStructure.features(frame, naiveTargets(), SPEC)[0];
      case "score" -> PairScore.live(frame, targets, one, executor, blocks)[0][0];
      case "score-exact" -> PairScore.scores(frame, targets, one, executor, blocks)[0][0];
      case "score-three-models" -> PairScore.live(frame, targets, three, executor, blocks)[2][0];
      case "score-fine" -> fine.scores(frame, frame, targets)[0];
      case "score-fine-average" -> fineAndAverage.scores(frame, frame, targets)[0];
      case "score-default" -> standard.scores(frame, frame, targets)[0];
      case "p_hop" -> hops.measure(window, all).pHop()[0];
      default -> throw Check.refuse("workload", "be a kernel's name", name);
    };
  }

  /** How many times dearer the whole frame is than what {@link #run} does. */
  double scale(String name) {
    return name.equals("features-naive") ? (double) targets.length / naiveTargets().length : 1;
  }

  private int[] naiveTargets() {
    return Arrays.copyOf(targets, Math.min(targets.length, NAIVE_TARGETS));
  }

  private double pairs() {
    long[] found = {0};
    NeighbourLoop.over(frame, SPEC.cutoff())
        .forEach(targets, (slot, species, squared, count) -> found[0] += count);
    return found[0];
  }
}
