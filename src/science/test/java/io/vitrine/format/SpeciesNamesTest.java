package io.vitrine.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SpeciesNamesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2 1       | A B       | 1 0",
        "1         | A         | 0",
        "A         | A         | 0",
        "2         | A B       | 1",
        "B         | A B       | 1",
        "B 1       | A B       | 1 0",
        "1 0       | A B       | 1 0",
        "3 1       | A C       | 1 0",
        "10 9 1 2  | A B I J   | 3 2 0 1",
        "40 29     | 29 40     | 1 0",
        "P Ni      | Ni P      | 1 0",
      })
  void found_labels_areNamedAndSorted(String labels, String names, String types) {
    SpeciesNames species = SpeciesNames.found(List.of(labels.split(" ", -1)), Map.of());
    assertThat(species.names()).containsExactly(names.split(" ", -1));
    String[] expected = types.split(" ", -1);
    for (int i = 0; i < expected.length; i++) {
      assertThat(species.types()[i]).isEqualTo(Byte.parseByte(expected[i]));
    }
  }

  @Test
  void declared_otherNames_stayInTheOrderOfTheFile() {
    SpeciesNames species = SpeciesNames.declared(List.of("Small", "Large"), Map.of());
    assertThat(species.names()).containsExactly("Small", "Large");
    assertThat(species.types()).containsExactly(0, 1);
  }

  @Test
  void declared_renamedToAAndB_haveAFirst() {
    Map<String, String> renamed = Map.of("Small", "B", "Large", "A");
    SpeciesNames species = SpeciesNames.declared(List.of("Small", "Large"), renamed);
    assertThat(species.names()).containsExactly("A", "B");
    assertThat(species.types()).containsExactly(1, 0);
  }

  @Test
  void found_twoLabelsRenamedToOne_areOneSpecies() {
    SpeciesNames species =
        SpeciesNames.found(List.of("1", "2", "3"), Map.of("C", "A", "A", "B", "B", "A"));
    assertThat(species.names()).containsExactly("A", "B");
    assertThat(species.types()).containsExactly(1, 0, 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1.5", "2e3", "12345678901"})
  void found_noLabel_isRefused(String label) {
    assertThatThrownBy(() -> SpeciesNames.found(List.of(label), Map.of()))
        .hasMessageContaining("expected a type (0, 1, 2, ...) or the name of a species");
  }
}
