package io.vitrine.pipelines;

import io.vitrine.analysis.AnalysisSpec;
import io.vitrine.analysis.FluiditySet;
import io.vitrine.format.ShardExport;
import io.vitrine.format.ShardFolder;
import io.vitrine.format.TrainingSetFile;
import io.vitrine.results.ResultsReader;
import io.vitrine.results.SimulationStatus;
import io.vitrine.results.StoreException;
import io.vitrine.streaming.io.FrameUri;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes the files of a run from what its windows left: training set and exports. Plain Java, one
 * process, safe to repeat at any time.
 */
final class Finishing {
  private final StudySpec study;
  private final RunFolder folder;
  private final String storeUrl;
  private final Exports exports;

  Finishing(StudySpec study, RunFolder folder, String storeUrl, Exports exports) {
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
   * @param trainingSet file of the fluidity set, or null where it has no sample
   * @param files all files, the training set first
   */
  record Made(int low, int high, Path trainingSet, List<Path> files) {}

  Made make() throws FailureException, StoreException {
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
        Files.createDirectories(folder.training());
        trainingSet = folder.training().resolve(FluiditySet.RULE + ".h5");
        TrainingSetFile.write(trainingSet, fluidity.build(temperature()));
        files.add(trainingSet);
      }
      ShardExport export =
          ShardExport.of(shards, simulations, exports.partBytes(), attributes(study.analysis()));
      if (exports.hops() != null) {
        files.addAll(export.hops(exports.hops()));
      }
      if (exports.features() != null) {
        files.addAll(export.features(exports.features()));
      }
      return new Made(fluidity.low(), fluidity.high(), trainingSet, files);
    } catch (UncheckedIOException e) {
      throw new FailureException(RunFolder.reason(e.getCause()), e);
    } catch (IOException e) {
      throw new FailureException(RunFolder.reason(e), e);
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
  private double temperature() {
    double common = Double.NaN;
    for (FrameUri uri : study.frames().values()) {
      if (!Double.isNaN(common) && uri.temperature() != common) {
        return Double.NaN;
      }
      common = uri.temperature();
    }
    return common;
  }

  private static Map<String, Object> attributes(AnalysisSpec spec) {
    Map<String, Object> attributes = new TreeMap<>();
    attributes.put("p_hop_convention", spec.convention().label());
    attributes.put("interval", spec.intervalMillis() / 1000.0);
    attributes.put("hop_threshold", spec.hopThreshold());
    attributes.put("lag", spec.window().lagFrames() * spec.intervalMillis() / 1000.0);
    attributes.put("radii", spec.features().radii());
    attributes.put("delta", spec.features().delta());
    attributes.put("cutoff", spec.features().cutoff());
    attributes.put("program", "vitrine " + Vitrine.VERSION);
    return attributes;
  }
}
