package io.vitrine.learning;

import io.vitrine.model.Check;
import io.vitrine.model.FeatureMoments;
import io.vitrine.model.TrainingSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Several training sets as one: all samples in order, the attributes that all agree on, and the
 * combined moments of all particles where every set has them.
 */
final class JoinedSets {
  private final TrainingSet set;
  private final Optional<FeatureMoments> bulk;

  private JoinedSets(TrainingSet set, Optional<FeatureMoments> bulk) {
    this.set = set;
    this.bulk = bulk;
  }

  static JoinedSets of(List<TrainingSet> sets) {
    Check.positive("number of training sets", sets.size());
    JoinedSets joined = new JoinedSets(join(sets), bulk(sets));
    Check.positive("number of training samples", joined.set.count());
    return joined;
  }

  TrainingSet set() {
    return set;
  }

  Optional<FeatureMoments> bulk() {
    return bulk;
  }

  /** Over all particles, or over the samples. */
  Standardization standardization(boolean overBulk) {
    if (!overBulk) {
      return Standardization.of(List.of(set));
    }
    return Standardization.of(
        bulk.orElseThrow(
            () ->
                Check.refuse(
                    "training sets for --standardize bulk",
                    "all hold bulk_mean and bulk_cov",
                    "without")));
  }

  /** sqrt(w' S w), S the covariance of the standardized features; empty without the bulk. */
  OptionalDouble sigma(Standardization standardization, double[] w) {
    if (bulk.isEmpty()) {
      return OptionalDouble.empty();
    }
    int d = w.length;
    double[] covariance = bulk.get().covariance();
    double[] s = standardization.deviations();
    double sum = 0;
    for (int k = 0; k < d; k++) {
      for (int l = 0; l < d; l++) {
        sum += w[k] / s[k] * covariance[k * d + l] * (w[l] / s[l]);
      }
    }
    return OptionalDouble.of(Math.sqrt(Math.max(0.0, sum)));
  }

  private static TrainingSet join(List<TrainingSet> sets) {
    TrainingSet first = sets.get(0);
    if (sets.size() == 1) {
      return first;
    }
    TrainingSet.Builder joined = TrainingSet.of(first.spec());
    sets.forEach(joined::addAll);
    first
        .attributes()
        .forEach(
            (name, value) -> {
              if (sets.stream().allMatch(s -> value.equals(s.attributes().get(name)))) {
                joined.attribute(name, value);
              }
            });
    return joined.build();
  }

  private static Optional<FeatureMoments> bulk(List<TrainingSet> sets) {
    if (!sets.stream().allMatch(s -> s.bulk().isPresent())) {
      return Optional.empty();
    }
    BulkMoments all = BulkMoments.of(sets.get(0).spec().featureCount());
    sets.forEach(s -> all.merge(BulkMoments.of(s.bulk().get())));
    return Optional.of(all.result());
  }
}
