package io.vitrine.pipelines.study;

import io.vitrine.format.FileTrouble;
import io.vitrine.learning.ModelFile;
import io.vitrine.model.Check;
import io.vitrine.model.FeatureSpec;
import io.vitrine.pipelines.run.FailureException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The classifiers that {@code --model} names; without one, the shipped classifier. */
public final class ModelFiles {
  private ModelFiles() {}

  /**
   * By name, for simulations with these features. Species are matched by name, in whichever order.
   * Classifiers of other species or dimensions are refused, and the shipped one is left out.
   */
  public static SortedMap<String, ModelFile> of(FeatureSpec features, List<Path> files)
      throws FailureException {
    SortedMap<String, ModelFile> models = read(files);
    for (ModelFile file : models.values()) {
      FeatureSpec fit = file.model().spec();
      List<String> own = fit.species();
      boolean fits = Set.copyOf(own).equals(Set.copyOf(features.species()));
      if (fits && fit.dimensions() == features.dimensions()) {
        continue;
      }
      if (files.isEmpty()) {
        return new TreeMap<>();
      }
      if (fits) {
        throw Check.refuse(
            "dimensions of the simulations with --model " + file.name(),
            "be " + fit.dimensions(),
            features.dimensions());
      }
      throw Check.refuse(
          "species of the simulations with --model " + file.name(),
          "be " + String.join(", ", own) + Renaming.hint(features.species(), own),
          String.join(", ", features.species()));
    }
    return models;
  }

  /** The same; classifiers of other radii than these features are refused or left out too. */
  public static SortedMap<String, ModelFile> withRadiiOf(FeatureSpec features, List<Path> files)
      throws FailureException {
    SortedMap<String, ModelFile> models = of(features, files);
    for (ModelFile file : models.values()) {
      FeatureSpec own = file.model().spec();
      if (own.withSpecies(features.species()).equals(features)) {
        continue;
      }
      if (files.isEmpty()) {
        return new TreeMap<>();
      }
      throw Check.refuse(
          "structure functions of --model " + file.name(),
          "be those of the run, " + radii(features) + " (--radii, --delta, --scale-distances)",
          radii(own));
    }
    return models;
  }

  private static String radii(FeatureSpec spec) {
    double[] radii = spec.radii();
    return String.format(
        Locale.ROOT,
        "%d radii from %s to %s, delta %s, cut-off %s%s",
        radii.length,
        radii[0],
        radii[radii.length - 1],
        spec.delta(),
        spec.cutoff(),
        spec.hasScaledDistances() ? ", distances in mean diameters" : "");
  }

  /** By name, in the order of the names; names must differ. */
  public static SortedMap<String, ModelFile> read(List<Path> files) throws FailureException {
    SortedMap<String, ModelFile> models = new TreeMap<>();
    try {
      if (files.isEmpty()) {
        Optional<String> shipped = ShippedModel.text();
        if (shipped.isPresent()) {
          models.put(ShippedModel.NAME, ModelFile.parse(ShippedModel.NAME, shipped.get()));
        }
      }
      for (Path path : files) {
        ModelFile model = ModelFile.read(path);
        if (models.put(model.name(), model) != null) {
          throw Check.refuse("--model names", "differ", model.name());
        }
      }
    } catch (IOException e) {
      throw new FailureException(FileTrouble.of(e), e);
    }
    return models;
  }
}
