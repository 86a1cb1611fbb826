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

  /** A failure is noted some time before the state that it leads to. */
  private static final long CLOCK_MILLIS = 5_000;

  private static final String OTHER_SLOTS = "restarts on other slots";
  private static final String AGAIN = "starts its tasks again";

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
      // A scheduler that takes up other slots restarts the job without any failure.
      return failure(job.path("timestamps").path(state).asLong())
          .map(why -> "restarts (" + why + ")")
          .orElse(OTHER_SLOTS);
    }
    JsonNode tasks = job.path("status-counts");
    if (state.equals("CREATED") || tasks.path("SCHEDULED").asInt() > 0) {
      long began = job.path("timestamps").path(state).asLong();
      boolean lasts = job.path("now").asLong() - began >= LONG_MILLIS;
      return lasts ? waiting(job) : unsettled(job);
    }
    int starting =
        tasks.path("CREATED").asInt()
            + tasks.path("DEPLOYING").asInt()
            + tasks.path("INITIALIZING").asInt();
    if (!state.equals("RUNNING") || starting > 0) {
      return unsettled(job);
    }
    ran = true;
    int running = 0;
    for (JsonNode vertex : job.path("vertices")) {
      running = Math.max(running, vertex.path("parallelism").asInt());
    }
    return running < asked ? "runs on " + running + " of " + asked + " slots" : null;
  }

  private String unsettled(JsonNode job) throws IOException {
    boolean bare = now != null && (now.what().equals(OTHER_SLOTS) || now.what().equals(AGAIN));
    if (now != null && !bare) {
      return now.what();
    }
    if (now == null && !ran) {
      return null;
    }
    // What the cluster says of failures can be some seconds old.
    return failure(bare ? now.since().toEpochMilli() : job.path("now").asLong() - LONG_MILLIS)
        .map(why -> "restarts (" + why + ")")
        .orElse(bare ? now.what() : AGAIN);
  }

  /**
   * Why the job failed at this time or later, if it did. The adaptive scheduler makes a job anew to
   * restart it: then only the history knows.
   */
  private Optional<String> failure(long since) throws IOException {
    JsonNode exceptions = cluster.get("/jobs/" + id + "/exceptions");
    if (!exceptions.path("root-exception").asText("").isEmpty()) {
      return Optional.of(cause(exceptions.path("root-exception").asText()));
    }
    JsonNode last = exceptions.path("exceptionHistory").path("entries").path(0);
    boolean known = last.path("timestamp").asLong() >= since - CLOCK_MILLIS;
    String trace = last.path("stacktrace").asText("");
    String step = last.path("taskName").asText("").replaceFirst("[ /].*", "");
    return known && !trace.isEmpty()
        ? Optional.of((step.isEmpty() ? "" : step + ": ") + cause(trace))
        : Optional.empty();
  }

  private String waiting(JsonNode job) throws IOException {
    JsonNode overview = cluster.get("/overview");
    int free = overview.path("slots-available").asInt();
    if (held() + free >= Math.max(1, asked)) {
      return unsettled(job); // it has all of them: the machines are slow
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

  /** The last cause of a stack trace, without the names of its classes, and what helps. */
  static String cause(String trace) {
    String cause = trace.lines().findFirst().orElse(trace);
    for (String line : trace.lines().toList()) {
      if (line.startsWith("Caused by: ")) {
        cause = line.substring("Caused by: ".length());
      }
    }
    String said = cause.replaceFirst("^([\\w$]+\\.)+[\\w$]+: ", "");
    return cause.startsWith(OutOfMemoryError.class.getName())
        ? "a TaskManager is out of memory: "
            + said
            + "; give each more (bin/cluster --memory, taskmanager.memory.task.heap.size)"
        : said;
  }
}
