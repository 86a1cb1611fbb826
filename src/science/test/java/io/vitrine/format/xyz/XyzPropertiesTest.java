package io.vitrine.format.xyz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class XyzPropertiesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Lattice=\"1 2 3 4 5 6 7 8 9\" x=1",
        "Lattice='1 2 3 4 5 6 7 8 9' x=1",
        "Lattice={1 2 3 4 5 6 7 8 9} x=1",
        "Lattice=[1, 2, 3, 4, 5, 6, 7, 8, 9] x=1",
        "Lattice=[[1,2,3], [4,5,6],\t[7,8,9]] x=1",
        "lattice = \"1 2 3 4 5 6 7 8 9\" x = 1",
        "comment=\"Lattice=\\\"0 0 0\\\" \\\\ it's\" Lattice=\"1 2 3 4 5 6 7 8 9\" x=1",
        "flag 'a key'=3 Lattice='1 2 3 4 5 6 7 8 9' x=1",
      })
  void numbers_everyWayToWriteThem_areTheSame(String line) {
    XyzProperties properties = new XyzProperties(line, null);
    assertThat(properties.numbers("Lattice", 9)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(properties.numbers("x", 1)).containsExactly(1);
  }

  @Test
  void value_escapedQuote_isPartOfIt() {
    XyzProperties properties = new XyzProperties("a=\"say \\\"hi\\\" b=2\" c='it\\'s'", null);
    assertThat(properties.value("a")).isEqualTo("say \"hi\" b=2");
    assertThat(properties.value("b")).isNull();
    assertThat(properties.value("c")).isEqualTo("it's");
  }

  @Test
  void numbers_tooFewOrNoNumber_nameTheKey() {
    XyzProperties properties = new XyzProperties("Lattice=\"1 2 3\" Time=now", null);
    assertThatThrownBy(() -> properties.numbers("Lattice", 9))
        .hasMessageContaining("expected 9 numbers in Lattice, found 1 2 3");
    assertThatThrownBy(() -> properties.numbers("Time", 1)).hasMessageContaining("Time, found now");
    assertThatThrownBy(() -> new XyzProperties("Lattice=[1, 2", null))
        .hasMessageContaining("closing [ behind lattice=");
  }
}
