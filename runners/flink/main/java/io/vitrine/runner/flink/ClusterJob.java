package io.vitrine.runner.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitrine.pipelines.FailureException;
import io.vitrine.pipelines.Runtime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A job on a cluster, watched from outside: the cluster goes on without us, so any process that
 * knows its number can take this place.
 */
final class ClusterJob implements Runtime.Job {
  private static final String GO_ON =
      "; once the cluster runs, the same command goes on from the last checkpoint";
  private static final long POLL_NANOS = 1_000_000_000L;
  private static final long SILENCE_NANOS = 60_000_000_000L;
  private static final long PAUSE_NANOS = 120_000_000_000L;

  private final ClusterRest cluster;
  private final String id;
  private final Checkpoints checkpoints;
  private final Path savepoints;
  private final boolean resumed;
  private final Optional<Path> from;
  private long nextPoll = System.nanoTime();
  private long heardAt = System.nanoTime();
  private boolean tidied;
  private String failure;

  ClusterJob(
      ClusterRest cluster, String id, Path savepoints, Optional<Path> from, boolean attached) {
    this.cluster = cluster;
    this.id = id;
    this.savepoints = savepoints;
    this.checkpoints = new Checkpoints(savepoints);
    this.from = from;
    this.resumed = attached || from.isPresent();
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
      return state(job.path("state").asText());
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
        if (wasStopped()) {
          return Runtime.State.PAUSED;
        }
        checkpoints.deleteAll();
        return Runtime.State.DONE;
      case "CANCELED":
        return Runtime.State.PAUSED;
      case "FAILED":
        JsonNode why = cluster.get("/jobs/" + id + "/exceptions");
        failure = lastCause(why.path("root-exception").asText("unknown reason"));
        return Runtime.State.FAILED;
      default:
        tidied = tidied || checkpoints.keepOnly(id);
        return Runtime.State.RUNNING;
    }
  }

  /** Stopped with a savepoint, a job ends as one that has run out of frames does. */
  private boolean wasStopped() throws IOException {
    return checkpoints.stopped() && !checkpoints.newest().equals(from);
  }

  private static String lastCause(String trace) {
    String cause = trace.lines().findFirst().orElse(trace);
    for (String line : trace.lines().toList()) {
      if (line.startsWith("Caused by: ")) {
        cause = line.substring("Caused by: ".length());
      }
    }
    return cause;
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
}
