package io.vitrine.pipelines.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vitrine.analysis.spec.Quench;
import io.vitrine.streaming.io.feed.FrameUri;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuenchChoiceTest {
  private static final List<String> AB = List.of("A", "B");
  private static final List<String> ABC = List.of("A", "B", "C");
  private static final List<FrameUri> FILE = List.of(FrameUri.parse("replay:a.gsd?dt=0.005"));

  private static Quench choose(
      String quench, String mixture, List<FrameUri> frames, List<String> species, int dimensions) {
    return new QuenchChoice(quench, mixture).choose(frames, species, dimensions, false);
  }

  @Test
  void choose_withoutMixture_isKobAndersenForAAndBInThreeDimensionsOnly() {
    assertThat(choose("off", null, FILE, ABC, 2)).isEqualTo(Quench.OFF);
    assertThat(choose("mixture", null, FILE, AB, 3)).isEqualTo(Quench.KA);
    assertThat(choose("mixture", null, FILE, List.of("B", "A"), 3)).isEqualTo(Quench.KA);
    assertThatThrownBy(() -> choose("mixture", null, FILE, List.of("Large", "Small"), 3))
        .hasMessage(
            "--mixture must name the pair potentials of the species Large, Small in three dimensions,"
                + " for --quench and the feature set energy, but was absent");
    assertThatThrownBy(() -> choose("mixture", null, FILE, AB, 2))
        .hasMessage(
            "--mixture must name the pair potentials of the species A, B in two dimensions, for"
                + " --quench and the feature set energy (shipped: kob-andersen-2d,"
                + " kob-andersen-2d-ternary), but was absent");
  }

  @Test
  void choose_withoutMixture_isThatOfTheSimulation() {
    List<FrameUri> simulated =
        List.of(
            FrameUri.parse("simulate:?T=0.6&N=300&mixture=kob-andersen-2d-ternary"),
            FrameUri.parse("simulate:?T=0.7&N=300&mixture=kob-andersen-2d-ternary&density=1.1"));
    assertThat(choose("mixture", null, simulated, ABC, 2))
        .isEqualTo(new Quench(true, "kob-andersen-2d-ternary"));
    List<FrameUri> mixed =
        List.of(simulated.get(0), FrameUri.parse("simulate:?T=0.6&mixture=wahnstrom"));
    assertThatThrownBy(() -> choose("mixture", null, mixed, ABC, 2))
        .hasMessageEndingWith(
            "but was absent, with simulations of [kob-andersen-2d-ternary, wahnstrom]");
  }

  @Test
  void choose_mixtureOfOtherSpecies_isRefusedWithBothListsAndTheRenamingThatFits() {
    assertThatThrownBy(() -> choose("mixture", "soft-spheres", FILE, List.of("Large", "Small"), 3))
        .hasMessage(
            "species of the frames with --mixture soft-spheres must be A, B (names=Large:A,Small:B in"
                + " --frames renames), but was Large, Small");
    assertThatThrownBy(() -> choose("ka", null, FILE, ABC, 3))
        .hasMessage(
            "species of the frames with --mixture kob-andersen must be A, B, but was A, B, C");
    assertThatThrownBy(() -> choose("mixture", "kob-andersen-2d", FILE, AB, 3))
        .hasMessage("dimensions of the frames with --mixture kob-andersen-2d must be 2, but was 3");
    assertThat(choose("mixture", "kob-andersen-2d", FILE, AB, 2))
        .isEqualTo(new Quench(true, "kob-andersen-2d"));
  }

  @Test
  void choose_mixtureThatNothingNeeds_isRefused() {
    assertThatThrownBy(() -> choose("off", "wahnstrom", FILE, AB, 3))
        .hasMessageStartingWith("--mixture must come with --quench or the feature set energy");
    assertThatThrownBy(() -> new QuenchChoice("ka", "wahnstrom"))
        .hasMessage("--quench with --mixture must be mixture, but was ka");
    assertThat(new QuenchChoice("off", "wahnstrom").choose(FILE, AB, 3, true))
        .isEqualTo(new Quench(false, "wahnstrom"));
  }

  @Test
  void of_conventions_isTheQuenchTheyState() {
    for (Quench quench :
        List.of(
            Quench.OFF,
            Quench.KA,
            Quench.ALL_PAIRS,
            new Quench(true, "wahnstrom"),
            new Quench(false, "wahnstrom"))) {
      assertThat(Quench.of(io.vitrine.analysis.spec.Conventions.of(quench))).isEqualTo(quench);
    }
  }
}
