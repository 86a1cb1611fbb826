package io.vitrine.runner.flink;

import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.JobListener;

/**
 * Keeps the client of the job this process submits: Beam's own handle can cancel but takes no
 * savepoint.
 *
 * <p>Flink makes it by name ({@code execution.job-listeners}).
 */
public final class SubmittedJob implements JobListener {
  private static final AtomicReference<JobClient> LAST = new AtomicReference<>();

  /** Made by Flink. */
  public SubmittedJob() {}

  /** Takes the client of the job submitted last. */
  static JobClient take() {
    return LAST.getAndSet(null);
  }

  @Override
  public void onJobSubmitted(JobClient client, Throwable failure) {
    LAST.set(client);
  }

  @Override
  public void onJobExecuted(JobExecutionResult result, Throwable failure) {
    // The client's own future says so.
  }
}
