package io.vitrine.pipelines.help;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SpellingTest {
  @Test
  void nearest_swappedMissingAndWrongLetters_isFound() {
    assertThat(Spelling.distance("ouput", "output")).isEqualTo(1);
    assertThat(Spelling.distance("monitro", "monitor")).isEqualTo(1);
    assertThat(Spelling.distance("", "abc")).isEqualTo(3);
    assertThat(Spelling.nearest("--frmaes", List.of("--model", "--frames"))).contains("--frames");
    assertThat(Spelling.nearest("--zzzzz", List.of("--model", "--frames"))).isEmpty();
  }
}
