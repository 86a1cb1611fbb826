package io.vitrine.pipelines.study;

import io.vitrine.analysis.spec.Quench;
import io.vitrine.engine.Mixture;
import io.vitrine.model.Check;
import io.vitrine.model.Target;
import io.vitrine.streaming.io.feed.FrameScheme;
import io.vitrine.streaming.io.feed.FrameUri;
import io.vitrine.streaming.io.feed.Mixtures;
import io.vitrine.streaming.transforms.Quencher;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether frames are quenched and by which pairs, as {@code --quench} and {@code --mixture} say it.
 *
 * @param quench off, mixture, ka or all-pairs
 * @param mixture a name or a file; null for the default
 */
public record QuenchChoice(String quench, String mixture) {
  private static final Set<String> QUENCHES =
      Set.of("off", Quench.BY_MIXTURE, Quench.KOB_ANDERSEN, Quench.CUT_ALIKE);

  /** Checks the word, and that a mixture is named once at most. */
  public QuenchChoice {
    if (!QUENCHES.contains(quench)) {
      throw Check.refuse("--quench", "be off, mixture, ka or all-pairs", "'" + quench + "'");
    }
    if (mixture != null && isKobAndersen(quench)) {
      throw Check.refuse("--quench with --mixture", "be mixture", quench);
    }
  }

  private static boolean isKobAndersen(String quench) {
    return quench.equals(Quench.KOB_ANDERSEN) || quench.equals(Quench.CUT_ALIKE);
  }

  /** Whether frames are taken to their inherent structures. */
  public boolean isOn() {
    return !quench.equals("off");
  }

  /**
   * For frames of these species and dimensions. Without {@code --mixture} the pairs are those of
   * the simulations that are watched, else Kob-Andersen ones for A and B in three dimensions.
   *
   * @param energies whether pair energies are needed where frames are not quenched
   * @throws IllegalArgumentException for a mixture that does not fit, and where none is known
   */
  public Quench choose(
      Collection<FrameUri> frames, List<String> species, int dimensions, boolean energies) {
    if (!isOn() && !energies) {
      if (mixture != null) {
        throw Check.refuse(
            "--mixture",
            "come with --quench or the feature set energy (what is simulated: mixture= in --frames)",
            mixture);
      }
      return Quench.OFF;
    }
    String text = text(frames, species, dimensions);
    Quench chosen = new Quench(isOn(), text);
    fit(Quencher.mixture(chosen), text, species, dimensions);
    return chosen;
  }

  private String text(Collection<FrameUri> frames, List<String> species, int dimensions) {
    if (mixture != null) {
      return known(Mixtures.of(mixture));
    }
    if (isKobAndersen(quench)) {
      return quench;
    }
    List<String> simulated =
        frames.stream()
            .filter(uri -> uri.scheme() == FrameScheme.SIMULATE)
            .map(uri -> known(uri.mixture()))
            .distinct()
            .toList();
    if (simulated.size() == 1) {
      return simulated.get(0);
    }
    if (simulated.isEmpty()
        && dimensions == 3
        && Set.copyOf(species).equals(Set.copyOf(Target.A_AND_B))) {
      return Quench.KOB_ANDERSEN;
    }
    String fitting =
        Mixtures.SHIPPED.stream()
            .filter(name -> fits(Mixtures.of(name), species, dimensions))
            .collect(Collectors.joining(", "));
    throw Check.refuse(
        "--mixture",
        "name the pair potentials of the species "
            + String.join(", ", species)
            + " in "
            + (dimensions == 2 ? "two" : "three")
            + " dimensions, for --quench and the feature set energy"
            + (fitting.isEmpty() ? "" : " (shipped: " + fitting + ")"),
        simulated.isEmpty() ? "absent" : "absent, with simulations of " + simulated);
  }

  /** Its convention; the standard mixture has had a shorter name from the beginning. */
  private static String known(Mixture mixture) {
    String text = Mixtures.text(mixture);
    return text.equals(Mixtures.DEFAULT) ? Quench.KOB_ANDERSEN : text;
  }

  private static boolean fits(Mixture mixture, List<String> species, int dimensions) {
    return mixture.dimensions() == dimensions && mixture.names().containsAll(species);
  }

  private static void fit(Mixture mixture, String text, List<String> species, int dimensions) {
    String name = mixture.name() + (text.equals(Quench.CUT_ALIKE) ? " (all-pairs)" : "");
    List<String> own = mixture.names();
    if (!own.containsAll(species)) {
      throw Check.refuse(
          "species of the frames with --mixture " + name,
          "be " + String.join(", ", own) + Renaming.hint(species, own),
          String.join(", ", species));
    }
    if (mixture.dimensions() != dimensions) {
      throw Check.refuse(
          "dimensions of the frames with --mixture " + name,
          "be " + mixture.dimensions(),
          dimensions);
    }
  }
}
