package io.vitrine.runner.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vitrine.pipelines.run.RunFolder;
import java.nio.file.Path;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedFlinkTest {
  @TempDir private Path folder;

  @Test
  void start_withThreads_givesEachStepSoManyTasks() throws Exception {
    int[] tasks = {0};
    try (RunFolder run = RunFolder.open(folder)) {
      assertThatThrownBy(
              () ->
                  new EmbeddedFlink()
                      .withThreads(3)
                      .start(
                          pipeline -> {
                            tasks[0] =
                                pipeline
                                    .getOptions()
                                    .as(FlinkPipelineOptions.class)
                                    .getParallelism();
                            throw new IllegalStateException("seen");
                          },
                          settings -> {},
                          run))
          .hasMessage("seen");
    }
    assertThat(tasks[0]).isEqualTo(3);
  }
}
