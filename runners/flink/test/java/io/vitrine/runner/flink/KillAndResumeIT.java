package io.vitrine.runner.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.jhdf.HdfFile;
import io.vitrine.analysis.bursts.BurstFolder;
import io.vitrine.format.run.ShardFolder;
import io.vitrine.format.run.WindowShard;
import io.vitrine.learning.Model;
import io.vitrine.learning.ModelJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program killed and started again, and next to a producer that stalls.
 *
 * <p>{@code -Dvitrine.kills=5} makes it five kills in a row, {@code -Dvitrine.seed=N} other
 * moments.
 */
final class KillAndResumeIT {
  private static final int KILLS = Integer.getInteger("vitrine.kills", 1);
  private static final long SEED = Long.getLong("vitrine.seed", 1);
  private static final int LATEST_MILLIS = 8_000;
  private static final int START_MILLIS = 12_000;
  private static final int FRAMES = 61;

  @TempDir private Path folder;

  @Test
  void monitor_killedAtRandomMoments_endsWithTheResultsOfAnUndisturbedRun() throws Exception {
    Path undisturbed = folder.resolve("undisturbed");
    List<String> frames = frames();
    Path complete = Files.createDirectories(folder.resolve("a")).resolve("run.lammpstrj");
    Files.write(complete, frames);
    MonitorProcess plain = MonitorProcess.start(folder, arguments(complete, undisturbed));
    assertThat(plain.await()).as(plain.err()).isZero();

    Path growing = Files.createDirectories(folder.resolve("b")).resolve("run.lammpstrj");
    Path killed = folder.resolve("killed");
    Random random = new Random(SEED);
    Producer producer =
        new Producer(growing, frames, (long) KILLS * (START_MILLIS + LATEST_MILLIS) / FRAMES);
    producer.start();
    for (int kill = 0; kill < KILLS; kill++) {
      MonitorProcess victim = MonitorProcess.start(folder, arguments(growing, killed));
      // A kill before the first checkpoint is a kill too, but the first must leave one.
      if (kill == 0 || random.nextInt(3) > 0) {
        awaitCheckpoint(killed.resolve("checkpoints"), victim);
      }
      Thread.sleep(random.nextInt(LATEST_MILLIS));
      victim.kill();
    }
    producer.writeLast();
    producer.join();
    MonitorProcess last = MonitorProcess.start(folder, arguments(growing, killed));
    assertThat(last.await()).as(last.err()).isZero();
    assertThat(last.out()).contains("\"resumed\":true");

    assertThat(StoreContents.of(killed.resolve("store.sqlite")))
        .isEqualTo(StoreContents.of(undisturbed.resolve("store.sqlite")));
    assertThat(doubles(killed.resolve("hops.h5"), "p_hop"))
        .isDeepEqualTo(doubles(undisturbed.resolve("hops.h5"), "p_hop"));
    assertThat(floats(killed.resolve("training/fluidity.h5")))
        .isDeepEqualTo(floats(undisturbed.resolve("training/fluidity.h5")));
    assertSameBursts(killed.resolve("capture"), undisturbed.resolve("capture"));
  }

  private static void assertSameBursts(Path found, Path expected) throws IOException {
    List<Path> files = BurstFolder.files(expected);
    assertThat(files).isNotEmpty();
    assertThat(BurstFolder.files(found))
        .containsExactlyElementsOf(
            files.stream().map(f -> found.resolve(expected.relativize(f))).toList());
    for (Path file : files) {
      assertThat(found.resolve(expected.relativize(file))).hasSameBinaryContentAs(file);
    }
  }

