package io.vitrine.pipelines.study;

import io.vitrine.analysis.bursts.BurstRule;
import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.analysis.spec.Quench;
import io.vitrine.analysis.spec.SoftnessRule;
import io.vitrine.analysis.spec.TrainingSpec;
import io.vitrine.dynamics.HopConvention;
import io.vitrine.dynamics.TimeGrid;
import io.vitrine.learning.Model;
import io.vitrine.learning.ModelFile;
import io.vitrine.model.Check;
import io.vitrine.model.FeatureSets;
import io.vitrine.model.FeatureSpec;
import io.vitrine.model.Target;
import io.vitrine.pipelines.run.Exports;
import io.vitrine.pipelines.run.FailureException;
import io.vitrine.pipelines.run.RunFolder;
import io.vitrine.relaxation.RelaxationSpec;
import io.vitrine.streaming.io.feed.FrameScheme;
import io.vitrine.streaming.io.feed.FrameUri;
import io.vitrine.streaming.transforms.Quencher;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The options of a run, checked and put in order. */
public final class CheckedOptions {
  /** What is watched when nothing is named: a cold and a hot liquid, small enough for a laptop. */
  private static final List<String> DEMONSTRATION =
      List.of("simulate:?T=0.5&N=1000&id=cold", "simulate:?T=1.0&N=1000&id=hot");

  /** The demonstration ends by itself. */
  private static final double DEMONSTRATION_UNTIL = 200;

  /** 1 MiB: less holds no burst of any interest. */
  private static final long LEAST_CAPTURE = 1L << 20;

  /** Alarms look at the newest 1,000 windows. */
  private static final long LEAST_WINDOWS = 1000;

  private final MonitorOptions options;
  private final StudySpec spec;
  private final Exports exports;
  private final double until;

  private CheckedOptions(MonitorOptions options, StudySpec spec, Exports exports, double until) {
    this.options = options;
    this.spec = spec;
    this.exports = exports;
    this.until = until;
  }

  public static CheckedOptions of(MonitorOptions options) throws FailureException {
    if (!options.study.matches("[A-Za-z0-9._+=-]{1,100}")) {
      throw Check.refuse(
          "--study", "be 1 to 100 letters, digits or ._+=-", "'" + options.study + "'");
    }
    boolean demonstration = options.frames.isEmpty();
    List<String> texts = demonstration ? DEMONSTRATION : options.frames;
    Map<String, FrameUri> frames = StudySpec.byId(texts.stream().map(FrameUri::parse).toList());
    Exports exports = Exports.parse(options.exports, options.at, options.exportPart);
    if (!Double.isNaN(options.until)) {
      Check.positive("--until", options.until);
    }
    if (options.untilQuiet
        && frames.values().stream().noneMatch(u -> u.scheme() == FrameScheme.FOLLOW)) {
      throw Check.refuse("--until-quiet", "go with a file that is followed", "without follow:");
    }
    SortedMap<String, ModelFile> models =
        options.noModel ? new TreeMap<>() : ModelFiles.read(options.models);
    long retrain = retrainMillis(options);
    if (retrain > 0 && models.containsKey(Model.LIVE)) {
      throw Check.refuse("--model names with --train every=", "not be", Model.LIVE);
    }
    minima(options);
    if (options.keepWindows != null && options.keepWindows < LEAST_WINDOWS) {
      throw Check.refuse("--keep-windows", "be >= " + LEAST_WINDOWS, options.keepWindows);
    }
    StudySpec spec =
        new StudySpec(
            options.study,
            frames,
            models,
            analysis(options, exports, interval(frames)),
            retrain,
            ridge(options, retrain),
            capture(options, frames.size()),
            !options.noHopEvents);
    double until =
        demonstration && Double.isNaN(options.until) ? DEMONSTRATION_UNTIL : options.until;
    return new CheckedOptions(options, spec, exports, until);
  }

