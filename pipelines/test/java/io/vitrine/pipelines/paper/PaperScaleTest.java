package io.vitrine.pipelines.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vitrine.analysis.spec.AnalysisSpec;
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

  @Test
  void parse_anotherMixture_isSimulatedAndHasNothingPrinted() throws Exception {
    String smoke = PaperScale.text("smoke");
    PaperScale scale =
        PaperScale.parse("mine", smoke + "\nmixture: kob-andersen-2d-ternary\ndensity: 1.1\n");
    assertThat(scale.frames(0.6, 3).mixture().density()).isEqualTo(1.1);
    assertThat(scale.frames(0.6, 3).mixture().name()).isEqualTo("kob-andersen-2d-ternary");
    assertThat(scale.analysis().features().species()).containsExactly("A", "B", "C");
    assertThat(scale.analysis().features().dimensions()).isEqualTo(2);
    assertThat(scale.printed(1.0)).isNull();
    assertThat(PaperScale.parse("smoke", smoke).printed(1.0)).isNotNull();
    assertThat(PaperScale.parse("smoke", smoke).analysis())
        .usingRecursiveComparison()
        .isEqualTo(AnalysisSpec.standard());
  }

  @ParameterizedTest
  @CsvSource({
    "quiet: 0.0922, quiet: low, 'quiet must be a number or auto', low",
    "quiet: 0.0922, quiet: -1, 'quiet must be > 0', -1",
    "thin: 10, thin: -1, thin must lie in, -1",
    "thin: 10, '', expected the key, thin",
    "', until: 300}', '}', statistics: expected the key, until",
    "'until: 300}', 'until: 125}', statistics until must be >= 200.0 tau, 125",
    "thin: 10, 'thin: 10\ndimensions: 2', 'dimensions must be those of the mixture, 3', 2",
    "thin: 10, 'thin: 10\nmixture: none', mixture must be kob-andersen, none",
    "thin: 10, 'thin: 10\ndensity: 0', density must be > 0, 0"
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
