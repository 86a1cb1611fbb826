package io.vitrine.runner.flink;

import io.vitrine.pipelines.run.FailureException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.flink.client.deployment.executors.LocalExecutor;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.PipelineExecutor;
import org.apache.flink.core.execution.PipelineExecutorFactory;
import org.apache.flink.core.execution.PipelineExecutorServiceLoader;
import org.apache.flink.runtime.executiongraph.ErrorInfo;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

/**
 * A Flink in this process, with its one job.
 *
 * <p>Beam's {@code [local]} keeps the cluster to itself: nobody can wait until it is closed, so the
 * end of the process races its end. Then its files stay, and Pekko's shutdown hook looks for
 * classes in a class loader that was closed a moment ago. Beam's {@code [auto]} takes the
 * environment that is set here, whose cluster is ours to close.
 */
final class EmbeddedCluster implements AutoCloseable {
  private static final long CLOSE_SECONDS = 60;

  private MiniCluster cluster;
  private JobClient client;

  /** Starts the cluster and on it a pipeline whose Flink master is {@code [auto]}. */
  void run(Pipeline pipeline, Configuration configuration) throws FailureException {
    configuration.set(DeploymentOptions.TARGET, LocalExecutor.NAME);
    configuration.set(DeploymentOptions.ATTACHED, true);
    Environment.install(new Environment(configuration, this));
    try {
      pipeline.run();
    } finally {
      Environment.uninstall();
    }
    if (client == null) {
      throw new FailureException("the embedded Flink did not take the job");
    }
  }

  JobClient client() {
    return client;
  }

  /** Why the job failed last, or null. */
  Throwable lastFailure() {
    try {
      ErrorInfo failure =
          cluster
              .getExecutionGraph(client.getJobID())
              .get(CLOSE_SECONDS, TimeUnit.SECONDS)
              .getFailureInfo();
      return failure == null
          ? null
          : failure.getException().deserializeError(getClass().getClassLoader());
    } catch (ExecutionException | TimeoutException | IllegalStateException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  /** Ends the job, if it still runs, and waits until the cluster has left nothing behind. */
  @Override
  public void close() {
    if (cluster == null) {
      return;
    }
    try {
      cluster.closeAsync().get(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      org.slf4j.LoggerFactory.getLogger(EmbeddedCluster.class)
          .warn("the embedded Flink did not close: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What Beam finds as the environment it runs in. */
  private static final class Environment extends StreamExecutionEnvironment {
    private final EmbeddedCluster owner;

    Environment(Configuration configuration, EmbeddedCluster owner) {
      super(new Executors(owner), configuration, EmbeddedCluster.class.getClassLoader());
      this.owner = owner;
    }

    static void install(Environment environment) {
      initializeContextEnvironment(ignored -> environment);
    }

    static void uninstall() {
      resetContextEnvironment();
    }

    @Override
    public JobClient executeAsync(StreamGraph graph) throws Exception {
      owner.client = super.executeAsync(graph);
      return owner.client;
    }

    /** Holds nothing: the cluster is its owner's. */
    @Override
    public void close() {}
  }

  /** One executor, which starts the cluster where its owner sees it. */
  private record Executors(EmbeddedCluster owner)
      implements PipelineExecutorServiceLoader, PipelineExecutorFactory {
    @Override
    public PipelineExecutorFactory getExecutorFactory(Configuration configuration) {
      return this;
    }

    @Override
    public Stream<String> getExecutorNames() {
      return Stream.of(getName());
    }

    @Override
    public String getName() {
      return LocalExecutor.NAME;
    }

    @Override
    public boolean isCompatibleWith(Configuration configuration) {
      return true;
    }

    @Override
    public PipelineExecutor getExecutor(Configuration configuration) {
      return LocalExecutor.createWithFactory(
          configuration,
          settings -> {
            owner.cluster = new MiniCluster(settings);
            return owner.cluster;
          });
    }
  }
}
