package io.vitrine.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitrine.results.ResultsStore;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
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
    assertThat(cold.path("meanScore").asDouble()).isCloseTo(-0.466, within(1e-12));
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
  void series_afterAnInstant_givesOnlyWhatCameLater() throws IOException {
    JsonNode all = json("/api/series?simulation=T0.5&model=fluidity");
    JsonNode late = json("/api/series?simulation=T0.5&model=fluidity&after=30");

    assertThat(all.path("time")).hasSize(30);
    assertThat(all.path("more").asBoolean()).isFalse();
    assertThat(late.path("time").toString()).isEqualTo("[31.0,32.0,33.0,34.0]");
    assertThat(late.path("hopFraction").get(0).asDouble()).isEqualTo((50 + 31 % 7) / 800.0);
  }

  @Test
  void state_newWindows_changeTagAndNumbers() throws IOException {
    Wire.Reply before = Wire.get(address, "/api/state");
    assertThat(Wire.get(address, "/api/state", "If-None-Match: " + before.header("ETag")).status())
        .isEqualTo(304);
    store.apply(ExampleStudy.rows(41));
    now.addAndGet(1000);

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
    assertThat(range.path("below").asDouble()).isEqualTo(0.85);
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
  }

  @Test
  void histograms_ofOneSimulation_haveEdges() throws IOException {
    JsonNode first = json("/api/histograms").path("histograms").get(0);

    assertThat(first.path("kind").asText()).isEqualTo("p_hop");
    assertThat(first.path("low").get(0).asDouble()).isCloseTo(1e-3, within(1e-15));
    assertThat(first.path("count").get(0).asInt()).isEqualTo(70);
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
        .contains("vitrine_alarm{kind=\"target\",simulation=\"T0.5\",study=\"example\"} 1.0")
        .contains("vitrine_model_info{model=\"fluidity\",study=\"example\",version=\"v1\"} 1");
  }

  @Test
  void ask_unknownStudyOrBadNumber_isRefused() throws IOException {
    assertThat(Wire.get(address, "/api/state?study=other").status()).isEqualTo(404);
    assertThat(Wire.get(address, "/api/series?after=soon").status()).isEqualTo(400);
    assertThat(Wire.get(address, "/api/series?after").status()).isEqualTo(400);
    assertThat(Wire.get(address, "/api/series?after=%zz").status()).isIn(400, 404);
    for (String quote : List.of("'", "%22", "%27%3BDROP%20TABLE%20windows%3B--")) {
      assertThat(json("/api/series?simulation=" + quote).path("time")).isEmpty();
    }
    assertThat(json("/api/series?simulation=T0.5&model=fluidity").path("time")).hasSize(30);
  }

  private JsonNode json(String path) throws IOException {
    Wire.Reply reply = Wire.get(address, path, "Accept-Encoding: gzip");
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return MAPPER.readTree(reply.body());
  }
}
