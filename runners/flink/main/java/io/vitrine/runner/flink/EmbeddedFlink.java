package io.vitrine.runner.flink;

import io.vitrine.pipelines.FailureException;
import io.vitrine.pipelines.RunFolder;
import io.vitrine.pipelines.Runtime;
import io.vitrine.streaming.io.FrameOptions;
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
import org.apache.flink.core.execution.JobClient;

/**
 * Runs in this process on a small Flink, with checkpoints in the run folder: killed and started
 * again, it goes on from the newest one.
 *
 * <p>Heap state, copied on the way ({@code fasterCopy=false}): with shared objects the state would
 * be changed while a checkpoint of it is written.
 */
public final class EmbeddedFlink implements Runtime {
  private static final int PARALLELISM =
      Math.max(2, Math.min(8, java.lang.Runtime.getRuntime().availableProcessors()));
  private static final long CHECKPOINT_MILLIS = 5_000;
  private static final long WATERMARK_MILLIS = 50;
  private static final long BUNDLE_MILLIS = 100;

  @Override
  public String name() {
    return "flink";
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
    writeConfiguration(folder, from);

    PipelineOptions options = PipelineOptionsFactory.create();
    options.setRunner(FlinkRunner.class);
    FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
    flink.setJobName("vitrine");
    flink.setFlinkMaster("[local]");
    flink.setStreaming(true);
    flink.setParallelism(PARALLELISM);
    flink.setFasterCopy(false);
    flink.setFlinkConfDir(folder.conf().toString());
    flink.setStateBackend("filesystem");
    flink.setStateBackendStoragePath(folder.checkpoints().toUri().toString());
    flink.setCheckpointingInterval(CHECKPOINT_MILLIS);
    flink.setExternalizedCheckpointsEnabled(true);
    flink.setRetainExternalizedCheckpointsOnCancellation(true);
    flink.setAutoWatermarkInterval(WATERMARK_MILLIS);
    flink.setMaxBundleTimeMills(BUNDLE_MILLIS);
    flink.setAttachedMode(false);
    settings.accept(options.as(FrameOptions.class));

    Pipeline pipeline = Pipeline.create(options);
    graph.accept(pipeline);
    pipeline.run();
    JobClient client = SubmittedJob.take();
    if (client == null) {
      throw new FailureException("the embedded Flink did not take the job");
    }
    return new FlinkJob(client, checkpoints, folder.checkpoints(), from.isPresent());
  }

  private static void writeConfiguration(RunFolder folder, Optional<Path> from) throws IOException {
    StringBuilder yaml = new StringBuilder();
    yaml.append("execution.job-listeners: ").append(SubmittedJob.class.getName()).append('\n');
    yaml.append("execution.buffer-timeout.interval: 5 ms\n");
    yaml.append("state.checkpoints.num-retained: 2\n");
    yaml.append("rest.bind-port: 0\n");
    from.ifPresent(
        path -> yaml.append("execution.savepoint.path: ").append(path.toUri()).append('\n'));
    Files.createDirectories(folder.conf());
    Files.writeString(folder.conf().resolve("config.yaml"), yaml);
  }
}
