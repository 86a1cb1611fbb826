package io.vitrine.runner.flink;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.vitrine.pipelines.run.Runtime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is told of the states of a job, one after another, as Flink 1.19 gives them. */
final class ClusterTroubleTest {
  private static final String RUNS_ON =
      """
      {"state": "RUNNING", "now": 90000, "timestamps": {"RUNNING": 70000},
       "status-counts": {"RUNNING": 9, "FINISHED": 1}, "vertices": [{"parallelism": 1}, {"parallelism": %d}]}
      """;
  private static final String RESTARTING =
      """
      {"state": "RESTARTING", "now": 61000, "timestamps": {"RESTARTING": 60000}, "status-counts": {"CANCELED": 10}}
      """;
  private static final String NO_SLOTS =
      """
      {"state": "CREATED", "now": %d, "timestamps": {"CREATED": 62000}, "status-counts": {"CREATED": 10}}
      """;
  private static final String STARTING =
      """
      {"state": "RUNNING", "now": 71000, "timestamps": {"RUNNING": 70000}, "status-counts": {"INITIALIZING": 10}}
      """;
  private static final String DEFAULT_SCHEDULER_WAITS =
      """
      {"state": "RUNNING", "now": 90000, "timestamps": {"RUNNING": 70000}, "status-counts": {"SCHEDULED": 10}}
      """;

  private HttpServer server;
  private ClusterTrouble trouble;
  private String rootException = "";
  private String history = "";
  private String allocated = "{\"jobId\": \"job\"}, {\"jobId\": \"another\"}";

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String body =
              switch (exchange.getRequestURI().getPath()) {
                case "/overview" -> "{\"slots-total\": 4, \"slots-available\": 0}";
                case "/taskmanagers" -> "{\"taskmanagers\": [{\"id\": \"one\"}]}";
                case "/taskmanagers/one" -> "{\"allocatedSlots\": [" + allocated + "]}";
                default ->
                    "{\"root-exception\": \""
                        + rootException
                        + "\", \"exceptionHistory\": {\"entries\": ["
                        + history
                        + "]}}";
              };
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    String address = "127.0.0.1:" + server.getAddress().getPort();
    trouble = new ClusterTrouble(new ClusterRest(address), "job", 4);
  }

  @AfterEach
  void end() {
    server.stop(0);
  }

  @Test
  void hear_startThatWasAskedFor_isNoTrouble() throws IOException {
    for (String job : new String[] {NO_SLOTS.formatted(63_000), STARTING, RUNS_ON.formatted(4)}) {
      assertThat(heard(job)).isEmpty();
    }
  }

  @Test
  void hear_longStartWithAllItsSlots_isNoTrouble() throws IOException {
    allocated = "{\"jobId\": \"job\"}" + ", {\"jobId\": \"job\"}".repeat(3);
    assertThat(heard(NO_SLOTS.formatted(75_000))).isEmpty();
  }

  @Test
  void hear_taskManagerLost_tellsRestartThenWaitingThenFewerSlotsThenNothing() throws IOException {
    assertThat(heard(RUNS_ON.formatted(4))).isEmpty();
    rootException =
        "java.lang.Exception: lost\\nCaused by: org.x.Y$Z: TaskManager tm-2 is gone\\n\\tat";
    assertThat(heard(RESTARTING)).isEqualTo("restarts (TaskManager tm-2 is gone)");
    assertThat(trouble.now().map(Runtime.Trouble::since)).contains(Instant.ofEpochMilli(60_000));
    String restarts = "restarts (TaskManager tm-2 is gone)";
    assertThat(heard(NO_SLOTS.formatted(63_000))).isEqualTo(restarts);
    assertThat(heard(NO_SLOTS.formatted(75_000)))
        .isEqualTo("waits for slots (4 asked for, 4 in the cluster, 0 free)");
    assertThat(trouble.now().map(Runtime.Trouble::since)).contains(Instant.ofEpochMilli(62_000));
    assertThat(heard(STARTING)).startsWith("waits for slots");
    assertThat(heard(RUNS_ON.formatted(2))).isEqualTo("runs on 2 of 4 slots");
    rootException = "";
    assertThat(heard(RESTARTING)).isEqualTo("restarts on other slots");
    assertThat(heard(RUNS_ON.formatted(4))).isEmpty();
    assertThat(heard(STARTING)).isEqualTo("starts its tasks again");
  }

  /** The adaptive scheduler forgets the root exception as soon as it makes the job anew. */
  @Test
  void hear_failureOnlyHistoryKnows_isTold() throws IOException {
    assertThat(heard(RUNS_ON.formatted(4))).isEmpty();
    history = entry(59_000, "disk full");
    assertThat(heard(RESTARTING)).isEqualTo("restarts (disk full)");
    assertThat(heard(STARTING)).isEqualTo("restarts (disk full)");
    assertThat(heard(RUNS_ON.formatted(4))).isEmpty();
    // Restarts for another reason, long after.
    assertThat(heard(RESTARTING.replace("60000", "70000"))).isEqualTo("restarts on other slots");
    // The failure is said some seconds later, when the job is starting already.
    history = entry(69_500, "disk full again") + ", " + history;
    assertThat(heard(STARTING)).isEqualTo("restarts (disk full again)");
    assertThat(heard(RUNS_ON.formatted(4))).isEmpty();
    history = entry(69_900, "gone") + ", " + history;
    assertThat(heard(STARTING)).isEqualTo("restarts (gone)");
  }

  @Test
  void hear_outOfMemory_tellsWhatHelps() throws IOException {
    assertThat(heard(RUNS_ON.formatted(4))).isEmpty();
    history =
        "{\"timestamp\": 59000, \"taskName\": \"MeasureHops/Gather -> X (1/2)\", \"stacktrace\": \"org.x.UserCodeException:"
            + " java.lang.OutOfMemoryError: Java heap space\\n\\tat x\\nCaused by:"
            + " java.lang.OutOfMemoryError: Java heap space\\n\\tat y\"}";
    assertThat(heard(RESTARTING))
        .startsWith("restarts (MeasureHops: a TaskManager is out of memory: Java heap space; give")
        .contains("--memory", "taskmanager.memory.task.heap.size");
  }

  private static String entry(long millis, String message) {
    return "{\"timestamp\": "
        + millis
        + ", \"stacktrace\": \"java.io.IOException: "
        + message
        + "\\n\\tat x\"}";
  }

  @Test
  void hear_defaultSchedulerWithoutSlots_tellsThatItWaits() throws IOException {
    assertThat(heard(DEFAULT_SCHEDULER_WAITS))
        .isEqualTo("waits for slots (4 asked for, 4 in the cluster, 0 free)");
  }

  private String heard(String job) throws IOException {
    trouble.hear(new ObjectMapper().readTree(job));
    return trouble.now().map(Runtime.Trouble::what).orElse("");
  }
}
