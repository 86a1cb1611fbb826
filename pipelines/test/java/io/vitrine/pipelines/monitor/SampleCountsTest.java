package io.vitrine.pipelines.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitrine.results.rows.TrainingCountRow;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SampleCountsTest {
  private static TrainingCountRow row(String simulation, String rule, long samples, long target) {
    return new TrainingCountRow("s", simulation, rule, 100, 1000, samples, target, 0.1);
  }

  @Test
  void describe_twoSimulations_addsTheirRates() {
    List<TrainingCountRow> rows =
        List.of(
            row("a", "low", 7, -1),
            row("a", "high", 8, -1),
            row("a", "hops", 50, 100),
            row("b", "hops", 100, 100),
            row("a", "quiet", 0, 100));
    // Simulation a: 50 in 50 tau; b has all it wants.
    assertThat(SampleCounts.describe(rows, Map.of("a", 0.5, "b", 1.0)))
        .isEqualTo("samples: tails 15, hops 150/200 (50 tau more), quiet 0/100");
  }

  @Test
  void describe_nothingYet_saysSo() {
    assertThat(SampleCounts.describe(List.of(), Map.of())).isEqualTo("samples: tails 0");
  }
}
