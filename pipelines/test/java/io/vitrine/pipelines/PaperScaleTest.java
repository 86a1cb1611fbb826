package io.vitrine.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PaperScaleTest {
  @ParameterizedTest
  @ValueSource(strings = {"smoke", "small", "full"})
  void parse_shipped_isWhole(String name) throws Exception {
    PaperScale scale = PaperScale.parse(name, PaperScale.text(name));
    assertThat(scale.thin()).isEqualTo(name.equals("smoke") ? 0 : 10);
    assertThat(scale.statistics().temperatures()).contains(scale.softness().temperature());
  }

  @Test
  void softnessRule_numberOrAuto_isThatOfTheDefinition() throws Exception {
    String full = PaperScale.text("full");
    assertThat(PaperScale.parse("full", full).softnessRule(3800).quietThreshold())
        .isEqualTo(0.0922);
    String auto = full.replace("quiet: 0.0922", "quiet: auto");
    assertThat(PaperScale.parse("auto", auto).softnessRule(3800).isCalibrated()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "quiet: 0.0922, quiet: low, 'quiet must be a number or auto', low",
    "quiet: 0.0922, quiet: -1, 'quiet must be > 0', -1",
    "thin: 10, thin: -1, thin must lie in, -1",
    "thin: 10, '', expected the key, thin",
    "', until: 300}', '}', statistics: expected the key, until",
    "'until: 300}', 'until: 125}', statistics until must be >= 200.0 tau, 125"
  })
  void parse_wrong_saysWhereWhatAndTheValue(String old, String now, String rule, String value)
      throws Exception {
    String text = PaperScale.text("full").replace(old, now);
    assertThatThrownBy(() -> PaperScale.parse("mine.yaml", text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("mine.yaml")
        .hasMessageContaining(rule)
        .hasMessageContaining(value)
        .hasMessageNotContaining("io.vitrine");
  }
}
