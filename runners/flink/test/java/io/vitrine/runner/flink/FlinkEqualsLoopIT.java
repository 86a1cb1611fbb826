package io.vitrine.runner.flink;

import io.vitrine.pipelines.StreamEqualsLoopTest;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** The backbone on a Flink of two slots; {@link KillAndResumeIT} has the checkpoints. */
class FlinkEqualsLoopIT extends StreamEqualsLoopTest {
  @Override
  protected PipelineOptions options() {
    PipelineOptions options = PipelineOptionsFactory.create();
    options.setRunner(FlinkRunner.class);
    FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
    flink.setFlinkMaster("[local]");
    flink.setStreaming(true);
    flink.setParallelism(2);
    flink.setFasterCopy(false);
    flink.setObjectReuse(true);
    flink.setNumberOfExecutionRetries(0);
    flink.setMaxBundleTimeMills(20L);
    return flink;
  }
}
