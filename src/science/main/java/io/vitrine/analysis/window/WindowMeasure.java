package io.vitrine.analysis.window;

import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.analysis.spec.TrainingSpec;
import io.vitrine.dynamics.HopIndicator;
import io.vitrine.dynamics.WindowHops;
import io.vitrine.dynamics.WindowSpec;
import io.vitrine.model.Frame;
import io.vitrine.results.bins.Binning;
import io.vitrine.results.rows.WindowRow;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Measures the motion in one complete window: p_hop, mean squared displacement, van Hove function.
 *
 * <p>The self van Hove function is that of the targets from the first to the last frame (usually 10
 * tau): once of single Cartesian displacements (x, y, z pooled; x and y in two dimensions), once of
 * their length. Cost: about 0.5 ms for 3,277 targets.
 */
public final class WindowMeasure {
  /** Kind of the histogram of p_hop. */
  public static final String P_HOP = "p_hop";

  /** Kind of the histogram of single Cartesian displacements over the window. */
  public static final String VAN_HOVE_1D = "van_hove_1d";

  /** Kind of the histogram of the length of displacements over the window. */
  public static final String VAN_HOVE_R = "van_hove_r";

  private final AnalysisSpec spec;
  private final WindowSpec window;
  private final HopIndicator indicator;

  private WindowMeasure(AnalysisSpec spec) {
    this.spec = spec;
    this.window = spec.window();
    this.indicator = HopIndicator.of(window, spec.convention());
  }

  /** The measurement this analysis asks for. */
  public static WindowMeasure of(AnalysisSpec spec) {
    return new WindowMeasure(spec);
  }

  /** Frames a complete window has. */
  public int frames() {
    return window.frames();
  }

  /** Measures a complete window, its frames in order of time; {@code number} counts windows. */
  public HopFrame measure(List<Frame> frames, long number) {
    Frame centre = frames.get(window.halfFrames());
    int[] targets = centre.particles().indicesOf(spec.targets());
    HopFrame.checkTargets(targets.length, centre, spec);
    return hops(frames, number, motion(frames, targets));
  }

  /** Measures what a window says of block {@code index} of {@code count}, of frames cut to it. */
  public HopBlock block(List<Frame> frames, long number, int index, int count) {
    Frame centre = frames.get(window.halfFrames());
    Motion motion = motion(frames, centre.particles().indicesOf(spec.targets()));
    return new HopBlock(index, count, hops(frames, number, motion), motion.squares);
  }

  private HopFrame hops(List<Frame> frames, long number, Motion motion) {
    Frame centre = frames.get(window.halfFrames());
    SortedMap<String, int[]> histograms = new TreeMap<>();
    histograms.put(P_HOP, SparseBins.count(Binning.P_HOP, motion.pHop));
    histograms.put(VAN_HOVE_1D, motion.components.pairs());
    histograms.put(VAN_HOVE_R, SparseBins.count(Binning.DISTANCE, motion.lengths));
    return new HopFrame(
        number,
        Math.round(centre.time() * 1000),
        frames.get(window.structureFrame()).toBuilder().velocities(null).build(),
        motion.pHop,
        spec.targets().exportsOthers()
            ? motion(frames, centre.particles().indicesExported(spec.targets())).pHop
            : null,
        spec.training().label() == TrainingSpec.Label.DISPLACEMENT ? motion.lengths : null,
        meanSquares(motion.squares, motion.pHop.length, window),
        motion.largestStep,
        histograms);
  }

  /** Follows the targets block by block, as paths take 264 bytes a particle. */
  private Motion motion(List<Frame> frames, int[] targets) {
    Motion motion = new Motion(targets.length);
    int from = 0;
    while (from < targets.length) {
      long end = (targets[from] / spec.blockParticles() + 1L) * spec.blockParticles();
      int to = from;
      while (to < targets.length && targets[to] < end) {
        to++;
      }
      motion.add(indicator.measure(frames, Arrays.copyOfRange(targets, from, to)), from);
      from = to;
    }
    return motion;
  }

  /** What the targets did, added up block by block. */
  private final class Motion {
    private final double[] pHop;
    private final double[] lengths;
    private final SparseBins components = new SparseBins(Binning.DISPLACEMENT);
    private final double[] squares = new double[WindowRow.LAGS];
    private double largestStep;

    Motion(int n) {
      this.pHop = new double[n];
      this.lengths = new double[n];
    }

    /** Adds a block: targets from number {@code from} on. */
    void add(WindowHops hops, int from) {
      double[] some = hops.pHop();
      System.arraycopy(some, 0, pHop, from, some.length);
      double[] displacement = hops.displacement();
      components.add(components(displacement));
      System.arraycopy(lengths(displacement), 0, lengths, from, some.length);
      for (int lag = 1; lag <= WindowRow.LAGS; lag++) {
        if (isWithin(lag, window)) {
          squares[lag - 1] += square(hops.displacement(frames(lag, window)));
        }
      }
      largestStep = Math.max(largestStep, hops.largestStep());
    }
  }

  /** Mean squared displacements at the lags of a window, from sums over n particles. */
  static double[] meanSquares(double[] sums, int n, WindowSpec window) {
    double[] means = new double[sums.length];
    for (int lag = 1; lag <= means.length; lag++) {
      means[lag - 1] = isWithin(lag, window) ? 3 * sums[lag - 1] / (3 * n) : Double.NaN;
    }
    return means;
  }

  /** Frames in so many tau. */
  private static int frames(int lag, WindowSpec window) {
    return lag * (1000 / window.intervalMillis());
  }

  private static boolean isWithin(int lag, WindowSpec window) {
    return frames(lag, window) < window.frames();
  }

  private static double square(double[] displacement) {
    double sum = 0;
    for (double d : displacement) {
      sum += d * d;
    }
    return sum;
  }

  /** Single Cartesian displacements: without z in two dimensions. */
  private double[] components(double[] xyz) {
    if (spec.features().dimensions() == 3) {
      return xyz;
    }
    return IntStream.range(0, xyz.length).filter(i -> i % 3 < 2).mapToDouble(i -> xyz[i]).toArray();
  }

  private static double[] lengths(double[] xyz) {
    double[] r = new double[xyz.length / 3];
    for (int i = 0; i < r.length; i++) {
      double x = xyz[3 * i];
      double y = xyz[3 * i + 1];
      double z = xyz[3 * i + 2];
      r[i] = Math.sqrt(x * x + y * y + z * z);
    }
    return r;
  }
}
