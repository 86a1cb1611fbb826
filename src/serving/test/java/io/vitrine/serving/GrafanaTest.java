package io.vitrine.serving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitrine.results.ResultsReader;
import io.vitrine.results.ResultsStore;
import io.vitrine.results.SimulationStatus;
import io.vitrine.results.rows.RowKind;
import io.vitrine.results.rows.TrainingCountRow;
import io.vitrine.serving.alarms.Alarm;
import io.vitrine.serving.alarms.Study;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped Grafana dashboard asks only for metrics that exist. */
final class GrafanaTest {
  private static final Pattern METRIC = Pattern.compile("vitrine_[a-z_]+");

  @TempDir Path folder;

  @Test
  void dashboard_everyExpression_namesAMetricOfOurs() throws Exception {
    String url = "jdbc:sqlite:" + folder.resolve("store.sqlite");
    String metrics;
    try (ResultsStore store = ResultsStore.open(url);
        ResultsReader reader = ResultsReader.open(url)) {
      store.apply(ExampleStudy.rows(20));
      List<SimulationStatus> simulations = reader.simulations(ExampleStudy.NAME);
      Study study =
          new Study(
              ExampleStudy.NAME,
              simulations,
              reader.rows(TrainingCountRow.class, RowKind.TRAINING_COUNT, ExampleStudy.NAME),
              Map.of(),
              List.of(),
              List.of(new Alarm("stalled", "T0.5", 61, "")),
              Set.of());
      metrics = new String(Metrics.text(List.of(study), List.of()), StandardCharsets.UTF_8);
    }
    JsonNode dashboard =
        new ObjectMapper()
            .readTree(
                Path.of(System.getProperty("vitrine.root"))
                    .resolve("runners/flink/deploy/grafana-dashboard.json")
                    .toFile());

    int asked = 0;
    for (JsonNode panel : dashboard.path("panels")) {
      Matcher names = METRIC.matcher(panel.path("targets").get(0).path("expr").asText());
      while (names.find()) {
        assertThat(metrics).contains("\n" + names.group() + "{");
        asked++;
      }
    }
    assertThat(asked).isEqualTo(8);
  }
}
