package io.vitrine.pipelines.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.vitrine.model.Check;
import io.vitrine.model.FeatureSets;
import io.vitrine.pipelines.run.FailureException;
import io.vitrine.pipelines.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * What is compared: a file in YAML.
 *
 * @param frames one URI a simulation, {@code simulate:} or {@code replay:} with {@code T}; the
 *     first is trained on
 * @param until last time of each, tau
 * @param trainUntil windows of the first that end by then are trained on; those that begin later
 *     are tested
 * @param every tau between windows that are scored
 * @param tailFraction fraction f of each tail of p_hop that a classifier is trained on
 * @param features sets of features, each for all learners
 */
record CompareStudy(
    List<String> frames,
    double until,
    double trainUntil,
    double every,
    double tailFraction,
    List<String> features) {
  private static final ObjectMapper YAML =
      new ObjectMapper(new YAMLFactory())
          .setPropertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);

  /** Checks the numbers. */
  CompareStudy {
    frames = List.copyOf(Objects.requireNonNull(frames));
    features = List.copyOf(Objects.requireNonNull(features));
    Check.positive("number of frames:", frames.size());
    Check.positive("number of features:", features.size());
    Check.positive("until", until);
    Check.within("train-until", trainUntil, 30, until - 30);
    Check.within("every", every, 1, 50);
    Check.within("tail-fraction", tailFraction, 1e-6, 0.5);
    for (String each : features) {
      if (FeatureSets.parse(each).needsBoth()) {
        throw Check.refuse("features:", "be without cage and thermal:", "'" + each + "'");
      }
    }
  }

  static CompareStudy read(Path file) throws FailureException {
    try {
      return YAML.readValue(Files.readString(file), CompareStudy.class);
    } catch (ValueInstantiationException e) {
      throw new IllegalArgumentException(file + ": " + e.getCause().getMessage(), e);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(file + ": " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new FailureException(file + ": cannot be read: " + RunFolder.reason(e), e);
    }
  }
}
