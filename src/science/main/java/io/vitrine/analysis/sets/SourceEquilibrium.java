package io.vitrine.analysis.sets;

import io.vitrine.analysis.spec.Composition;
import io.vitrine.model.TrainingSet;
import io.vitrine.results.ResultsReader;
import io.vitrine.results.StoreException;
import io.vitrine.results.rows.ConventionRow;
import io.vitrine.results.rows.EquilibriumRow;
import io.vitrine.results.rows.RowKind;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Says in a training set whether the simulations it was taken from are in equilibrium: attributes
 * {@code verdict} and {@code tau_alpha} (tau; NaN where only bounds are known) by their newest
 * verdicts; of several simulations {@code verdict ID} and {@code tau_alpha ID} for each. A
 * simulation without a verdict adds none. Also {@code density} and {@code composition}, where all
 * simulations are alike. Samples and other attributes stay what they are.
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
    composition(simulations, store, study).ifPresent(c -> attributes.putAll(c.conventions()));
    return TrainingSet.of(set.spec())
        .attributes(attributes)
        .addAll(set)
        .bulk(set.bulk().orElse(null))
        .build();
  }

  /** Density and composition of the first simulation, which all others are like. */
  private static Optional<Composition> composition(
      Set<String> simulations, ResultsReader store, String study) throws StoreException {
    SortedMap<String, SortedMap<String, String>> conventions = new TreeMap<>();
    for (ConventionRow row : store.rows(ConventionRow.class, RowKind.CONVENTION, study)) {
      conventions
          .computeIfAbsent(row.simulation(), s -> new TreeMap<>())
          .put(row.name(), row.value());
    }
    Composition common = null;
    for (String simulation : simulations) {
      Optional<Composition> own =
          Composition.of(conventions.getOrDefault(simulation, new TreeMap<>()));
      if (own.isEmpty() || (common != null && !own.get().isLike(common))) {
        return Optional.empty();
      }
      common = common == null ? own.get() : common;
    }
    return Optional.ofNullable(common);
  }
}
