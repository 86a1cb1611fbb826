package io.vitrine.analysis.window;

import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.analysis.spec.TrainingSpec;
import io.vitrine.dynamics.HopIndicator;
import io.vitrine.dynamics.WindowHops;
import io.vitrine.dynamics.WindowSpec;
import io.vitrine.model.Frame;
import io.vitrine.results.bins.Binning;
import io.vitrine.results.rows.WindowRow;
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
    WindowHops hops = indicator.measure(frames, targets);
    int framesPerTau = 1000 / window.intervalMillis();
    double[] msd = new double[WindowRow.LAGS];
    for (int lag = 1; lag <= WindowRow.LAGS; lag++) {
      boolean within = lag * framesPerTau < window.frames();
      msd[lag - 1] = within ? meanSquare(hops.displacement(lag * framesPerTau)) : Double.NaN;
    }
    SortedMap<String, int[]> histograms = new TreeMap<>();
    histograms.put(P_HOP, SparseBins.count(Binning.P_HOP, hops.pHop()));
    double[] displacement = hops.displacement();
    histograms.put(VAN_HOVE_1D, SparseBins.count(Binning.DISPLACEMENT, components(displacement)));
    double[] lengths = lengths(displacement);
    histograms.put(VAN_HOVE_R, SparseBins.count(Binning.DISTANCE, lengths));
    return new HopFrame(
        number,
        Math.round(centre.time() * 1000),
        frames.get(window.structureFrame()).toBuilder().velocities(null).build(),
        hops.pHop(),
        spec.targets().exportsOthers()
            ? indicator.measure(frames, centre.particles().indicesExported(spec.targets())).pHop()
            : null,
        spec.training().label() == TrainingSpec.Label.DISPLACEMENT ? lengths : null,
        msd,
        hops.largestStep(),
        histograms);
  }

  /** Single Cartesian displacements: without z in two dimensions. */
  private double[] components(double[] xyz) {
    if (spec.features().dimensions() == 3) {
      return xyz;
    }
    return IntStream.range(0, xyz.length).filter(i -> i % 3 < 2).mapToDouble(i -> xyz[i]).toArray();
  }

  private static double meanSquare(double[] displacement) {
    double sum = 0;
    for (double d : displacement) {
      sum += d * d;
    }
    return 3 * sum / displacement.length;
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
