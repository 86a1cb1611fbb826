package io.vitrine.runner.flink;

import io.vitrine.pipelines.run.FailureException;
import io.vitrine.pipelines.run.RunFolder;
import io.vitrine.pipelines.run.Runtime;
import io.vitrine.streaming.io.feed.FrameOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.flink.configuration.Configuration;

/**
 * Runs in this process on a small Flink, with checkpoints in the run folder: killed and started
 * again, it continues from the newest one.
 *
 * <p>Heap state, copied for checkpoints ({@code fasterCopy=false}): with shared objects the state
 * would be changed while a checkpoint of it is written. Elements are not copied between steps that
 * run in one thread ({@link Pace}).
 */
public final class EmbeddedFlink implements Runtime {
  private final int threads;

  public EmbeddedFlink() {
    this(1);
  }

  private EmbeddedFlink(int threads) {
    this.threads = threads;
  }

  @Override
  public String name() {
    return "flink";
  }

  @Override
  public Runtime withThreads(int most) {
    return new EmbeddedFlink(most);
  }

  @Override
  public Runtime onCluster(String address, int parallelism) {
    return new ClusterFlink(address, parallelism);
  }

  @Override
  public boolean stop(RunFolder folder) throws IOException, FailureException {
    return ClusterFlink.stopJob(folder);
  }

  @Override
  public Job start(Consumer<Pipeline> graph, Consumer<FrameOptions> settings, RunFolder folder)
      throws IOException, FailureException {
    Checkpoints checkpoints = new Checkpoints(folder.checkpoints());
    Optional<Path> from = checkpoints.newest();
    Files.createDirectories(folder.checkpoints());

    PipelineOptions options = PipelineOptionsFactory.create();
    options.setRunner(FlinkRunner.class);
    FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
    flink.setJobName("vitrine");
    flink.setFlinkMaster("[auto]"); // the environment that EmbeddedCluster sets
    flink.setStreaming(true);
    flink.setParallelism(threads);
    flink.setFasterCopy(false);
    flink.setStateBackend("filesystem");
    flink.setStateBackendStoragePath(folder.checkpoints().toUri().toString());
    Pace.set(flink);
    flink.setExternalizedCheckpointsEnabled(true);
    flink.setRetainExternalizedCheckpointsOnCancellation(true);
    flink.setAttachedMode(false);
    settings.accept(options.as(FrameOptions.class));

    Pipeline pipeline = Pipeline.create(options);
    graph.accept(pipeline);
    EmbeddedCluster cluster = new EmbeddedCluster();
    try {
      cluster.run(pipeline, configuration(folder, from));
    } catch (RuntimeException | FailureException e) {
      cluster.close();
      throw e;
    }
    return new FlinkJob(cluster, checkpoints, folder.checkpoints(), from.isPresent());
  }

  private static Configuration configuration(RunFolder folder, Optional<Path> from) {
    Configuration configuration = new Configuration();
    configuration.setString("execution.buffer-timeout.interval", Pace.FLUSH);
    configuration.setString("state.checkpoints.num-retained", "2");
    configuration.setString("rest.bind-port", "0");
    configuration.setString("io.tmp.dirs", folder.tmp().toString());
    configuration.setString("web.tmpdir", folder.tmp().toString());
    // One job a process: there is nothing whose classes could leak.
    configuration.setString("classloader.check-leaked-classloader", "false");
    from.ifPresent(
        path -> configuration.setString("execution.savepoint.path", path.toUri().toString()));
    return configuration;
  }
}
