package io.vitrine.runner.flink;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitrine.pipelines.run.FailureException;
import io.vitrine.pipelines.run.RunFolder;
import io.vitrine.pipelines.run.Runtime;
import io.vitrine.streaming.io.feed.FrameOptions;
import io.vitrine.streaming.io.feed.FrameScheme;
import io.vitrine.streaming.io.feed.FrameUri;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.flink.core.execution.JobClient;

/**
 * Runs on a Flink cluster: the jar of this process is sent there, checkpoints lie in the run
 * folder.
 *
 * <p>The file {@code conf/job} holds the number of the job, so that the same command started again
 * attaches to a job that still runs; else it continues from the newest savepoint or checkpoint.
 *
 * <p>The state backend is the cluster's. What its state holds is shared with steps ({@code
 * fasterCopy}) only where that is RocksDB: with heap state shared objects change while a checkpoint
 * of them is written.
 */
final class ClusterFlink implements Runtime {
  private static final long CHECKPOINT_PATIENCE_MILLIS = 120_000;
  private static final long SLOTS_NANOS = 30_000_000_000L;

  /** Part of the savepoint: a job may be started again with up to so many tasks a step. */
  private static final int MAX_PARALLELISM = 512;

  /** A full disk or a folder that cannot be written for some minutes is no reason to start anew. */
  private static final int CHECKPOINT_FAILURES = 100;

  private static final String PARENT_FIRST = "classloader.parent-first-patterns.additional";
  private static final String SQLITE = "org.sqlite";

  private final ClusterRest cluster;
  private final int wanted;

  ClusterFlink(String address, int parallelism) {
    this.cluster = new ClusterRest(address);
    this.wanted = parallelism;
  }

  @Override
  public String name() {
    return "flink";
  }

  @Override
  public Job start(Consumer<Pipeline> graph, Consumer<FrameOptions> settings, RunFolder folder)
      throws IOException, FailureException {
    cluster.overview();
    Optional<Job> running = running(folder);
    if (running.isPresent()) {
      return running.get();
    }
    int free = slots();
    int parallelism = wanted == 0 ? free : wanted;
    PipelineOptions options = PipelineOptionsFactory.create();
    settings.accept(options.as(FrameOptions.class));
    String jar = jar();
    refuseSqliteWhereItIsSpoilt(folder);
    SharedPaths.check(cluster, Math.min(free, parallelism), jar, folder.root(), inputs(options));

    Checkpoints checkpoints = new Checkpoints(folder.checkpoints());
    Optional<Path> from = checkpoints.newest();
    Files.createDirectories(folder.checkpoints());
    writeConfiguration(folder);
    configure(options, parallelism, jar, folder, from);
    Pipeline pipeline = Pipeline.create(options);
    graph.accept(pipeline);
    try {
      pipeline.run();
    } catch (RuntimeException e) {
      // Beam wraps whatever the cluster said; the last cause is what the user can mend.
      throw new FailureException(
          "the cluster at " + cluster.address() + " did not take the job: " + lastCause(e), e);
    }
    JobClient client = SubmittedJob.take();
    if (client == null) {
      throw new FailureException("the cluster at " + cluster.address() + " did not take the job");
    }
    Submitted job = new Submitted(cluster.address(), client.getJobID().toString(), parallelism);
    job.keepIn(folder);
    return new ClusterJob(cluster, job, folder.checkpoints(), from.isPresent());
  }

  private void configure(
      PipelineOptions options, int parallelism, String jar, RunFolder folder, Optional<Path> from)
      throws IOException {
    options.setRunner(FlinkRunner.class);
    FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
    flink.setJobName("vitrine " + folder.root().getFileName());
    flink.setFlinkMaster(cluster.address());
    flink.setFilesToStage(List.of(jar));
    flink.setStreaming(true);
    flink.setParallelism(parallelism);
    flink.setMaxParallelism(MAX_PARALLELISM);
    flink.setFasterCopy(cluster.option("state.backend.type", "hashmap").equals("rocksdb"));
    flink.setFlinkConfDir(folder.conf().toString());
    Pace.set(flink);
    flink.setCheckpointTimeoutMillis(CHECKPOINT_PATIENCE_MILLIS);
    flink.setExternalizedCheckpointsEnabled(true);
    flink.setRetainExternalizedCheckpointsOnCancellation(true);
    flink.setAttachedMode(false);
    from.ifPresent(path -> flink.setSavepointPath(path.toUri().toString()));
  }

