package io.vitrine.runner.flink;

import io.vitrine.format.FileTrouble;
import io.vitrine.pipelines.run.FailureException;
import io.vitrine.pipelines.run.HeapBound;
import io.vitrine.pipelines.run.Runtime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;

/** The job of a Flink in this process. */
final class FlinkJob implements Runtime.Job {
  private static final long PAUSE_SECONDS = 60;
  private static final long CANCEL_SECONDS = 20;
  private static final long TIDY_NANOS = 5_000_000_000L;

  private final EmbeddedCluster cluster;
  private final JobClient client;
  private final Checkpoints checkpoints;
  private final Path savepoints;
  private final boolean resumed;
  private final CompletableFuture<JobExecutionResult> result;
  private boolean tidied;
  private long nextTidy = System.nanoTime() + TIDY_NANOS;
  private String failure;
  private Runtime.Trouble trouble;

  FlinkJob(EmbeddedCluster cluster, Checkpoints checkpoints, Path savepoints, boolean resumed) {
    this.cluster = cluster;
    this.client = cluster.client();
    this.checkpoints = checkpoints;
    this.savepoints = savepoints;
    this.resumed = resumed;
    this.result = client.getJobExecutionResult();
  }

  @Override
  public boolean resumed() {
    return resumed;
  }

  @Override
  public Runtime.State await(Duration atMost) throws InterruptedException {
    try {
      result.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
      checkpoints.deleteAll();
      return Runtime.State.DONE;
    } catch (TimeoutException e) {
      tidy();
      look();
      return failure == null ? Runtime.State.RUNNING : Runtime.State.FAILED;
    } catch (IOException e) {
      log().warn("old checkpoints stay: {}", e.toString());
      return Runtime.State.DONE;
    } catch (ExecutionException e) {
      failure = root(e);
      return Runtime.State.FAILED;
    }
  }

  /**
   * A job that breaks starts again, for ever: that must not look like one without frames. Without
   * memory it would break again.
   */
  private void look() throws InterruptedException {
    JobStatus status;
    try {
      status = client.getJobStatus().get(1, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException | IllegalStateException e) {
      return; // it ends, or is too busy to say
    }
    if (status == JobStatus.RUNNING || status.isTerminalState()) {
      trouble = null;
    } else if (trouble == null && (status == JobStatus.RESTARTING || status == JobStatus.FAILING)) {
      Throwable failed = cluster.lastFailure();
      failure = HeapBound.exhausted(failed).orElse(null);
      String why = failed == null ? "unknown reason" : root(failed);
      trouble = new Runtime.Trouble("restarts (" + why + ")", Instant.now());
    }
  }

  /** Checkpoints of earlier processes are of no use once this job has its own. */
  private void tidy() {
    if (tidied || System.nanoTime() < nextTidy) {
      return;
    }
    nextTidy = System.nanoTime() + TIDY_NANOS;
    try {
      tidied = checkpoints.keepOnly(client.getJobID().toString());
    } catch (IOException e) {
      log().warn("old checkpoints stay: {}", e.toString());
      tidied = true;
    }
  }

  @Override
  public void pause() throws FailureException {
    try {
      client
          .stopWithSavepoint(false, savepoints.toUri().toString(), SavepointFormatType.CANONICAL)
          .get(PAUSE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // The last regular checkpoint serves as well: what follows it is done again, identically.
      cancel();
    } catch (IllegalStateException e) {
      log().info("ended before it could be paused: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FailureException("interrupted while pausing", e);
    }
  }

  private void cancel() throws FailureException {
    try {
      client.cancel().get(CANCEL_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new FailureException("the job cannot be stopped: " + root(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FailureException("interrupted while pausing", e);
    }
  }

  private static org.slf4j.Logger log() {
    return org.slf4j.LoggerFactory.getLogger(FlinkJob.class);
  }

  @Override
  public String failure() {
    return failure;
  }

  @Override
  public Optional<Runtime.Trouble> trouble() {
    return Optional.ofNullable(trouble);
  }

  @Override
  public void close() {
    cluster.close();
  }

  private static String root(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return HeapBound.exhausted(e).or(() -> FileTrouble.among(e)).orElse(message);
  }
}
