package io.vitrine.pipelines.monitor;

import io.vitrine.analysis.Analysable;
import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.analysis.spec.Composition;
import io.vitrine.dynamics.FrameGate;
import io.vitrine.dynamics.TimeGrid;
import io.vitrine.dynamics.UnusableException;
import io.vitrine.engine.Mixture;
import io.vitrine.engine.MixtureSpec;
import io.vitrine.format.BadFrameException;
import io.vitrine.format.FileTrouble;
import io.vitrine.format.ReadPosition;
import io.vitrine.format.TrajectoryReader;
import io.vitrine.format.trajectory.Trajectories;
import io.vitrine.format.trajectory.TypesFile;
import io.vitrine.model.FeatureSpec;
import io.vitrine.model.Frame;
import io.vitrine.model.Particles;
import io.vitrine.model.Target;
import io.vitrine.pipelines.run.FailureException;
import io.vitrine.pipelines.study.SpeciesChoice;
import io.vitrine.streaming.io.feed.FrameUri;
import io.vitrine.streaming.transforms.Quencher;
import io.vitrine.structure.FirstPeak;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A look at a source before anything starts: is it there, is it readable, can windows be made of
 * it, how much will come.
 *
 * @param species number of particles of each species, in the order of types, or null where that is
 *     not known yet
 * @param dimensions of space; as the user says, else 3, where that is not known yet
 * @param free names of the free edges; empty without
 * @param density number density; NaN where it is not known
 * @param sized whether the particles have diameters
 * @param peak where g(r) of the first frame has its first peak, in the unit of the features; NaN
 *     where that is not known
 * @param frames number of frames that will come, or -1
 * @param spacing usual time between the first frames, tau; NaN where it is not known
 * @param first the first frame, or null where that is not known yet
 */
