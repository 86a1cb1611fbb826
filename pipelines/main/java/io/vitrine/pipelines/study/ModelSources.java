package io.vitrine.pipelines.study;

import io.vitrine.analysis.spec.Composition;
import io.vitrine.learning.ModelFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What models were learnt on, set against what they are to score. */
public final class ModelSources {
  /** The shipped classifier was trained before models said it. */
  private static final Composition SHIPPED =
      new Composition(1.2, new TreeMap<>(Map.of("A", 0.8, "B", 0.2)));

  private ModelSources() {}

  /**
   * One line for each model that was learnt on another density (by more than 2%) or composition (by
   * more than 0.01). A model that does not say what it was learnt on gives none.
   */
  public static List<String> warnings(
      Collection<ModelFile> models, Optional<Composition> simulation) {
    List<String> lines = new ArrayList<>();
    for (ModelFile file : models) {
      Optional<Composition> learnt = learnt(file);
      if (learnt.isPresent() && simulation.isPresent() && !simulation.get().isLike(learnt.get())) {
        lines.add(
            "warning: the model "
                + file.name()
                + " was learnt on another liquid ("
                + learnt.get()
                + ") than this one ("
                + simulation.get()
                + "): its scores may mean little (--train learns here, --no-model scores nothing)");
      }
    }
    return lines;
  }

  private static Optional<Composition> learnt(ModelFile file) {
    Optional<Composition> said = Composition.of(file.model().origin().convention());
    return said.isEmpty() && ShippedModel.is(file.text()) ? Optional.of(SHIPPED) : said;
  }
}
