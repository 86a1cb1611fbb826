package io.vitrine.runner.flink;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitrine.pipelines.FailureException;
import io.vitrine.pipelines.RunFolder;
import io.vitrine.pipelines.Runtime;
import io.vitrine.streaming.io.FrameOptions;
import io.vitrine.streaming.io.FrameUri;
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
 * attaches to a job that still runs; else it goes on from the newest savepoint or checkpoint.
 *
 * <p>The state backend is the cluster's. Elements are shared between steps ({@code fasterCopy})
 * only where that is RocksDB: with heap state shared objects change while a checkpoint of them is
 * written.
 */
final class ClusterFlink implements Runtime {
  private static final long CHECKPOINT_MILLIS = 5_000;
  private static final long CHECKPOINT_PATIENCE_MILLIS = 120_000;
  private static final long WATERMARK_MILLIS = 50;
  private static final long BUNDLE_MILLIS = 100;
  private static final long SLOTS_NANOS = 30_000_000_000L;

  /** Part of the savepoint: a job may be started again with up to so many tasks a step. */
  private static final int MAX_PARALLELISM = 512;

  /** A full disk or a folder that cannot be written for some minutes is no reason to start anew. */
  private static final int CHECKPOINT_FAILURES = 100;

  private static final String PARENT_FIRST = "classloader.parent-first-patterns.additional";
  private static final String SQLITE = "org.sqlite";

  private static final Set<String> ENDED = Set.of("FINISHED", "CANCELED", "FAILED");

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
    int parallelism = slots();
    PipelineOptions options = PipelineOptionsFactory.create();
    settings.accept(options.as(FrameOptions.class));
    String jar = jar();
    refuseSqliteWhereItIsSpoilt(folder);
    SharedPaths.check(cluster, parallelism, jar, folder.root(), inputs(options));

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
    String id = client.getJobID().toString();
    Files.writeString(file(folder.root()), cluster.address() + " " + id + "\n");
    return new ClusterJob(cluster, id, folder.checkpoints(), from, false);
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
    flink.setCheckpointingInterval(CHECKPOINT_MILLIS);
    flink.setCheckpointTimeoutMillis(CHECKPOINT_PATIENCE_MILLIS);
    flink.setExternalizedCheckpointsEnabled(true);
    flink.setRetainExternalizedCheckpointsOnCancellation(true);
    flink.setAutoWatermarkInterval(WATERMARK_MILLIS);
    flink.setMaxBundleTimeMills(BUNDLE_MILLIS);
    flink.setAttachedMode(false);
    from.ifPresent(path -> flink.setSavepointPath(path.toUri().toString()));
  }

  private static void writeConfiguration(RunFolder folder) throws IOException {
    Files.createDirectories(folder.conf());
    Files.writeString(
        folder.conf().resolve("config.yaml"),
        "execution.job-listeners: "
            + SubmittedJob.class.getName()
            + "\nexecution.buffer-timeout.interval: 5 ms\n"
            + "execution.checkpointing.tolerable-failed-checkpoints: "
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
      if (uri.scheme() == FrameUri.Scheme.REPLAY) {
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

  /** All free slots, or as many as were asked for; waits a moment for workers that are coming. */
  private int slots() throws FailureException {
    long end = System.nanoTime() + SLOTS_NANOS;
    while (true) {
      JsonNode overview = cluster.overview();
      int free = overview.path("slots-available").asInt();
      if (free >= Math.max(1, wanted)) {
        return wanted == 0 ? free : wanted;
      }
      if (System.nanoTime() > end) {
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
    Optional<String> id = jobId(folder.root(), cluster.address());
    if (id.isEmpty()) {
      return Optional.empty();
    }
    String state = cluster.get("/jobs/" + id.get()).path("state").asText("");
    boolean finished = state.equals("FINISHED");
    boolean over = state.isEmpty() || (ENDED.contains(state) && !finished);
    if (over || (finished && new Checkpoints(folder.checkpoints()).stopped())) {
      return Optional.empty();
    }
    return Optional.of(
        new ClusterJob(cluster, id.get(), folder.checkpoints(), Optional.empty(), true));
  }

  private static Path file(Path root) {
    return root.resolve("conf").resolve("job");
  }

  private static Optional<String> jobId(Path root, String address) throws IOException {
    if (!Files.exists(file(root))) {
      return Optional.empty();
    }
    String[] words = Files.readString(file(root)).trim().split(" ", 2);
    return words[0].equals(address) ? Optional.of(words[1]) : Optional.empty();
  }

  /** Stops the job of a run folder with a savepoint; says whether there was one. */
  static boolean stopJob(RunFolder folder) throws IOException, FailureException {
    if (!Files.exists(file(folder.root()))) {
      return false;
    }
    String[] words = Files.readString(file(folder.root())).trim().split(" ", 2);
    ClusterRest cluster = new ClusterRest(words[0]);
    cluster.overview();
    String state = cluster.get("/jobs/" + words[1]).path("state").asText("");
    if (state.isEmpty() || ENDED.contains(state)) {
      return false;
    }
    new ClusterJob(cluster, words[1], folder.checkpoints(), Optional.empty(), true).pause();
    return true;
  }
}
