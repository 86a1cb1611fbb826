package io.vitrine.streaming.transforms;

import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.format.run.VersionFolder;
import io.vitrine.learning.Model;
import io.vitrine.learning.ModelFile;
import io.vitrine.model.Check;
import io.vitrine.model.FeatureSets;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;

/**
 * When a model is trained during a run, from what and where to.
 *
 * @param everyMillis simulation time between trainings, ms
 * @param shards run folder's shards
 * @param versions folder of the versions
 * @param temperature that all simulations share; NaN where they do not
 * @param program its version, for the model
 * @param features of a ridge regression, as on the command line; empty for a classifier
 */
public record RetrainSchedule(
    long everyMillis,
    String shards,
    String versions,
    double temperature,
    String program,
    String features)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Checks the time between trainings. */
  public RetrainSchedule {
    Check.within("time between trainings (tau)", everyMillis / 1000.0, 1, Long.MAX_VALUE / 1e3);
  }

  /** Whether a ridge regression is trained, and no classifier. */
  boolean isRidge() {
    return !features.isEmpty();
  }

  /** The features of a ridge regression. */
  FeatureSets sets(AnalysisSpec spec) {
    return FeatureSets.parse(features, spec.features());
  }

  /** Where versions are published and windows are given theirs. */
  VersionFolder folder() {
    return VersionFolder.at(Path.of(versions), Model.LIVE);
  }

  /** A version that was published. */
  LiveVersion published(long number) throws IOException {
    return new LiveVersion(number, ModelFile.parse(Model.LIVE, folder().read(number)));
  }
}
