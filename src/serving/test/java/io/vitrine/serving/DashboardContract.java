package io.vitrine.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitrine.results.ResultsStore;
import io.vitrine.results.rows.HopEventRow;
import io.vitrine.results.rows.PredictionRow;
import io.vitrine.results.rows.ResultRow;
import io.vitrine.results.rows.StaticsRow;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What page and metrics say, over any database. */
abstract class DashboardContract {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final AtomicLong now = new AtomicLong();
  private ResultsStore store;
  private Dashboard dashboard;
  private URI address;

  /** URL of an empty store of this test. */
  abstract String url() throws IOException;

  @BeforeEach
  void serve() throws IOException {
    String url = url();
    store = ResultsStore.open(url);
    store.apply(ExampleStudy.rows(40));
    now.set(System.currentTimeMillis());
    dashboard = Dashboard.start(ServingOptions.local(url), () -> Instant.ofEpochMilli(now.get()));
    address = dashboard.address();
  }

  @AfterEach
  void stop() throws IOException {
    dashboard.close();
    store.close();
  }

  @Test
  void state_runningStudy_saysWhatTheStoreHolds() throws IOException {
    JsonNode state = json("/api/state");

    assertThat(state.path("study").asText()).isEqualTo(ExampleStudy.NAME);
    assertThat(state.path("progress").asDouble()).isCloseTo(40 / 201.0, within(1e-12));
    JsonNode cold = state.path("simulations").get(0);
    assertThat(cold.path("id").asText()).isEqualTo("T0.5");
    assertThat(cold.path("stage").asText()).isEqualTo("running");
    assertThat(cold.path("time").asDouble()).isEqualTo(39.0);
    assertThat(cold.path("windows").asInt()).isEqualTo(30);
    assertThat(cold.path("windowsExpected").asInt()).isEqualTo(30);
    assertThat(cold.path("lag").asDouble()).isZero();
    assertThat(cold.path("deadLetters").asInt()).isEqualTo(1);
    assertThat(cold.path("energy").asDouble()).isEqualTo(-7.039);
    assertThat(cold.path("hopFraction").asDouble()).isEqualTo((50 + 34 % 7) / 800.0);
    assertThat(cold.path("window").asDouble()).isEqualTo(10);
    assertThat(cold.path("equilibrium").isNull()).isTrue();
  }

  @Test
  void state_silentSimulation_isStalledAndRaisesAnAlarm() throws IOException {
    assertThat(json("/api/state").path("alarms").toString()).doesNotContain("stalled");
    now.addAndGet(61_000);

    JsonNode state = json("/api/state");

    assertThat(state.path("simulations").get(0).path("stage").asText()).isEqualTo("stalled");
    assertThat(state.path("alarms").toString()).contains("stalled");
  }

  @Test
  void series_askedAgain_givesOnlyWhatHasChanged() throws IOException {
    JsonNode all = json("/api/series?model=fluidity");

    assertThat(all.path("width").asDouble()).isEqualTo(1);
    assertThat(all.path("more").asBoolean()).isFalse();
    JsonNode cold = all.path("simulations").get(0);
    assertThat(cold.path("windows").path("keep").asInt()).isZero();
    assertThat(cold.path("windows").path("time")).hasSize(30);
    assertThat(cold.path("windows").has("hopLow")).isFalse();
    assertThat(cold.path("frames").path("time")).hasSize(40);
    assertThat(cold.path("frames").path("energy").get(39).asDouble()).isEqualTo(-7.039);
    assertThat(cold.path("scores").path("sigma").get(0).asDouble()).isEqualTo(1);

    store.apply(ExampleStudy.simulation(0.5, 42));
    store.apply(List.of(ExampleStudy.window(0.5, 33, 0)));
    now.addAndGet(20_000);
    String since = "&since=" + all.path("since").asText();
    JsonNode late = json("/api/series?model=fluidity" + since).path("simulations");
    JsonNode windows = late.get(0).path("windows");
    assertThat(windows.path("keep").asInt()).isEqualTo(28); // 5 to 32
    assertThat(windows.path("time").toString()).isEqualTo("[33.0,34.0,35.0,36.0]");
    assertThat(windows.path("hop").get(0).asDouble()).isZero();
    assertThat(windows.path("hop").get(3).asDouble()).isEqualTo((50 + 36 % 7) / 800.0);
    assertThat(late.get(0).path("frames").path("keep").asInt()).isEqualTo(40);
    assertThat(late.get(1).path("windows").path("keep").asInt()).isEqualTo(30);
    assertThat(late.get(1).path("windows").path("time")).isEmpty();
    for (String other : List.of("1234.1", since.substring(7) + "x", "")) {
      assertThat(json("/api/series?model=fluidity&since=" + other).toString())
          .contains("\"keep\":0,\"time\":[5.0,");
    }
  }

