package io.vitrine.runner.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitrine.pipelines.run.FailureException;
import io.vitrine.pipelines.run.Runtime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A job on a cluster, watched from outside: the cluster continues without us, so any process that
 * knows its number can take this place.
 */
final class ClusterJob implements Runtime.Job {
  private static final String GO_ON =
      "; once the cluster runs, the same command continues from the last checkpoint";
  private static final long POLL_NANOS = 1_000_000_000L;
  private static final long SILENCE_NANOS = 60_000_000_000L;
  private static final long PAUSE_NANOS = 120_000_000_000L;
  private static final long REASON_NANOS = 10_000_000_000L;
  private static final long POLL_SAVEPOINT_MILLIS = 200;

  private final ClusterRest cluster;
  private final String id;
  private final Checkpoints checkpoints;
  private final Path savepoints;
  private final boolean resumed;
  private final ClusterTrouble trouble;
  private long nextPoll = System.nanoTime();
  private long heardAt = System.nanoTime();
  private Long failedAt;
  private boolean tidied;
  private String failure;

  ClusterJob(ClusterRest cluster, Submitted job, Path savepoints, boolean resumed) {
    this.cluster = cluster;
    this.id = job.id();
    this.savepoints = savepoints;
    this.checkpoints = new Checkpoints(savepoints);
    this.trouble = new ClusterTrouble(cluster, id, job.parallelism());
    this.resumed = resumed;
  }

  @Override
  public boolean resumed() {
    return resumed;
  }

  @Override
  public Runtime.State await(Duration atMost) throws InterruptedException {
    Thread.sleep(atMost.toMillis());
    if (System.nanoTime() < nextPoll) {
      return Runtime.State.RUNNING;
    }
    nextPoll = System.nanoTime() + POLL_NANOS;
    try {
      String state = cluster.state(id);
      heardAt = System.nanoTime();
      if (state.isEmpty()) {
        failure = "the JobManager at " + cluster.address() + " was replaced" + GO_ON;
        return Runtime.State.FAILED;
      }
      return state(state);
    } catch (IOException e) {
      if (System.nanoTime() - heardAt < SILENCE_NANOS) {
        return Runtime.State.RUNNING;
      }
      failure = "the JobManager at " + cluster.address() + " does not answer" + GO_ON;
      return Runtime.State.FAILED;
    }
  }

  private Runtime.State state(String state) throws IOException {
    switch (state) {
      case "FINISHED":
        // So ends a job that ran out of frames, and one that was stopped with a savepoint.
        if (checkpoints.stopped(id)) {
          return Runtime.State.PAUSED;
        }
        checkpoints.deleteAll();
        return Runtime.State.DONE;
      case "CANCELED":
        return Runtime.State.PAUSED;
      case "FAILED":
        return failed();
      default:
        JsonNode job = cluster.get("/jobs/" + id);
        if (!job.isMissingNode()) {
          trouble.hear(job);
        }
        tidied = tidied || checkpoints.keepOnly(id);
        return Runtime.State.RUNNING;
    }
  }

  /** The reason is among what the cluster says some seconds late: without one it is asked again. */
  private Runtime.State failed() throws IOException {
    JsonNode why = cluster.get("/jobs/" + id + "/exceptions").path("root-exception");
    failedAt = failedAt == null ? heardAt : failedAt;
    if (!why.isTextual() && heardAt - failedAt < REASON_NANOS) {
      return Runtime.State.RUNNING;
    }
    failure = ClusterTrouble.cause(why.isTextual() ? why.asText() : "unknown reason");
    return Runtime.State.FAILED;
  }

  @Override
  public void pause() throws FailureException {
    try {
      if (!stoppedWithSavepoint() && !ClusterRest.isEnd(cluster.state(id))) {
        // The last regular checkpoint serves as well: what follows it is done again, identically.
        cluster.cancel(id);
      }
      awaitEnd();
    } catch (IOException e) {
      throw new FailureException(
          "job " + id + " on " + cluster.address() + " cannot be stopped: " + ClusterRest.reason(e),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FailureException("interrupted while pausing", e);
    }
  }

  private boolean stoppedWithSavepoint() throws IOException, InterruptedException {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("targetDirectory", savepoints.toUri().toString());
    body.put("drain", false);
    String request = cluster.post("/jobs/" + id + "/stop", body).path("request-id").asText();
    long end = System.nanoTime() + PAUSE_NANOS;
    while (!request.isEmpty() && System.nanoTime() < end) {
      JsonNode answer = cluster.get("/jobs/" + id + "/savepoints/" + request);
      if (answer.path("status").path("id").asText().equals("COMPLETED")) {
        return answer.path("operation").has("location");
      }
      Thread.sleep(POLL_SAVEPOINT_MILLIS);
    }
    return false;
  }

  /** The savepoint is there before the job has ended: who starts it again must not meet it. */
  private void awaitEnd() throws IOException, InterruptedException, FailureException {
    long end = System.nanoTime() + PAUSE_NANOS;
    String state = cluster.state(id);
    while (!state.isEmpty() && !ClusterRest.isEnd(state)) {
      if (System.nanoTime() > end) {
        throw new FailureException(
            "job " + id + " on " + cluster.address() + " does not end: it is " + state);
      }
      Thread.sleep(POLL_SAVEPOINT_MILLIS);
      state = cluster.state(id);
    }
  }

  @Override
  public String failure() {
    return failure;
  }

  @Override
  public Optional<Runtime.Trouble> trouble() {
    return trouble.now();
  }

  /** The cluster continues without us. */
  @Override
  public void close() {}
}
