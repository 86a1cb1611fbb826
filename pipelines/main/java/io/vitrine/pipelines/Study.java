package io.vitrine.pipelines;

import io.vitrine.analysis.AnalysisSpec;
import io.vitrine.analysis.BurstRule;
import io.vitrine.analysis.Quench;
import io.vitrine.analysis.SoftnessRule;
import io.vitrine.analysis.TrainingSpec;
import io.vitrine.dynamics.HopConvention;
import io.vitrine.dynamics.TimeGrid;
import io.vitrine.learning.Model;
import io.vitrine.learning.ModelJson;
import io.vitrine.model.Check;
import io.vitrine.model.FeatureSpec;
import io.vitrine.model.Species;
import io.vitrine.streaming.io.FrameUri;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The options of a run, checked and put in order. */
final class Study {
  /** What is watched when nothing is named: a cold and a hot liquid, small enough for a laptop. */
  private static final List<String> DEMONSTRATION =
      List.of("simulate:?T=0.5&N=1000&id=cold", "simulate:?T=1.0&N=1000&id=hot");

  /** The demonstration ends by itself. */
  private static final double DEMONSTRATION_UNTIL = 200;

  /** 1 MiB: less holds no burst of any interest. */
  private static final long LEAST_CAPTURE = 1L << 20;

  private final MonitorOptions options;
  private final StudySpec spec;
  private final Exports exports;
  private final double until;

  private Study(MonitorOptions options, StudySpec spec, Exports exports, double until) {
    this.options = options;
    this.spec = spec;
    this.exports = exports;
    this.until = until;
  }

  static Study of(MonitorOptions options) throws FailureException {
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
    TreeMap<String, String> models = new TreeMap<>(models(options));
    long retrain = retrainMillis(options);
    if (retrain > 0 && models.containsKey(Model.LIVE)) {
      throw Check.refuse("--model names with --train every=", "not be", Model.LIVE);
    }
    StudySpec spec =
        new StudySpec(
            options.study,
            frames,
            models,
            analysis(options, exports, interval(frames)),
            retrain,
            capture(options, frames.size()));
    double until =
        demonstration && Double.isNaN(options.until) ? DEMONSTRATION_UNTIL : options.until;
    return new Study(options, spec, exports, until);
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
    Species targets = options.particles.equals("b") ? Species.B : Species.A;
    if (!List.of("a", "b", "all").contains(options.particles)) {
      throw Check.refuse("--particles", "be a, b or all", "'" + options.particles + "'");
    }
    return new AnalysisSpec(
        (int) grid.intervalMillis(),
        (int) Math.round(options.window * 1000),
        (int) Math.round(options.lag * 1000),
        HopConvention.named(options.convention),
        targets,
        options.hopThreshold,
        FeatureSpec.standard(),
        training(options),
        exports.hops() != null,
        options.particles.equals("all"),
        options.at.stream().mapToLong(t -> millis(grid, t)).sorted().distinct().toArray(),
        exports.particles() != null,
        Quench.named(options.quench));
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

  private static long millis(TimeGrid grid, double tau) {
    if (!grid.holds(tau)) {
      throw Check.refuse("--at", "be multiples of " + grid.interval() + " tau", tau);
    }
    return grid.millis(tau);
  }

  private static Map<String, String> models(MonitorOptions options) throws FailureException {
    TreeMap<String, String> models = new TreeMap<>();
    if (options.noModel) {
      return models;
    }
    try {
      if (options.models.isEmpty()) {
        ShippedModel.text().ifPresent(text -> models.put(ShippedModel.NAME, text));
      }
      for (Path path : options.models) {
        Model model = ModelJson.read(path);
        if (models.put(model.name(), java.nio.file.Files.readString(path)) != null) {
          throw Check.refuse("--model names", "differ", model.name());
        }
      }
    } catch (IOException e) {
      throw new FailureException(RunFolder.reason(e), e);
    }
    return models;
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

  StudySpec spec() {
    return spec;
  }

  /** The same study with the number of samples kept of each tail fixed. */
  StudySpec spec(int tailCapacity) {
    return new StudySpec(
        spec.study(),
        spec.frames(),
        spec.models(),
        spec.analysis().withTailCapacity(tailCapacity),
        spec.retrainMillis(),
        spec.capture());
  }

  Exports exports() {
    return exports;
  }

  /** Last simulation time, tau, or NaN. */
  double until() {
    return until;
  }

  Path output() {
    return options.output == null ? Path.of("runs", options.study) : options.output;
  }
}