  private static void writeConfiguration(RunFolder folder) throws IOException {
    Files.createDirectories(folder.conf());
    Files.writeString(
        folder.conf().resolve("config.yaml"),
        "execution.job-listeners: "
            + SubmittedJob.class.getName()
            + "\nexecution.buffer-timeout.interval: "
            + Pace.FLUSH
            + "\nexecution.checkpointing.tolerable-failed-checkpoints: "
            + CHECKPOINT_FAILURES
            + "\nstate.checkpoints.num-retained: 2\nstate.checkpoints.dir: "
            + folder.checkpoints().toUri()
            + "\n");
  }

  private static String lastCause(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse(cause.toString());
  }

  private static List<Path> inputs(PipelineOptions options) {
    List<Path> inputs = new ArrayList<>();
    for (String text : options.as(FrameOptions.class).getFrames().values()) {
      FrameUri uri = FrameUri.parse(text);
      if (uri.scheme() == FrameScheme.REPLAY) {
        inputs.add(uri.path());
      }
    }
    return inputs;
  }

  private static String jar() throws FailureException {
    Path path =
        Path.of(ClusterFlink.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    if (!Files.isRegularFile(path)) {
      throw new FailureException(path + ": only the program's jar can be sent to a cluster");
    }
    return path.toString();
  }

  /**
   * Free slots; waits a moment for as many as were asked for. With less an adaptive scheduler
   * begins too, and takes the rest when it comes.
   */
  private int slots() throws FailureException, IOException {
    boolean adaptive =
        cluster.option("jobmanager.scheduler", "default").equalsIgnoreCase("adaptive");
    long end = System.nanoTime() + SLOTS_NANOS;
    while (true) {
      JsonNode overview = cluster.overview();
      int free = overview.path("slots-available").asInt();
      if (free >= Math.max(1, wanted)) {
        return free;
      }
      if (System.nanoTime() > end) {
        if (adaptive && free > 0) {
          return free;
        }
        throw new FailureException(
            "the cluster at "
                + cluster.address()
                + " has "
                + free
                + " free slots of "
                + overview.path("slots-total").asInt()
                + ", expected at least "
                + Math.max(1, wanted)
                + " (--parallelism)");
      }
      pause();
    }
  }

  private static void pause() throws FailureException {
    try {
      Thread.sleep(500);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FailureException("interrupted while waiting for slots", e);
    }
  }

  /**
   * SQLite's write-ahead log is shared memory of one machine, and its locks are those of a process:
   * a job that brings a copy of the library with it drops the locks of other jobs' copies when it
   * closes a file, and two jobs that write into one store spoil it.
   */
  private void refuseSqliteWhereItIsSpoilt(RunFolder folder) throws IOException, FailureException {
    JsonNode run = folder.description();
    if (run == null || !run.path("store").asText().startsWith("jdbc:sqlite:")) {
      return;
    }
    Set<String> hosts = new HashSet<>();
    for (JsonNode worker : cluster.get("/taskmanagers").path("taskmanagers")) {
      hosts.add(worker.path("path").asText().replaceAll(".*@|:.*", ""));
    }
    if (hosts.size() > 1) {
      throw new FailureException(
          "SQLite serves one machine, but the workers run on "
              + hosts.size()
              + "; expected --store jdbc:postgresql://...");
    }
    String shared = cluster.option(PARENT_FIRST, "");
    if (!shared.contains(SQLITE)) {
      throw new FailureException(
          "the cluster at "
              + cluster.address()
              + " gives each job an SQLite of its own, which spoil each other's stores ("
              + PARENT_FIRST
              + " is '"
              + shared
              + "'); expected one that holds "
              + SQLITE
              + " and sqlite-jdbc in its lib folder, or --store jdbc:postgresql://...");
    }
  }

  private Optional<Job> running(RunFolder folder) throws IOException {
    Optional<Submitted> job =
        Submitted.of(folder).filter(j -> j.address().equals(cluster.address()));
    if (job.isEmpty()) {
      return Optional.empty();
    }
    String state = cluster.state(job.get().id());
    boolean finished = state.equals("FINISHED");
    boolean over = state.isEmpty() || (ClusterRest.isEnd(state) && !finished);
    if (over || (finished && new Checkpoints(folder.checkpoints()).stopped(job.get().id()))) {
      return Optional.empty();
    }
    return Optional.of(new ClusterJob(cluster, job.get(), folder.checkpoints(), true));
  }

  /** Stops the job of a run folder with a savepoint; says whether there was one. */
  static boolean stopJob(RunFolder folder) throws IOException, FailureException {
    Optional<Submitted> job = Submitted.of(folder);
    if (job.isEmpty()) {
      return false;
    }
    ClusterRest cluster = new ClusterRest(job.get().address());
    cluster.overview();
    String state = cluster.state(job.get().id());
    if (state.isEmpty() || ClusterRest.isEnd(state)) {
      return false;
    }
    new ClusterJob(cluster, job.get(), folder.checkpoints(), true).pause();
    return true;
  }
}
