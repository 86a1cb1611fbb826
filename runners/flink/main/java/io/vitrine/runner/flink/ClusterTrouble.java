package io.vitrine.runner.flink;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitrine.pipelines.run.Runtime;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/**
 * What a cluster says of a job that continues but not as it was asked to: it restarts, waits for
 * slots, or runs on fewer than it was given at first.
 *
 * <p>A start that was asked for is no trouble: waiting is told when it lasts, starting only after
 * the job has run. Between two troubles the first one is kept.
 */
final class ClusterTrouble {
  /** A start passes through the state of a job that waits. */
  private static final long LONG_MILLIS = 10_000;

  private final ClusterRest cluster;
  private final String id;
  private final int asked;
  private boolean ran;
  private Runtime.Trouble now;

  /** {@code asked} is the parallelism the job was submitted with. */
  ClusterTrouble(ClusterRest cluster, String id, int asked) {
    this.cluster = cluster;
    this.id = id;
    this.asked = asked;
  }

  Optional<Runtime.Trouble> now() {
    return Optional.ofNullable(now);
  }

  /** Takes in what is at {@code /jobs/ID}. */
  void hear(JsonNode job) throws IOException {
    String what = what(job);
    if (what == null) {
      now = null;
    } else if (now == null || !now.what().equals(what)) {
      long began = job.path("timestamps").path(job.path("state").asText()).asLong();
      now = new Runtime.Trouble(what, began > 0 ? Instant.ofEpochMilli(began) : Instant.now());
    }
  }

  private String what(JsonNode job) throws IOException {
    String state = job.path("state").asText();
    if (state.equals("RESTARTING") || state.equals("FAILING")) {
      JsonNode why = cluster.get("/jobs/" + id + "/exceptions").path("root-exception");
      // A scheduler that takes up other slots restarts the job without any failure.
      return why.asText("").isEmpty()
          ? "restarts on other slots"
          : "restarts (" + cause(why.asText()) + ")";
    }
    JsonNode tasks = job.path("status-counts");
    if (state.equals("CREATED") || tasks.path("SCHEDULED").asInt() > 0) {
      long began = job.path("timestamps").path(state).asLong();
      boolean lasts = job.path("now").asLong() - began >= LONG_MILLIS;
      return lasts ? waiting() : unsettled();
    }
    int starting =
        tasks.path("CREATED").asInt()
            + tasks.path("DEPLOYING").asInt()
            + tasks.path("INITIALIZING").asInt();
    if (!state.equals("RUNNING") || starting > 0) {
      return unsettled();
    }
    ran = true;
    int running = 0;
    for (JsonNode vertex : job.path("vertices")) {
      running = Math.max(running, vertex.path("parallelism").asInt());
    }
    return running < asked ? "runs on " + running + " of " + asked + " slots" : null;
  }

  private String unsettled() {
    if (now != null) {
      return now.what();
    }
    return ran ? "starts its tasks again" : null;
  }

  private String waiting() throws IOException {
    JsonNode overview = cluster.get("/overview");
    int free = overview.path("slots-available").asInt();
    if (held() + free >= Math.max(1, asked)) {
      return unsettled(); // it has all of them: the machines are slow
    }
    return "waits for slots ("
        + asked
        + " asked for, "
        + overview.path("slots-total").asInt()
        + " in the cluster, "
        + free
        + " free)";
  }

  /** Slots that the job has been given. */
  private int held() throws IOException {
    int held = 0;
    for (JsonNode worker : cluster.get("/taskmanagers").path("taskmanagers")) {
      JsonNode details = cluster.get("/taskmanagers/" + worker.path("id").asText());
      for (JsonNode slot : details.path("allocatedSlots")) {
        held += slot.path("jobId").asText().equals(id) ? 1 : 0;
      }
    }
    return held;
  }

  /** The last cause of a stack trace, without the names of its classes. */
  static String cause(String trace) {
    String cause = trace.lines().findFirst().orElse(trace);
    for (String line : trace.lines().toList()) {
      if (line.startsWith("Caused by: ")) {
        cause = line.substring("Caused by: ".length());
      }
    }
    return cause.replaceFirst("^([\\w$]+\\.)+[\\w$]+: ", "");
  }
}