  @Test
  void series_averaged_keepsMinimaAndMaxima() throws IOException {
    store.apply(List.of(ExampleStudy.window(0.5, 5, 700), ExampleStudy.window(0.5, 17, 0)));

    JsonNode series = json("/api/series?average=8");

    assertThat(series.path("width").asDouble()).isEqualTo(8);
    JsonNode windows = series.path("simulations").get(0).path("windows");
    assertThat(windows.path("time").toString()).isEqualTo("[6.0,11.5,19.5,27.5,33.0]");
    double[] first = {700 / 800.0, 56 / 800.0, 50 / 800.0};
    assertThat(windows.path("hop").get(0).asDouble())
        .isCloseTo((first[0] + first[1] + first[2]) / 3, within(1e-6));
    assertThat(windows.path("hopLow").get(0).asDouble()).isEqualTo(first[2]);
    assertThat(windows.path("hopHigh").get(0).asDouble()).isEqualTo(first[0]);
    assertThat(windows.path("hopLow").get(2).asDouble()).isZero();
    assertThat(windows.path("hopHigh").get(2).asDouble()).isEqualTo(56 / 800.0);
  }

  @Test
  void series_ofOneRange_givesItsBins() throws IOException {
    JsonNode frames = json("/api/series?from=12&to=15").path("simulations").get(2).path("frames");

    assertThat(frames.path("time").toString()).isEqualTo("[12.0,13.0,14.0,15.0]");
  }

  @Test
  void state_newWindows_changeTagAndNumbers() throws IOException {
    Wire.Reply before = Wire.get(address, "/api/state");
    assertThat(Wire.get(address, "/api/state", "If-None-Match: " + before.header("ETag")).status())
        .isEqualTo(304);
    store.apply(ExampleStudy.rows(41));
    now.addAndGet(20_000);

    Wire.Reply after = Wire.get(address, "/api/state", "If-None-Match: " + before.header("ETag"));

    assertThat(after.status()).isEqualTo(200);
    assertThat(MAPPER.readTree(after.body()).path("simulations").get(0).path("windows").asInt())
        .isEqualTo(31);
  }

  @Test
  void physics_knownBarriers_areFound() throws IOException {
    JsonNode physics = json("/api/physics");

    assertThat(physics.path("model").asText()).isEqualTo("fluidity");
    assertThat(physics.path("sigma").asDouble()).isEqualTo(ExampleStudy.SIGMA);
    assertThat(physics.path("errors").asText()).isEqualTo("binomial");
    JsonNode range = physics.path("ranges").get(1);
    assertThat(range.path("below").toString()).isEqualTo("[0.85,null]");
    assertThat(range.path("T0").asDouble()).isCloseTo(ExampleStudy.T0, within(0.02));
    for (JsonNode fit : range.path("fits")) {
      double x = (fit.path("low").asDouble() + fit.path("high").asDouble()) / 2;
      assertThat(fit.path("dE").asDouble())
          .isCloseTo(3 - 0.7 * x, within(4 * fit.path("dE_error").asDouble() + 0.02));
    }
  }

  @Test
  void learning_trainingSetHalfWay_forecastsTheRest() throws IOException {
    JsonNode learning = json("/api/learning");

    JsonNode low = learning.path("training").get(1);
    assertThat(low.path("rule").asText()).isEqualTo("low");
    assertThat(low.path("forecast").asDouble()).isEqualTo(60 * 30 / 20.0);
    JsonNode model = learning.path("models").get(0);
    assertThat(model.path("cosines").get(0).asDouble()).isCloseTo(1, within(1e-12));
    assertThat(model.path("file").path("training_set").path("n").asInt()).isEqualTo(1234);
    assertThat(model.path("file").has("weights")).isFalse();
    assertThat(model.path("versions").path("version").toString()).isEqualTo("[\"v1\"]");
  }