  /**
   * While classifiers are trained: whatever the killed processes had scored, each window ends with
   * one version, each version with the counts of its windows, and the scores are what the fixed
   * model, the same version given with {@code --model}, says in a run of its own.
   */
  @Test
  void monitor_killedWhileRetraining_givesEachWindowOneVersion() throws Exception {
    List<String> frames = frames();
    Path growing = folder.resolve("run.lammpstrj");
    Path output = folder.resolve("retraining");
    List<String> arguments = new ArrayList<>(arguments(growing, output));
    arguments.addAll(List.of("--train", "every=5"));
    Random random = new Random(SEED);
    int written = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      int early = FRAMES / 2 + kill * FRAMES / (3 * KILLS);
      // Training reads what windows have left by then: the last ones come when the others have.
      int first = Math.max(written, early - 8);
      append(growing, frames.subList(written, first));
      MonitorProcess victim = MonitorProcess.start(folder, arguments);
      awaitCheckpoint(output.resolve("checkpoints"), victim);
      while (victim.isAlive() && shards(output) < first - 10) {
        Thread.sleep(100);
      }
      append(growing, frames.subList(first, early));
      while (victim.isAlive() && !Files.exists(output.resolve("models/live-1.json"))) {
        Thread.sleep(100);
      }
      // Windows that no checkpoint knows of, most often.
      written = early + FRAMES / (6 * KILLS);
      append(growing, frames.subList(early, written));
      Thread.sleep(random.nextInt(LATEST_MILLIS / 2));
      assertThat(victim.isAlive()).as(victim.err()).isTrue();
      victim.kill();
    }
    append(growing, frames.subList(written, FRAMES));
    MonitorProcess last = MonitorProcess.start(folder, arguments);
    assertThat(last.await()).as(last.err()).isZero();
    assertThat(last.out()).contains("\"resumed\":true");

