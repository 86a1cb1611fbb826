package io.vitrine.analysis.sets;

import io.vitrine.model.TrainingSet;
import io.vitrine.results.ResultsReader;
import io.vitrine.results.StoreException;
import io.vitrine.results.rows.EquilibriumRow;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Says in a training set whether the simulations it was taken from are in equilibrium: attributes
 * {@code verdict} and {@code tau_alpha} (tau; NaN where only bounds are known) by their newest
 * verdicts; of several simulations {@code verdict ID} and {@code tau_alpha ID} for each. A
 * simulation without a verdict adds none. Samples and other attributes stay what they are.
 */
public final class SourceEquilibrium {
  private SourceEquilibrium() {}

  /** The set with the verdicts of the store of its study. */
  public static TrainingSet added(TrainingSet set, ResultsReader store, String study)
      throws StoreException {
    TreeSet<String> simulations = new TreeSet<>();
    for (String simulation : set.simulations()) {
      simulations.add(simulation);
    }
    SortedMap<String, Object> attributes = new TreeMap<>(set.attributes());
    for (String simulation : simulations) {
      String suffix = simulations.size() == 1 ? "" : " " + simulation;
      Optional<EquilibriumRow> row = store.newestVerdict(study, simulation);
      if (row.isPresent()) {
        attributes.put("verdict" + suffix, row.get().verdict());
        attributes.put("tau_alpha" + suffix, row.get().tauAlpha());
      }
    }
    return TrainingSet.of(set.spec())
        .attributes(attributes)
        .addAll(set)
        .bulk(set.bulk().orElse(null))
        .build();
  }
}
