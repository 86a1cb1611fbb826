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

  private final ClusterRest cluster;
  private final String id;
  private final Checkpoints checkpoints;
  private final Path savepoints;
  private final boolean resumed;
  private final ClusterTrouble trouble;
  private long nextPoll = System.nanoTime();
  private long heardAt = System.nanoTime();
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
      JsonNode job = cluster.get("/jobs/" + id);
      heardAt = System.nanoTime();
      if (job.isMissingNode()) {
        failure = "the JobManager at " + cluster.address() + " was replaced" + GO_ON;
        return Runtime.State.FAILED;
      }
      return state(job);
    } catch (IOException e) {
      if (System.nanoTime() - heardAt < SILENCE_NANOS) {
        return Runtime.State.RUNNING;
      }
      failure = "the JobManager at " + cluster.address() + " does not answer" + GO_ON;
      return Runtime.State.FAILED;
    }
  }

  private Runtime.State state(JsonNode job) throws IOException {
    switch (job.path("state").asText()) {
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
        JsonNode why = cluster.get("/jobs/" + id + "/exceptions");
        failure = ClusterTrouble.cause(why.path("root-exception").asText("unknown reason"));
        return Runtime.State.FAILED;
      default:
        trouble.hear(job);
        tidied = tidied || checkpoints.keepOnly(id);
        return Runtime.State.RUNNING;
    }
  }

  @Override
  public void pause() throws FailureException {
    try {
      ObjectNode body = JsonNodeFactory.instance.objectNode();
      body.put("targetDirectory", savepoints.toUri().toString());
      body.put("drain", false);
      String request = cluster.post("/jobs/" + id + "/stop", body).path("request-id").asText();
      if (!request.isEmpty() && finished(request)) {
        return;
      }
      // The last regular checkpoint serves as well: what follows it is done again, identically.
      cluster.cancel(id);
    } catch (IOException e) {
      throw new FailureException(
          "job " + id + " on " + cluster.address() + " cannot be stopped: " + ClusterRest.reason(e),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FailureException("interrupted while pausing", e);
    }
  }

  private boolean finished(String request) throws IOException, InterruptedException {
    long end = System.nanoTime() + PAUSE_NANOS;
    while (System.nanoTime() < end) {
      JsonNode answer = cluster.get("/jobs/" + id + "/savepoints/" + request);
      if (answer.path("status").path("id").asText().equals("COMPLETED")) {
        return answer.path("operation").has("location");
      }
      Thread.sleep(200);
    }
    return false;
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