  /** Windows slide by one interval, so all simulations of a job share it. */
  private static TimeGrid interval(Map<String, FrameUri> frames) {
    double common = Double.NaN;
    for (FrameUri uri : frames.values()) {
      double interval = uri.number("interval", 1.0);
      if (!Double.isNaN(common) && interval != common) {
        throw Check.refuse(
            "--frames key interval",
            "be the same for all simulations",
            common + " and " + interval);
      }
      common = interval;
    }
    return TimeGrid.of(common);
  }

  private static AnalysisSpec analysis(MonitorOptions options, Exports exports, TimeGrid grid) {
    return new AnalysisSpec(
        (int) grid.intervalMillis(),
        (int) Math.round(options.window * 1000),
        (int) Math.round(options.lag * 1000),
        HopConvention.named(options.convention),
        Target.A,
        options.hopThreshold,
        features(options.radii, options.delta)
            .withScaledDistances(isScaled(options.scaleDistances)),
        training(options),
        exports.hops() != null,
        options.at.stream().mapToLong(CheckedOptions::millis).sorted().distinct().toArray(),
        exports.particles() != null,
        Quench.OFF,
        relaxation(options),
        block(options.block));
  }

  /** Structure functions with radii FROM:TO:STEP. */
  public static FeatureSpec features(String radii, double delta) {
    String[] words = radii.split(":", -1);
    try {
      if (words.length == 3) {
        return FeatureSpec.range(
            Double.parseDouble(words[0]),
            Double.parseDouble(words[1]),
            Double.parseDouble(words[2]),
            Check.positive("--delta", delta));
      }
    } catch (NumberFormatException e) {
      throw Check.refuse("--radii", "be FROM:TO:STEP, three numbers", "'" + radii + "'");
    }
    throw Check.refuse("--radii", "be FROM:TO:STEP, three numbers", "'" + radii + "'");
  }

  private static boolean isScaled(String unit) {
    if (!unit.equals("none") && !unit.equals("diameter")) {
      throw Check.refuse("--scale-distances", "be none or diameter", "'" + unit + "'");
    }
    return unit.equals("diameter");
  }

  private static int block(int particles) {
    Check.within("--block", particles, 1, Integer.MAX_VALUE);
    return particles;
  }

  private static RelaxationSpec relaxation(MonitorOptions options) {
    RelaxationSpec standard = RelaxationSpec.standard();
    options.wavevectors.forEach(k -> Check.positive("--wavevector", k));
    return new RelaxationSpec(
        standard.dimensions(),
        options.wavevectors.isEmpty() ? standard.wavevectors() : options.wavevectors,
        Check.positive("--overlap", options.overlap));
  }

  private static TrainingSpec training(MonitorOptions options) {
    double quiet = SoftnessRule.readQuiet("--quiet", options.quiet);
    Check.positive("--softness-size", options.softnessSize);
    Check.within("--thin", options.thin, 0, 1e6);
    return new TrainingSpec(
        TrainingSpec.Label.named(options.label),
        options.tailFraction,
        options.tailCapacity,
        (int) Math.round(options.thin * 1000),
        options.immobileVsRandom,
        new SoftnessRule(quiet, options.softnessSize, options.onePerHop));
  }

  /** A time to the millisecond: which ones the grid has is known with the first frame. */
  private static long millis(double tau) {
    if (!(Math.abs(tau) < Long.MAX_VALUE / 1e6)) {
      throw Check.refuse("--at", "be times of frames, tau", tau);
    }
    return Math.round(tau * TimeGrid.MILLIS_PER_TAU);
  }

  private static long retrainMillis(MonitorOptions options) {
    if (options.train == null || options.train.equals("end")) {
      return 0;
    }
    double tau = Double.NaN;
    if (options.train.startsWith("every=")) {
      try {
        tau = Double.parseDouble(options.train.substring("every=".length()));
      } catch (NumberFormatException e) {
        tau = Double.NaN;
      }
    }
    if (!(tau >= 1) || Double.isInfinite(tau)) {
      throw Check.refuse("--train", "be every=TAU with TAU >= 1", "'" + options.train + "'");
    }
    return Math.round(tau * 1000);
  }

