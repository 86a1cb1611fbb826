package io.vitrine.runner.direct;

import io.vitrine.format.FileTrouble;
import io.vitrine.pipelines.run.FailureException;
import io.vitrine.pipelines.run.HeapBound;
import io.vitrine.pipelines.run.RunFolder;
import io.vitrine.pipelines.run.Runtime;
import io.vitrine.streaming.io.feed.FrameOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/**
 * Runs in this process on Beam's direct runner: for trying and for tests.
 *
 * <p>Keeps no checkpoints: started again, it reads everything again and, as every result has a
 * deterministic key, changes nothing.
 */
public final class DirectRuntime implements Runtime {
  /** Its readers own a thread each and would spin at full speed when nothing comes. */
  private static final long IDLE_MILLIS = 20;

  private final int threads;

  public DirectRuntime() {
    this(1);
  }

  private DirectRuntime(int threads) {
    this.threads = threads;
  }

  @Override
  public String name() {
    return "direct";
  }

  @Override
  public String place() {
    return Runtime.super.place() + " (for tests: it keeps a core busy while it waits)";
  }

  @Override
  public Runtime withThreads(int most) {
    return new DirectRuntime(most);
  }

  @Override
  public Job start(Consumer<Pipeline> graph, Consumer<FrameOptions> settings, RunFolder folder) {
    PipelineOptions options = PipelineOptionsFactory.create();
    options.setRunner(DirectRunner.class);
    DirectOptions direct = options.as(DirectOptions.class);
    direct.setBlockOnRun(false);
    direct.setEnforceImmutability(false);
    direct.setEnforceEncodability(false);
    direct.setTargetParallelism(threads);
    FrameOptions frames = options.as(FrameOptions.class);
    settings.accept(frames);
    frames.setIdleMillis(IDLE_MILLIS);
    Pipeline pipeline = Pipeline.create(options);
    graph.accept(pipeline);
    return new DirectJob(pipeline.run());
  }

  private static final class DirectJob implements Job {
    private final PipelineResult result;
    private String failure;

    DirectJob(PipelineResult result) {
      this.result = result;
    }

    @Override
    public boolean resumed() {
      return false;
    }

    @Override
    public State await(Duration atMost) {
      try {
        PipelineResult.State state =
            result.waitUntilFinish(org.joda.time.Duration.millis(atMost.toMillis()));
        if (state == null || !state.isTerminal()) {
          return State.RUNNING;
        }
        return state == PipelineResult.State.DONE ? State.DONE : State.FAILED;
      } catch (Pipeline.PipelineExecutionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        failure = HeapBound.exhausted(e).or(() -> FileTrouble.among(e)).orElse(message);
        return State.FAILED;
      }
    }

    @Override
    public void pause() throws FailureException {
      try {
        result.cancel();
      } catch (IOException e) {
        throw new FailureException("the pipeline cannot be stopped: " + e.getMessage(), e);
      }
    }

    @Override
    public String failure() {
      return failure == null ? "the pipeline was cancelled" : failure;
    }

    @Override
    public void close() {
      if (!result.getState().isTerminal()) {
        try {
          result.cancel();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }
}