  @Test
  void learning_severalVersions_givesTheNewestAndTheNumbersOfAll() throws IOException {
    store.apply(ExampleStudy.versions(3));

    JsonNode models = json("/api/learning").path("models");

    assertThat(models.findValuesAsText("model")).containsExactly("fluidity", "live", "softness");
    JsonNode live = models.get(1);
    assertThat(live.path("version").asText()).isEqualTo("v3");
    assertThat(live.path("cosines")).hasSize(3);
    JsonNode versions = live.path("versions");
    assertThat(versions.path("version").toString()).isEqualTo("[\"v1\",\"v2\",\"v3\"]");
    assertThat(versions.path("live_version").toString()).isEqualTo("[1.0,2.0,3.0]");
    assertThat(versions.path("n").toString()).isEqualTo("[1185.0,1186.0,1187.0]");
    assertThat(versions.path("cross_validation").get(0).asDouble()).isCloseTo(0.85, within(1e-12));
    assertThat(versions.path("cross_validation_spread").get(0).asDouble())
        .isCloseTo(0.1 / Math.sqrt(2), within(1e-12));
    assertThat(versions.path("cosine").get(2).asDouble()).isCloseTo(1, within(1e-12));
    assertThat(versions.path("cosine").get(0).asDouble()).isBetween(0.99, 0.999999);
  }

  @Test
  void histograms_ofOneSimulation_haveBins() throws IOException {
    JsonNode answer = json("/api/histograms?model=fluidity");

    assertThat(answer.path("origin").asDouble()).isEqualTo(ExampleStudy.BIAS);
    assertThat(answer.path("sigma").asDouble()).isEqualTo(ExampleStudy.SIGMA);
    JsonNode first = answer.path("histograms").get(0);
    assertThat(first.path("kind").asText()).isEqualTo("p_hop");
    assertThat(first.path("log").asBoolean()).isTrue();
    assertThat(first.path("perUnit").asDouble()).isEqualTo(20);
    assertThat(first.path("first").asInt()).isEqualTo(-60);
    assertThat(first.path("counts").get(0).asInt()).isEqualTo(70);
    assertThat(answer.findValuesAsText("kind")).contains("score", "van_hove_1d").hasSize(12);
    assertThat(json("/api/histograms?model=softness").findValuesAsText("kind"))
        .doesNotContain("score");
  }

  @Test
  void marks_deadLetterVerdictAndAlarm_areInOrderOfTime() throws IOException {
    store.apply(ExampleRelaxation.rows());
    now.addAndGet(61_000);

    JsonNode marks = json("/api/marks").path("marks");

    assertThat(marks.get(0).toString())
        .isEqualTo(
            "{\"time\":3.0,\"kind\":\"dead letter\",\"simulation\":\"T0.5\",\"text\":\"run.gsd"
                + " frame 3: NaN <b>in</b> x\"}");
    assertThat(marks.get(1).path("kind").asText()).isEqualTo("alarm");
    assertThat(marks.get(1).path("time").asDouble()).isEqualTo(39);
    assertThat(marks.get(1).path("text").asText()).startsWith("stalled: no frame for");
    assertThat(marks.get(5).toString())
        .isEqualTo(
            "{\"time\":4000.0,\"kind\":\"verdict\",\"simulation\":\"T0.5\","
                + "\"text\":\"composition wave, equilibrated before\"}");
    assertThat(marks).hasSize(1 + 4 + 3);
  }

  @Test
  void particle_withHopsAndSnapshots_hasItsHistory() throws IOException {
    store.apply(
        List.of(
            ExampleStudy.snapshot(0.5, 10),
            ExampleStudy.snapshot(0.5, 15),
            new HopEventRow(ExampleStudy.NAME, "T0.5", 1512, "A", 7000, 8000, 9000, 0.31),
            new HopEventRow(ExampleStudy.NAME, "T0.5", 1513, "A", 7000, 8000, 9000, 0.31)));

    JsonNode history = json("/api/particle?simulation=T0.5&id=1512");

    assertThat(history.path("hops").toString())
        .isEqualTo("[{\"begin\":7.0,\"time\":8.0,\"end\":9.0,\"pHop\":0.31,\"species\":\"A\"}]");
    assertThat(history.path("time").toString()).isEqualTo("[10.0,15.0]");
    // Number 512 of the lattice is in its third layer: p_hop 0.06, score -0.6.
    assertThat(history.path("pHop").get(0).asDouble()).isCloseTo(0.06, within(1e-7));
    assertThat(history.path("x").get(0).asDouble())
        .isCloseTo((-0.6 + 0.12 - ExampleStudy.BIAS) / ExampleStudy.SIGMA, within(1e-6));
    assertThat(json("/api/particle?simulation=T0.5&id=7").path("time")).isEmpty();
  }

