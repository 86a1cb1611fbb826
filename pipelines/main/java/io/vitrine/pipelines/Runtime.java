package io.vitrine.pipelines;

import io.vitrine.model.Check;
import io.vitrine.streaming.io.FrameOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;

/** Where a pipeline runs: start, wait, pause, and go on from the last checkpoint. */
@SuppressWarnings("JavaLangClash") // the word for it
public interface Runtime {

  /** Name of the runner, as in {@code --runner}. */
  String name();

  /**
   * Starts a pipeline, from the newest checkpoint in the run folder where there is one.
   *
   * @param graph applies the transforms
   * @param settings sets what readers look up when they start
   * @param folder the run folder: checkpoints, configuration, logs
   */
  Job start(Consumer<Pipeline> graph, Consumer<FrameOptions> settings, RunFolder folder)
      throws IOException, FailureException;

  /**
   * The same runner on a cluster of machines.
   *
   * @param address of the cluster, {@code HOST:PORT}
   * @param parallelism tasks a step, or 0 for as many as there is room for
   */
  default Runtime onCluster(String address, int parallelism) {
    throw Check.refuse("--flink-master", "go with --runner flink", "--runner " + name());
  }

  /**
   * Stops what runs for a folder without a process of ours, so that it can go on; says whether
   * there was anything.
   */
  default boolean stop(RunFolder folder) throws IOException, FailureException {
    return false;
  }

  /** A pipeline that has been started. */
  interface Job {
    /** Whether it went on from a checkpoint. */
    boolean resumed();

    /** Waits for the end, at most so long; says how things stand then. */
    State await(Duration atMost) throws InterruptedException;

    /** Takes one more checkpoint, where the runner can, and stops. */
    void pause() throws FailureException;

    /** Why it failed, in one line; null where it did not. */
    String failure();
  }

  /** How a job stands. */
  enum State {
    /** It goes on. */
    RUNNING,
    /** All sources have ended and everything is out. */
    DONE,
    /** It was stopped and can go on. */
    PAUSED,
    /** It broke. */
    FAILED
  }
}
