package io.vitrine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ParticlesTest {
  private static final List<String> THREE = List.of("Large", "Small", "C");

  @Test
  void numbered_withThreeSpecies_findsThoseOfEachType() {
    Particles particles = Particles.numbered(5, new byte[] {2, 0, 2, 1}, THREE);
    assertThat(particles.names()).isEqualTo(THREE);
    assertThat(particles.indicesOf(2)).containsExactly(0, 2);
    assertThat(particles.indicesOf(0)).containsExactly(1);
    assertThat(particles.ids()).containsExactly(5, 6, 7, 8);
  }

  @Test
  void equals_distinguishesNames() {
    byte[] types = {0, 1};
    assertThat(Particles.numbered(0, types))
        .isEqualTo(Particles.numbered(0, types, List.of("A", "B")))
        .isNotEqualTo(Particles.numbered(0, types, List.of("B", "A")));
  }

  @Test
  void of_badTypesOrNames_isRefused() {
    assertThatThrownBy(() -> Particles.numbered(0, new byte[] {0, 3}, THREE))
        .hasMessage(
            "type of particle 1 must be an index into the species [Large, Small, C], but was 3");
    assertThatThrownBy(() -> Particles.numbered(0, new byte[] {0}, List.of("A", "A")))
        .hasMessage("names of species must be distinct, but was [A, A]");
    assertThatThrownBy(() -> Particles.numbered(0, new byte[] {0}, List.of("A 1")))
        .hasMessage("name of a species must be a word, but was 'A 1'");
    assertThatThrownBy(() -> Particles.numbered(0, new byte[] {}, List.of()))
        .hasMessageContaining("number of species must lie in [1.0, 127.0], but was 0");
  }
}
