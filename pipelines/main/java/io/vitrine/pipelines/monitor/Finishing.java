package io.vitrine.pipelines.monitor;

import io.vitrine.analysis.sets.FluiditySet;
import io.vitrine.analysis.sets.SoftnessSet;
import io.vitrine.analysis.sets.SourceEquilibrium;
import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.analysis.spec.Conventions;
import io.vitrine.format.FileTrouble;
import io.vitrine.format.run.ParticleExport;
import io.vitrine.format.run.ShardExport;
import io.vitrine.format.run.ShardFolder;
import io.vitrine.format.run.TrainingSetFile;
import io.vitrine.learning.Model;
import io.vitrine.model.TrainingSet;
import io.vitrine.pipelines.run.Exports;
import io.vitrine.pipelines.run.FailureException;
import io.vitrine.pipelines.run.Program;
import io.vitrine.pipelines.run.RunFolder;
import io.vitrine.pipelines.study.StudySpec;
import io.vitrine.results.ResultsReader;
import io.vitrine.results.SimulationStatus;
import io.vitrine.results.StoreException;
import io.vitrine.streaming.io.feed.FrameUri;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes the files of a run from what its windows left: training set and exports. Plain Java, one
 * process, safe to repeat at any time.
 */
public final class Finishing {
  private final StudySpec study;
  private final RunFolder folder;
  private final String storeUrl;
  private final Exports exports;

  public Finishing(StudySpec study, RunFolder folder, String storeUrl, Exports exports) {
    this.study = study;
    this.folder = folder;
    this.storeUrl = storeUrl;
    this.exports = exports;
  }

  /**
   * What was made.
   *
   * @param low samples of the low tails
   * @param high samples of the high tails
   * @param hops hops in the softness set
   * @param quiet quiet runs in the softness set
   * @param quietThreshold p_l of the softness set, sigma^2; NaN where none gives enough quiet runs
   * @param calibration what p_l represents where it was calibrated; else empty
   * @param trainingSet file of the fluidity set, or null where it has no sample
   * @param files all files, the training sets first
   */
  public record Made(
      int low,
      int high,
      int hops,
      int quiet,
      double quietThreshold,
      List<QuietCalibration.Row> calibration,
      Path trainingSet,
      List<Path> files) {}

  public Made make() throws FailureException, StoreException {
    try {
      ShardFolder shards = ShardFolder.at(folder.shards());
      List<Path> files = new ArrayList<>();
      FluiditySet fluidity = FluiditySet.of(study.analysis());
      Map<String, Long> windows = windows();
      List<String> simulations = new ArrayList<>(study.frames().keySet());
      for (String simulation : simulations) {
        fluidity.add(shards, simulation, windows.getOrDefault(simulation, 0L));
      }
      Path trainingSet = null;
      if (fluidity.low() > 0) {
        trainingSet = write(FluiditySet.RULE, fluidity.build(temperature(study)), files);
      }
      if (fluidity.random() > 0) {
        write(FluiditySet.RANDOM_RULE, fluidity.buildRandom(temperature(study)), files);
      }
      SoftnessSet softness = SoftnessSet.of(study.analysis(), fluidity.bulk());
      for (String simulation : simulations) {
        softness.add(shards, simulation);
      }
      writeSoftness(softness, files);
      ShardExport export = ShardExport.of(shards, simulations, exports.partBytes(), attributes());
      if (exports.hops() != null) {
        files.addAll(export.hops(exports.hops()));
      }
      if (exports.features() != null) {
        files.addAll(export.features(exports.features()));
        tellMissing(export, simulations);
      }
      if (exports.particles() != null) {
        files.addAll(ParticleExport.of(shards, scorers()).write(exports.particles(), simulations));
      }
      return new Made(
          fluidity.low(),
          fluidity.high(),
          softness.hops(),
          softness.quiet(),
          softness.quietThreshold(),
          study.analysis().training().softness().isCalibrated()
              ? QuietCalibration.of(softness, temperature(study), study.models())
              : List.of(),
          trainingSet,
          files);
    } catch (UncheckedIOException e) {
      throw new FailureException(FileTrouble.of(e.getCause()), e);
    } catch (IOException e) {
      throw new FailureException(FileTrouble.of(e), e);
    }
  }