public record Preflight(
    Map<String, Integer> species,
    int dimensions,
    String free,
    double density,
    boolean sized,
    double peak,
    long frames,
    double spacing,
    Frame first) {
  /** Frames looked at, to say whether they lie on the time grid. */
  private static final int MOST_FRAMES = 64;

  /**
   * What is wrong with radii that nearest neighbours do not lie within; empty where all is well.
   */
  public String warning(FeatureSpec features) {
    double[] radii = features.radii();
    double last = radii[radii.length - 1];
    if (Double.isNaN(peak) || (peak >= radii[0] && peak <= last)) {
      return "";
    }
    return String.format(
        Locale.ROOT,
        "warning: the first peak of g(r), at %.3g, lies outside the radii %s to %s (--radii; length="
            + " where the file has other units)",
        peak,
        radii[0],
        last);
  }

  private static Preflight unknown(FrameUri uri) {
    return new Preflight(
        null,
        uri.dimensions() == 2 ? 2 : 3,
        "",
        Double.NaN,
        true,
        Double.NaN,
        -1,
        Double.NaN,
        null);
  }

  /** Density and fractions; none where the species are not known. */
  public Optional<Composition> composition() {
    return species == null ? Optional.empty() : Optional.of(Composition.of(density, species));
  }

  /** Number of particles, or -1. */
  public long particles() {
    return species == null ? -1 : species.values().stream().mapToLong(n -> n).sum();
  }

  /** Number of particles looked at, or -1. */
  public long targets(Target target) {
    return species == null ? -1 : species.getOrDefault(target.name(), 0);
  }

  /** Who is looked at, in one line for people. */
  public String describe(Target target) {
    return String.format(
        "looks at %d of %d particles: species %s (%s)%s%s",
        targets(target),
        particles(),
        target.name(),
        SpeciesChoice.described(species),
        dimensions == 2 ? ", in two dimensions" : "",
        free.isEmpty() ? "" : ", free along " + String.join(" and ", free.split("")));
  }

  /** Which frames are left out as they are closer than the interval (tau); empty where none is. */
  public String thinned(double interval) {
    long times = Math.round(interval / spacing);
    return times < 2
        ? ""
        : String.format(
            Locale.ROOT, "frames are %.4g tau apart, one in %d is used", spacing, times);
  }

  public static Preflight of(FrameUri uri, AnalysisSpec spec, double until)
      throws FailureException {
    return switch (uri.scheme()) {
      case SIMULATE -> simulation(uri, spec, until);
      case REPLAY -> file(uri, spec, false);
      case FOLLOW -> Files.exists(uri.path()) ? file(uri, spec, true) : unknown(uri);
      case KAFKA -> unknown(uri);
      case IMD -> engine(uri);
    };
  }

  private static Preflight simulation(FrameUri uri, AnalysisSpec spec, double until)
      throws FailureException {
    if (uri.get("start") != null) {
      if (!Files.exists(Path.of(uri.get("start")))) {
        throw new FailureException(uri.get("start") + " does not exist (start= of " + uri + ")");
      }
      return unknown(uri);
    }
    Mixture mixture = uri.mixture();
    Particles particles = new MixtureSpec((int) uri.whole("N", 4096), mixture).particles();
    long frames =
        Double.isNaN(until)
            ? -1
            : (long) Math.floor(until * 1000 / spec.intervalMillis() + 1e-9) + 1;
    return new Preflight(
        SpeciesChoice.counts(particles),
        mixture.dimensions(),
        "",
        mixture.density(),
        false,
        Double.NaN,
        frames,
        Double.NaN,
        null);
  }

  /** An engine is not asked: whoever connects owns its run. */
  private static Preflight engine(FrameUri uri) throws FailureException {
    try {
      TypesFile types = TypesFile.read(Path.of(uri.get("types")), uri.names());
      int dimensions = uri.dimensions() == 0 ? types.box().dimensions() : uri.dimensions();
      return new Preflight(
          SpeciesChoice.counts(types.particles()),
          dimensions,
          types.box().free(),
          Double.NaN,
          types.particles().diameters() != null,
          Double.NaN,
          -1,
          Double.NaN,
          null);
    } catch (IOException e) {
      throw new FailureException(FileTrouble.of(e), e);
    }
  }

  private static Preflight file(FrameUri uri, AnalysisSpec spec, boolean growing)
      throws FailureException {
    if (Files.isDirectory(uri.path())) {
      throw new FailureException(uri.path() + " is a folder, expected a trajectory file");
    }
    if (!growing && !Files.exists(uri.path()) && !uri.place().contains("*")) {
      throw new FailureException(uri.path() + " does not exist" + uri.hint());
    }
    String firstBad = null;
    List<Double> times = new ArrayList<>();
    FrameGate gate = FrameGate.of(new TimeGrid(spec.intervalMillis()), uri.dt());
    try (TrajectoryReader reader =
        Trajectories.open(uri.path(), uri.readerOptions(uri.id(), growing), ReadPosition.START)) {
      Frame first = null;
      for (int f = 0; f < MOST_FRAMES && !gate.settled(); f++) {
        try {
          Frame frame = reader.next();
          if (frame == null) {
            break;
          }
          Analysable.check(frame);
          gate.judge(frame);
          times.add(frame.time());
          first = first == null ? frame : first;
        } catch (BadFrameException e) {
          // One bad frame is a dead letter of the run, no reason to refuse it.
          firstBad = firstBad == null ? e.where() + ": " + e.getMessage() : firstBad;
        } catch (IllegalArgumentException e) {
          if (first == null) {
            throw new FailureException(uri.path() + ", frame " + f + ": " + e.getMessage(), e);
          }
        }
      }
      if (first == null) {
        if (growing) {
          return unknown(uri);
        }
        throw new FailureException(
            firstBad == null
                ? uri.path() + ": holds no frame, expected at least one"
                : firstBad + " (no frame before it can be used)");
      }
      return new Preflight(
          SpeciesChoice.counts(first.particles()),
          first.box().dimensions(),
          first.box().free(),
          Composition.density(first),
          first.particles().diameters() != null,
          peak(first, spec.features()),
          growing ? -1 : reader.countFrames(),
          spacing(times),
          first);
    } catch (UnusableException e) {
      throw new FailureException(uri.path() + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new FailureException(FileTrouble.of(e), e);
    }
  }

  private static double peak(Frame frame, FeatureSpec features) {
    boolean scaled = features.hasScaledDistances();
    if (scaled && frame.particles().diameters() == null) {
      return Double.NaN;
    }
    int[] all = IntStream.range(0, frame.count()).toArray();
    return FirstPeak.of(frame, all, scaled);
  }

  /** The usual time between two frames, tau: the first one may be alone. */
  private static double spacing(List<Double> times) {
    double[] steps = new double[Math.max(0, times.size() - 1)];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = times.get(i + 1) - times.get(i);
    }
    Arrays.sort(steps);
    return steps.length == 0 ? Double.NaN : steps[steps.length / 2];
  }

  /**
   * Seconds it takes to take the first frame to its inherent structure, which also finds out
   * whether it can be done at all; NaN where there is nothing to do.
   */
  double quenchSeconds(FrameUri uri, AnalysisSpec spec) throws FailureException {
    if (!spec.quench().on() || first == null) {
      return Double.NaN;
    }
    Quencher quencher = Quencher.of(spec);
    try {
      quencher.apply(first);
    } catch (IllegalArgumentException e) {
      throw new FailureException(uri.path() + ": cannot be quenched: " + e.getMessage(), e);
    }
    return quencher.seconds();
  }
}