  /** Features of the ridge regression that is trained during the run, or null. */
  private static FeatureSets ridge(MonitorOptions options, long retrain) {
    switch (options.learner) {
      case "svm" -> {
        if (options.features != null) {
          throw Check.refuse(
              "--features", "come with --learner ridge", "'" + options.features + "'");
        }
        return null;
      }
      case "ridge" -> {
        if (retrain == 0) {
          throw Check.refuse(
              "--learner ridge",
              "come with --train every=TAU",
              options.train == null ? "without" : options.train);
        }
        FeatureSets sets =
            FeatureSets.parse(options.features == null ? FeatureSets.STANDARD : options.features);
        if (sets.needsBoth()) {
          throw Check.refuse(
              "--features of monitor", "be without cage and thermal:", "'" + sets + "'");
        }
        return sets;
      }
      default -> throw Check.refuse("--learner", "be svm or ridge", "'" + options.learner + "'");
    }
  }

  /** Simulations share the space equally, so that none takes another's. */
  private static BurstRule capture(MonitorOptions options, int simulations) {
    if (options.capture == null) {
      return null;
    }
    long share = options.captureSpace / simulations;
    if (share < LEAST_CAPTURE) {
      throw Check.refuse(
          "--capture-space",
          "be >= " + LEAST_CAPTURE + " bytes for each of " + simulations + " simulations",
          options.captureSpace);
    }
    return BurstRule.parse("--capture", options.capture, share);
  }

  private static QuenchChoice minima(MonitorOptions options) {
    return new QuenchChoice(options.quench, options.mixture);
  }

  /** Who is to be looked at. */
  public SpeciesChoice particles() {
    return SpeciesChoice.of(options.particles);
  }

  public StudySpec spec() {
    return spec;
  }

  /** The same study with what the input is and the samples kept of each tail fixed. */
  public StudySpec spec(Target targets, int dimensions, int tailCapacity) throws FailureException {
    AnalysisSpec analysis =
        spec.analysis()
            .withTargets(targets)
            .withDimensions(dimensions)
            .withQuench(
                minima(options)
                    .choose(
                        spec.frames().values(),
                        targets.species(),
                        dimensions,
                        spec.ridge() != null && spec.ridge().hasEnergies()));
    SortedMap<String, ModelFile> models =
        options.noModel
            ? new TreeMap<>()
            : ModelFiles.withRadiiOf(analysis.features(), options.models);
    // Refuses a model whose structures the frames will not have.
    Quencher.scores(analysis, models.values().stream().map(ModelFile::model).toList());
    return new StudySpec(
        spec.study(),
        spec.frames(),
        models,
        analysis.withTailCapacity(tailCapacity),
        spec.retrainMillis(),
        spec.ridge(),
        spec.capture(),
        spec.hopEvents());
  }

  public Exports exports() {
    return exports;
  }

  /** Whether the last time was asked for, and is not that of the demonstration. */
  public boolean isUntilTyped() {
    return !Double.isNaN(options.until);
  }

  /** Last simulation time, tau, or NaN. */
  public double until() {
    return until;
  }

  /** Whether a file that is followed ends where it rests. */
  public boolean untilQuiet() {
    return options.untilQuiet;
  }

  /** Newest windows of a simulation that the store keeps in full; 0 for all. */
  public long keepWindows() {
    return options.keepWindows == null ? 0 : options.keepWindows;
  }

  /** JDBC URL of the results store: as asked for, else a file in the run folder. */
  public String storeUrl(RunFolder folder) {
    return options.store == null ? folder.storeUrl() : options.store;
  }

  /** The run folder. */
  public Path output() {
    return options.output == null ? Path.of("runs", options.study) : options.output;
  }
}
