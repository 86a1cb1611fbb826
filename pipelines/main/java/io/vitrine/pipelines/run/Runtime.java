package io.vitrine.pipelines.run;

import io.vitrine.model.Check;
import io.vitrine.streaming.io.feed.FrameOptions;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;

/** Where a pipeline runs: start, wait, pause, and continue from the last checkpoint. */
@SuppressWarnings("JavaLangClash") // the word for it
public interface Runtime {

  /** Name of the runner, as in {@code --runner}. */
  String name();

  /** Where it works when it is not on a cluster, in words. */
  default String place() {
    return name() + " in this process";
  }

  /**
   * Starts a pipeline, from the newest checkpoint in the run folder where there is one.
   *
   * @param graph applies the transforms
   * @param settings sets what readers look up when they start
   * @param folder the run folder: checkpoints, configuration, logs
   */
  Job start(Consumer<Pipeline> graph, Consumer<FrameOptions> settings, RunFolder folder)
      throws IOException, FailureException;

  /** The same runner with so many threads a step, where it works in this process. */
  default Runtime withThreads(int threads) {
    return this;
  }

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
   * Stops what runs for a folder without a process of ours, so that it can continue; says whether
   * there was anything.
   */
  default boolean stop(RunFolder folder) throws IOException, FailureException {
    return false;
  }

  /** A pipeline that has been started. */
  interface Job extends AutoCloseable {
    /** Whether it went on from a checkpoint. */
    boolean resumed();

    /** Waits for the end, at most so long; returns the state then. */
    State await(Duration atMost) throws InterruptedException;

    /** Takes one more checkpoint, where the runner can, and stops. */
    void pause() throws FailureException;

    /** Why it failed, in one line; null where it did not. */
    String failure();

    /**
     * What keeps a job that continues from running as it was asked to; empty where nothing does.
     */
    default Optional<Trouble> trouble() {
      return Optional.empty();
    }

    /** Ends what of it runs in this process, and waits until that is gone. */
    @Override
    void close();
  }

  /**
   * Why a job that continues does not run as it was asked to.
   *
   * @param what in words for people, the same as long as nothing changes
   * @param since when it began
   */
  record Trouble(String what, Instant since) {
    private static final DateTimeFormatter CLOCK =
        DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());

    @Override
    public String toString() {
      return what + " since " + CLOCK.format(since);
    }
  }

  /** The state of a job. */
  enum State {
    /** It continues. */
    RUNNING,
    /** All sources have ended and everything is out. */
    DONE,
    /** It was stopped and can continue. */
    PAUSED,
    /** It broke. */
    FAILED
  }
}
