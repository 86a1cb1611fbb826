package io.vitrine.learning;

import io.vitrine.learning.sampling.KeyedSample;
import io.vitrine.model.TrainingSet;

/**
 * As many samples of either class: of each class the ones first in the draw of {@link KeyedSample},
 * kept in their order. The same samples and seed give the same set. Cost O(n log n).
 */
public final class Balance {
  private Balance() {}

  /** At most {@code perClass} of each, and not more than the smaller class has. */
  public static TrainingSet of(TrainingSet set, int perClass, long seed) {
    int most = Math.min(perClass, Math.min(set.count(1), set.count(-1)));
    int[] left = {most, most};
    boolean[] in = new boolean[set.count()];
    for (int i : Folds.drawn(set, seed)) {
      in[i] = left[set.labels()[i] > 0 ? 1 : 0]-- > 0;
    }
    TrainingSet.Builder balanced =
        TrainingSet.of(set.spec()).attributes(set.attributes()).bulk(set.bulk().orElse(null));
    int d = set.spec().featureCount();
    for (int i = 0; i < in.length; i++) {
      if (in[i]) {
        balanced.add(set.labels()[i], set.origin(i), set.features(), i * d);
      }
    }
    return balanced.build();
  }
}
