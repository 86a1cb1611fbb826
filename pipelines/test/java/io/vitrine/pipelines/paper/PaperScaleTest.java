package io.vitrine.pipelines.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vitrine.analysis.spec.AnalysisSpec;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PaperScaleTest {
  @ParameterizedTest
  @ValueSource(strings = {"smoke", "small", "full"})
  void parse_shipped_isWhole(String name) throws Exception {
    PaperScale scale = PaperScale.parse(name, PaperScale.text(name));
    assertThat(scale.readings())
        .extracting(PaperReading::name)
        .containsExactly("literal", "chosen");
    assertThat(scale.readings()).extracting(PaperReading::thin).containsExactly(0.0, 10.0);
    assertThat(scale.counted()).allMatch(run -> run.until() >= 200);
  }

  @Test
  void rule_numberOrAuto_isThatOfTheReading() throws Exception {
    String full = PaperScale.text("full");
    PaperScale scale = PaperScale.parse("full", full);
    assertThat(scale.thermal().rule(3800).quietThreshold()).isEqualTo(0.0922);
    assertThat(scale.readings().get(0).rule(3800).quietThreshold()).isEqualTo(0.0085);
    String auto = full.replace("quiet: 0.0922", "quiet: auto");
    assertThat(PaperScale.parse("auto", auto).thermal().rule(3800).isCalibrated()).isTrue();
  }

  /**
   * Two at T = 0.47, where the other one of two starts is trained on; 0.5 and 0.56 have two of
   * their own.
   */
  @Test
  void counted_full_beginsFromOtherStartsThanTraining() throws Exception {
    List<CountingRuns.Run> runs = PaperScale.parse("full", PaperScale.text("full")).counted();

    assertThat(runs)
        .contains(
            new CountingRuns.Run(0.47, 1, 2, 800, 0, "a start of its own", true),
            new CountingRuns.Run(
                0.47, 2, 102, 800, 400, "a start used before, new velocities", false),
            new CountingRuns.Run(0.5, 1, 1, 410, 0, "a start of its own", true),
            new CountingRuns.Run(0.5, 2, 2, 410, 0, "a start of its own", true),
            new CountingRuns.Run(0.56, 1, 1, 200, 0, "a start of its own", true),
            new CountingRuns.Run(0.56, 2, 2, 200, 0, "a start of its own", true),
            new CountingRuns.Run(1.0, 1, 2, 200, 0, "a start of its own", true),
            new CountingRuns.Run(1.2, 1, 101, 200, 5, "a start used before, new velocities", true));
    for (CountingRuns.Run run : runs) {
      long same = runs.stream().filter(r -> r.temperature() == run.temperature()).count();
      assertThat(same).isEqualTo(run.temperature() < 0.6 ? 2 : 1);
      assertThat(run.independent() || (run.temperature() == 0.47 && run.replica() == 2))
          .as(run.toString())
          .isTrue();
    }
  }

  @Test
  void runs_withoutShippedStarts_areMelts() {
    CountingRuns runs =
        new CountingRuns(List.of(0.5, 0.7), List.of(40.0, 4.0), 10, 200, 390, 0.6, 3, 100);

    assertThat(runs.runs(Set.of(0.5), 1, t -> List.of()))
        .containsExactly(
            new CountingRuns.Run(0.5, 1, 101, 390, 100, "a melt of its own", true),
            new CountingRuns.Run(0.5, 2, 102, 390, 100, "a melt of its own", true),
            new CountingRuns.Run(0.7, 1, 101, 200, 12, "a melt of its own", true));
  }

  @Test
  void parse_anotherMixture_isSimulatedAndHasNothingPrinted() throws Exception {
    String smoke = PaperScale.text("smoke");
    PaperScale scale =
        PaperScale.parse("mine", smoke + "\nmixture: kob-andersen-2d-ternary\ndensity: 1.1\n");
    assertThat(scale.frames(0.6).mixture().density()).isEqualTo(1.1);
    assertThat(scale.frames(0.6).mixture().name()).isEqualTo("kob-andersen-2d-ternary");
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
    "'thin: 10, ', '', readings: expected the key, thin",
    "'inherent: 0}', 'inherent: 9}', 'readings must have one p_l for the frames as they are', []",
    "'  rest: 5', '', statistics: expected the key, rest",
    "'at-least: 200', 'at-least: 125', statistics at-least must be >= 200.0 tau, 125",
    "'[359, 102', '[102', tau-alpha, 13",
    "seed: 1, 'seed: 1\ndimensions: 2', 'dimensions must be those of the mixture, 3', 2",
    "seed: 1, 'seed: 1\nmixture: none', mixture must be kob-andersen, none",
    "seed: 1, 'seed: 1\ndensity: 0', density must be > 0, 0"
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