  private void tellMissing(ShardExport export, List<String> simulations) throws IOException {
    AnalysisSpec spec = study.analysis();
    for (String simulation : simulations) {
      for (long millis : export.without(simulation, spec.featureMillis())) {
        double from = (millis + spec.lagMillis() - spec.windowMillis() / 2) / 1000.0;
        System.err.printf(
            Locale.ROOT,
            "vitrine: %s: no features at %s tau: expected a complete window, with all frames from"
                + " %s to %s tau%n",
            simulation,
            millis / 1000.0,
            from,
            from + spec.windowMillis() / 1000.0);
      }
    }
  }

  /** Names of the models that scored windows. */
  private List<String> scorers() {
    List<String> names = new ArrayList<>(study.models().keySet());
    if (study.retrainMillis() > 0) {
      names.add(Model.LIVE);
    }
    return names;
  }

  private Path write(String name, TrainingSet set, List<Path> files)
      throws IOException, StoreException {
    Files.createDirectories(folder.training());
    Path file = folder.training().resolve(name + ".h5");
    try (ResultsReader store = ResultsReader.open(storeUrl)) {
      TrainingSet judged = SourceEquilibrium.added(set, store, study.study());
      TrainingSetFile.write(file, withUnits(judged));
    }
    files.add(file);
    return file;
  }

  private TrainingSet withUnits(TrainingSet set) {
    Map<String, Object> units = units();
    return units.isEmpty()
        ? set
        : TrainingSet.of(set.spec())
            .attributes(new TreeMap<>(set.attributes()))
            .attributes(new TreeMap<>(units))
            .addAll(set)
            .bulk(set.bulk().orElse(null))
            .build();
  }

  /** The softness set; where p_l was found, also those of p_l 20% smaller and larger. */
  private void writeSoftness(SoftnessSet softness, List<Path> files)
      throws IOException, StoreException {
    if (softness.hops() + softness.quiet() == 0) {
      return;
    }
    write(SoftnessSet.RULE, softness.build(temperature(study)), files);
    if (study.analysis().training().softness().isCalibrated()
        && !Double.isNaN(softness.quietThreshold())) {
      write(SoftnessSet.RULE + "-0.8", softness.build(temperature(study), 0.8), files);
      write(SoftnessSet.RULE + "-1.2", softness.build(temperature(study), 1.2), files);
    }
  }

  private Map<String, Long> windows() throws StoreException {
    Map<String, Long> windows = new HashMap<>();
    try (ResultsReader store = ResultsReader.open(storeUrl)) {
      for (SimulationStatus s : store.simulations(study.study())) {
        windows.put(s.simulation().simulation(), s.windows());
      }
    }
    return windows;
  }

  /** The temperature of the set where all simulations share one. */
  public static double temperature(StudySpec study) {
    double common = Double.NaN;
    for (FrameUri uri : study.frames().values()) {
      if (!Double.isNaN(common) && uri.temperature() != common) {
        return Double.NaN;
      }
      common = uri.temperature();
    }
    return common;
  }

  private Map<String, Object> attributes() {
    AnalysisSpec spec = study.analysis();
    Map<String, Object> attributes = new TreeMap<>(Conventions.of(spec));
    attributes.putAll(Conventions.of(spec.features()));
    attributes.putAll(units());
    attributes.put("program", "vitrine " + Program.VERSION);
    return attributes;
  }

  /** What a length and a time of the input are, for each simulation whose URI says it. */
  private Map<String, Object> units() {
    Map<String, Object> units = new TreeMap<>();
    study
        .frames()
        .forEach(
            (id, uri) -> {
              if (uri.get("length") != null) {
                units.put(
                    "units " + id,
                    "length=" + uri.get("length") + ", time=" + uri.get("time") + " of the input");
              }
            });
    return units;
  }
}