    TreeMap<Long, String> windowOf = new TreeMap<>();
    Map<String, Long> windowsOf = new TreeMap<>();
    Map<String, List<String>> store = StoreContents.of(output.resolve("store.sqlite"));
    for (String row : store.get("windows")) {
      if (row.contains(" model=live ")) {
        String before =
            windowOf.put(Long.parseLong(value(row, "time_ms")), value(row, "model_version"));
        assertThat(before).isNull();
        windowsOf.merge(value(row, "model_version"), 1L, Long::sum);
      }
    }
    assertThat(windowsOf).hasSizeGreaterThanOrEqualTo(2);
    assertThat(store.get("windows").stream().filter(r -> r.contains(" model=fluidity ")))
        .hasSize(FRAMES - 10);
    Map<String, Long> counted = new TreeMap<>();
    for (String row : store.get("counter_total")) {
      if (row.contains(" model=live ")) {
        counted.put(value(row, "model_version"), Long.parseLong(value(row, "windows")));
      }
    }
    assertThat(counted).isEqualTo(windowsOf);
    assertScoredAsGiven(growing, output, windowOf);
  }

  /** The sums of ridge regression survive a kill: its last version is of all windows, each once. */
  @Test
  void monitor_killedWhileMomentsAreGathered_endsWithTheRegressionOfAnUndisturbedRun()
      throws Exception {
    List<String> ridge =
        List.of(
            "--train",
            "every=20",
            "--learner",
            "ridge",
            "--label",
            "log-p_hop",
            "--features",
            "radial");
    List<String> frames = frames();
    Path complete = Files.createDirectories(folder.resolve("a")).resolve("run.lammpstrj");
    Files.write(complete, frames);
    Path undisturbed = folder.resolve("undisturbed");
    List<String> first = new ArrayList<>(arguments(complete, undisturbed));
    first.addAll(ridge);
    MonitorProcess plain = MonitorProcess.start(folder, first);
    assertThat(plain.await()).as(plain.err()).isZero();

    Path growing = Files.createDirectories(folder.resolve("b")).resolve("run.lammpstrj");
    Path killed = folder.resolve("killed");
    List<String> second = new ArrayList<>(arguments(growing, killed));
    second.addAll(ridge);
    append(growing, frames.subList(0, FRAMES / 2));
    MonitorProcess victim = MonitorProcess.start(folder, second);
    while (victim.isAlive() && shards(killed) < FRAMES / 2 - 10) {
      Thread.sleep(100);
    }
    awaitCheckpoint(killed.resolve("checkpoints"), victim);
    append(growing, frames.subList(FRAMES / 2, FRAMES - 10));
    Thread.sleep(new Random(SEED).nextInt(LATEST_MILLIS / 2));
    assertThat(victim.isAlive()).as(victim.err()).isTrue();
    victim.kill();
    append(growing, frames.subList(FRAMES - 10, FRAMES));
    MonitorProcess last = MonitorProcess.start(folder, second);
    assertThat(last.await()).as(last.err()).isZero();
    assertThat(last.out()).contains("\"resumed\":true");

    Model expected = ModelJson.read(undisturbed.resolve("model.json"));
    Model found = ModelJson.read(killed.resolve("model.json"));
    assertThat(found.weights()).containsExactly(expected.weights());
    assertThat(found.bias()).isEqualTo(expected.bias());
    assertThat(found.standardization()).isEqualTo(expected.standardization());
    assertThat(found.origin().samples()).isEqualTo(expected.origin().samples()).isPositive();
    assertThat(found.origin().convention().get(Model.TRAINED_UNTIL))
        .isEqualTo(expected.origin().convention().get(Model.TRAINED_UNTIL));
  }

  /** The last version as a fixed model scores the windows it had the same. */
  private void assertScoredAsGiven(Path input, Path output, SortedMap<Long, String> versions)
      throws Exception {
    String last = versions.get(versions.lastKey());
    long number = 0;
    Path file = output.resolve("models/live-1.json");
    while (Files.exists(file)) {
      file = output.resolve("models/live-" + (++number + 1) + ".json");
    }
    Path again = folder.resolve("again");
    Path model = Files.createDirectories(folder.resolve("given")).resolve("live.json");
    for (; number > 0; number--) {
      Files.copy(
          output.resolve("models/live-" + number + ".json"),
          model,
          StandardCopyOption.REPLACE_EXISTING);
      String text = Files.readString(model);
      if (ModelJson.fingerprint(ModelJson.parse("live", text)).equals(last)) {
        break;
      }
    }
    assertThat(number).isPositive();
    List<String> arguments = new ArrayList<>(arguments(input, again));
    arguments.addAll(List.of("--model", model.toString()));
    MonitorProcess fixed = MonitorProcess.start(folder, arguments);
    assertThat(fixed.await()).as(fixed.err()).isZero();
    List<String> expected = new ArrayList<>();
    for (String row : StoreContents.of(again.resolve("store.sqlite")).get("windows")) {
      if (last.equals(versions.get(Long.parseLong(value(row, "time_ms"))))) {
        expected.add(row);
      }
    }
    assertThat(expected).isNotEmpty();
    assertThat(StoreContents.of(output.resolve("store.sqlite")).get("windows"))
        .containsAll(expected);
  }

  private static long shards(Path output) throws IOException {
    ShardFolder folder = ShardFolder.at(output.resolve("shards"));
    long count = 0;
    for (String simulation : folder.simulations()) {
      try (Stream<WindowShard> shards = folder.read(simulation)) {
        count += shards.count();
      }
    }
    return count;
  }

  private static void append(Path path, List<String> frames) throws IOException {
    Files.writeString(
        path,
        String.join("\n", frames) + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private static String value(String row, String column) {
    int at = row.indexOf(column + "=") + column.length() + 1;
    return row.substring(at, row.indexOf(' ', at));
  }

  /** Waits until the process has a complete checkpoint of its own. */
  private static void awaitCheckpoint(Path checkpoints, MonitorProcess process)
      throws IOException, InterruptedException {
    Optional<Path> before = new Checkpoints(checkpoints).newest();
    while (process.isAlive() && new Checkpoints(checkpoints).newest().equals(before)) {
      Thread.sleep(100);
    }
  }

  @Test
  void monitor_oneProducerStalls_theOtherIsNotDelayed() throws Exception {
    List<String> frames = frames();
    Path running = folder.resolve("running.lammpstrj");
    Path stalled = folder.resolve("stalled.lammpstrj");
    Files.write(running, frames);
    Files.write(stalled, frames.subList(0, 20));
    Path output = folder.resolve("both");
    List<String> arguments = new ArrayList<>(arguments(running, output));
    arguments.addAll(List.of("--frames", "follow:" + stalled + "?T=0.6&dt=0.005&id=stalled"));
    arguments.addAll(List.of("--threads", "2"));
    MonitorProcess both = MonitorProcess.start(folder, arguments);
    String windows = "";
    while (both.isAlive() && !windows.contains("51")) {
      Thread.sleep(500);
      windows = windowsOf(output.resolve("store.sqlite"), "cold");
    }
    both.interrupt();
    assertThat(both.await()).as(both.err()).isZero();
    assertThat(windows).isEqualTo("51");
    assertThat(windowsOf(output.resolve("store.sqlite"), "stalled")).isEqualTo("10");
    assertThat(both.out()).contains("\"paused\":true");
    assertThat(output.resolve("DONE")).doesNotExist();
  }

  private static String windowsOf(Path store, String simulation) throws Exception {
    if (!Files.exists(store)) {
      return "";
    }
    long count =
        StoreContents.of(store).getOrDefault("windows", List.of()).stream()
            .filter(row -> row.contains("simulation=" + simulation + " "))
            .count();
    return Long.toString(count);
  }

  private static List<String> arguments(Path input, Path output) {
    return List.of(
        "monitor",
        "--frames",
        "follow:" + input + "?T=0.6&dt=0.005&id=cold",
        "--until",
        "60",
        "--tail-fraction",
        "0.01",
        "--export",
        "hops=" + output.resolve("hops.h5"),
        "--capture",
        "above=0.02",
        "--output",
        output.toString(),
        "--json");
  }

  /** The frames of a dump, each as its text. */
  private static List<String> frames() throws IOException {
    Path dump = Path.of(System.getProperty("vitrine.root"), "testdata/ka512/ka512_T0.60.lammpstrj");
    List<String> frames = new ArrayList<>();
    for (String text : Files.readString(dump).split("(?=ITEM: TIMESTEP)", -1)) {
      frames.add(text.stripTrailing());
    }
    assertThat(frames).hasSize(FRAMES);
    return frames;
  }

  private static double[][] doubles(Path file, String name) {
    try (HdfFile hdf = new HdfFile(file)) {
      return (double[][]) hdf.getDatasetByPath(name).getData();
    }
  }

  private static float[][] floats(Path file) {
    try (HdfFile hdf = new HdfFile(file)) {
      return (float[][]) hdf.getDatasetByPath("features").getData();
    }
  }

  /**
   * Writes a dump frame by frame, each in two pieces, as an engine under load does. The last frame
   * waits, so that no run is done before it is killed, however long processes take to start.
   */
  private static final class Producer extends Thread {
    private final Path path;
    private final List<String> frames;
    private final long pauseMillis;
    private final CountDownLatch last = new CountDownLatch(1);

    Producer(Path path, List<String> frames, long pauseMillis) {
      this.path = path;
      this.frames = frames;
      this.pauseMillis = pauseMillis;
    }

    @Override
    public void run() {
      try {
        for (String frame : frames) {
          if (frame.equals(frames.get(frames.size() - 1))) {
            last.await();
          }
          append(frame.substring(0, frame.length() / 2));
          Thread.sleep(pauseMillis / 2);
          append(frame.substring(frame.length() / 2) + "\n");
          Thread.sleep(pauseMillis / 2);
        }
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    void writeLast() {
      last.countDown();
    }

    private void append(String text) throws IOException {
      Files.writeString(path, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
  }
}