  @Test
  void metrics_runningStudy_isPrometheusText() throws IOException {
    Wire.Reply reply = Wire.get(address, "/metrics");

    assertThat(reply.header("Content-Type")).startsWith("text/plain; version=0.0.4");
    assertThat(reply.body())
        .contains("vitrine_frames_total{simulation=\"T0.5\",study=\"example\"} 40.0")
        .contains("vitrine_windows_total{simulation=\"T0.6\",study=\"example\"} 30.0")
        .contains("vitrine_dead_letters_total{simulation=\"T0.5\",study=\"example\"} 1.0")
        .contains("vitrine_lag_tau{simulation=\"T0.5\",study=\"example\"} 0.0")
        .contains("vitrine_training_samples{rule=\"low\",simulation=\"T0.5\",study=\"example\"}")
        .contains("vitrine_alarm{kind=\"dead_letters\",simulation=\"T0.5\",study=\"example\"} 1.0")
        .contains("vitrine_model_info{model=\"fluidity\",study=\"example\",version=\"v1\"} 1");
  }

  @Test
  void metrics_predictions_areOfTheNewestWindowThatIsPredicted() throws IOException {
    store.apply(
        List.of(
            new PredictionRow("example", "T0.5", "live", 5000, "v1", "log-p_hop", 9, 0.25),
            new PredictionRow("example", "T0.5", "live", 9000, "v2", "log-p_hop", 9, 0.5)));

    assertThat(Wire.get(address, "/metrics").body())
        .contains("vitrine_pearson{model=\"live\",simulation=\"T0.5\",study=\"example\"} 0.5");
  }

  @Test
  void metrics_relaxation_haveTauAlphaAndTheVerdict() throws IOException {
    store.apply(ExampleRelaxation.rows());

    String of = "simulation=\"T0.8\",study=\"example\"";
    assertThat(Wire.get(address, "/metrics").body())
        .contains("vitrine_tau_alpha{" + of + "} " + ExampleRelaxation.tauAlpha(3))
        .contains("vitrine_tau_alpha_error{" + of + "} " + ExampleRelaxation.tauAlpha(3) / 20)
        .contains("vitrine_verdict{" + of + ",verdict=\"equilibrated\"} 1.0")
        .contains("vitrine_verdict{" + of + ",verdict=\"too short\"} 0.0")
        .contains("vitrine_alarm{kind=\"equilibrium\",simulation=\"T0.6\",study=\"example\"} 1.0")
        .doesNotContain("vitrine_alarm{kind=\"equilibrium\",simulation=\"T0.7\"")
        .doesNotContain("vitrine_alarm{kind=\"equilibrium\",simulation=\"T0.8\"");
  }

  @Test
  void relaxation_longRun_givesEachMthFrameAndTheNewest() throws IOException {
    store.apply(ExampleRelaxation.rows());
    List<ResultRow> more = new ArrayList<>();
    for (int t = 4010; t <= 20_000; t += 10) {
      more.add(new StaticsRow(ExampleStudy.NAME, "T0.8", 1000L * t, "S_cc/1", 0.417, t));
    }
    store.apply(more);

    JsonNode simulations = json("/api/relaxation").path("simulations");

    JsonNode time = simulations.get(3).path("statics").path("S_cc/1").path("time");
    assertThat(time).hasSize(401); // of 2001, each fifth
    assertThat(time.get(400).asDouble()).isEqualTo(20_000);
    assertThat(time.get(399).asDouble()).isEqualTo(19_950);
    assertThat(simulations.get(2).path("statics").path("S_cc/1").path("time")).hasSize(401);
    JsonNode state = json("/api/state").path("simulations").get(3);
    assertThat(state.path("equilibrium").path("since").asDouble()).isEqualTo(150);
  }

  @Test
  void ask_unknownStudyOrBadNumber_isRefused() throws IOException {
    assertThat(Wire.get(address, "/api/state?study=other").status()).isEqualTo(404);
    assertThat(Wire.get(address, "/api/series?from=soon").status()).isEqualTo(400);
    assertThat(Wire.get(address, "/api/series?after").status()).isEqualTo(400);
    assertThat(Wire.get(address, "/api/series?after=%zz").status()).isIn(400, 404);
    for (String quote : List.of("'", "%22", "%27%3BDROP%20TABLE%20windows%3B--")) {
      JsonNode series = json("/api/series?model=" + quote).path("simulations").get(0);
      assertThat(series.path("windows").path("time")).hasSize(30);
      assertThat(series.path("scores").path("time")).isEmpty();
    }
    assertThat(json("/api/series").path("simulations").get(0).path("scores").path("time"))
        .hasSize(30);
  }

  private JsonNode json(String path) throws IOException {
    Wire.Reply reply = Wire.get(address, path, "Accept-Encoding: gzip");
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return MAPPER.readTree(reply.body());
  }
}
