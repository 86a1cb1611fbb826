package io.vitrine.format.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardFolderTest {
  @TempDir Path root;

  @Test
  void read_writtenInAnyOrder_comesByTime() throws IOException {
    for (long tau : new long[] {10_000, -7, 999, 1000, 0, -1200, 1001, 9}) {
      ShardFolder.at(root).write(Shards.at("a", tau));
    }
    ShardFolder.at(root).write(Shards.at("b", 3));
    assertThat(taus("a")).containsExactly(-1200L, -7L, 0L, 9L, 999L, 1000L, 1001L, 10_000L);
    assertThat(ShardFolder.at(root).simulations()).containsExactly("a", "b");
  }

  @Test
  void write_manyShards_areInOneFileAWriterAndBlock() throws IOException {
    ShardFolder one = ShardFolder.at(root);
    for (long tau = 0; tau < 1500; tau += 10) {
      one.write(Shards.at("a", tau));
    }
    ShardFolder.at(root).write(Shards.at("a", 5));

    assertThat(logs("0")).hasSize(2);
    assertThat(logs("1")).hasSize(1);
    assertThat(taus("a")).hasSize(151).isSorted();
  }

  @Test
  void write_sameShardAgain_isOneShard() throws IOException {
    ShardFolder folder = ShardFolder.at(root);
    folder.write(Shards.at("a", 5));
    folder.write(Shards.at("a", 5));
    ShardFolder.at(root).write(Shards.at("a", 5));
    assertThat(taus("a")).containsExactly(5L);
  }

  /** A kill ends a file at any byte: the shards before are there, whole. */
  @Test
  void read_cutOffAnywhere_findsWhatIsWhole() throws IOException {
    ShardFolder folder = ShardFolder.at(root);
    folder.write(Shards.at("a", 5));
    Path log = logs("0").get(0);
    long one = Files.size(log);
    folder.write(Shards.at("a", 6));
    byte[] both = Files.readAllBytes(log);
    for (int length = 0; length <= both.length; length++) {
      Files.write(log, Arrays.copyOf(both, length));
      assertThat(taus("a")).hasSize(length < one ? 0 : length < both.length ? 1 : 2);
    }
  }

  @Test
  void read_damagedShard_namesItsFile() throws IOException {
    ShardFolder.at(root).write(Shards.at("a", 5));
    Path log = logs("0").get(0);
    byte[] bytes = Files.readAllBytes(log);
    bytes[60] ^= 1;
    Files.write(log, bytes);
    assertThatThrownBy(() -> taus("a"))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(log + ": 0000000005000.shard is damaged");
  }

  @Test
  void read_damagedLength_namesItsFile() throws IOException {
    ShardFolder.at(root).write(Shards.at("a", 5));
    Path log = logs("0").get(0);
    byte[] bytes = Files.readAllBytes(log);
    bytes[0] = -1;
    Files.write(log, bytes);
    assertThatThrownBy(() -> taus("a")).hasMessageContaining(log + ": damaged at byte 0");
  }

  @Test
  void read_fileOfAnotherVersion_isRefused() throws IOException {
    Files.createDirectories(root.resolve("a/0"));
    Files.write(root.resolve("a/0/0000000005000.shard"), new byte[3]);
    assertThatThrownBy(() -> taus("a"))
        .hasMessageContaining("0000000005000.shard: not a file of shards of this version");
  }

  /** Packed again and again while several threads write: every shard is in the blocks. */
  @Test
  void pack_whileOthersWrite_losesNothing() throws Exception {
    int writers = 3;
    int each = 2000;
    writeBeside(writers, each, () -> ShardFolder.at(root).pack("a", Long.MAX_VALUE));
    ShardFolder.at(root).pack("a", Long.MAX_VALUE);

    assertThat(files()).allMatch(name -> name.endsWith(".zip"));
    assertThat(taus("a")).hasSize(writers * each).isSorted();
  }

  /**
   * What packing does to logs, so often that it comes between the opening of one and the writing.
   */
  @Test
  void write_logRenamedAndReadMeanwhile_isWrittenOnceMore() throws Exception {
    int each = 10_000;
    Set<String> taken = new TreeSet<>();
    writeBeside(1, each, () -> take(taken));
    take(taken);

    assertThat(taken).hasSize(each);
  }

  private void take(Set<String> taken) throws IOException {
    List<Path> logs;
    try (Stream<Path> files = Files.walk(root)) {
      logs = files.filter(file -> file.toString().endsWith(ShardLog.SUFFIX)).toList();
    }
    for (Path log : logs) {
      Path renamed = Files.move(log, log.resolveSibling(UUID.randomUUID() + ShardLog.SUFFIX));
      taken.addAll(ShardLog.list(renamed).keySet());
      Files.delete(renamed);
    }
  }

  private interface Beside {
    void run() throws IOException;
  }

  /**
   * Shards 0, ..., writers * each - 1 of one simulation, while something else is done over and
   * over.
   */
  private void writeBeside(int writers, int each, Beside beside) throws Exception {
    AtomicInteger working = new AtomicInteger(writers);
    ExecutorService threads = Executors.newFixedThreadPool(writers + 1);
    List<Future<?>> running = new ArrayList<>();
    for (int w = 0; w < writers; w++) {
      int first = w;
      running.add(
          threads.submit(
              () -> {
                ShardFolder folder = ShardFolder.at(root);
                for (int n = 0; n < each; n++) {
                  folder.write(Shards.at("a", first + (long) n * writers));
                }
                return working.decrementAndGet();
              }));
    }
    running.add(
        threads.submit(
            () -> {
              while (working.get() > 0) {
                beside.run();
              }
              return 0;
            }));
    for (Future<?> task : running) {
      task.get();
    }
    threads.shutdown();
  }

  @Test
  void read_simulationWithoutShards_isEmpty() throws IOException {
    assertThat(taus("none")).isEmpty();
    assertThat(ShardFolder.at(root.resolve("not there")).simulations()).isEmpty();
  }

  @Test
  void pack_blocksThatAreOver_leavesAFileEachAndTheSameShards() throws IOException {
    ShardFolder folder = ShardFolder.at(root);
    for (long tau = -5; tau < 3010; tau += 5) {
      folder.write(Shards.at("a", tau));
    }
    List<Long> before = taus("a");

    folder.pack("a", 3);

    assertThat(files()).containsExactly("-1.zip", "0.zip", "1.zip", "2.zip", "3");
    assertThat(taus("a")).isEqualTo(before).hasSize(603);
  }

  @Test
  void pack_shardsWrittenAgainAndMore_isTheSameFileAsInOneGo() throws IOException {
    ShardFolder once = ShardFolder.at(root.resolve("once"));
    ShardFolder twice = ShardFolder.at(root.resolve("twice"));
    for (long tau = 0; tau < 50; tau++) {
      once.write(Shards.at("a", tau));
    }
    once.pack("a", 1);
    for (long tau = 0; tau < 30; tau++) {
      twice.write(Shards.at("a", tau));
    }
    twice.pack("a", 1);
    for (long tau = 49; tau >= 20; tau--) {
      twice.write(Shards.at("a", tau));
    }
    twice.pack("a", 1);

    assertThat(root.resolve("twice/a/0.zip")).hasSameBinaryContentAs(root.resolve("once/a/0.zip"));
  }

  /** Killed before the block is there, after it, and while logs are removed. */
  @Test
  void pack_killedOnTheWay_losesNothingAndIsDoneAgain() throws IOException {
    ShardFolder folder = ShardFolder.at(root);
    for (long tau = 0; tau < 10; tau++) {
      folder.write(Shards.at("a", tau));
    }
    List<Long> all = taus("a");
    Files.write(root.resolve("a/.0.zip.part"), new byte[100]);
    assertThat(taus("a")).isEqualTo(all);
    folder.pack("a", 1);
    byte[] packed = Files.readAllBytes(root.resolve("a/0.zip"));
    for (long tau = 4; tau < 8; tau++) {
      folder.write(Shards.at("a", tau));
    }
    assertThat(taus("a")).isEqualTo(all);
    folder.pack("a", 1);
    assertThat(files()).containsExactly("0.zip");
    assertThat(root.resolve("a/0.zip")).hasBinaryContent(packed);
  }

  @Test
  void read_packedMeanwhile_goesOn() throws IOException {
    ShardFolder folder = ShardFolder.at(root);
    for (long tau = 990; tau < 1010; tau++) {
      folder.write(Shards.at("a", tau));
    }
    try (Stream<WindowShard> shards = folder.read("a")) {
      List<Long> taus = new ArrayList<>();
      shards.forEach(
          shard -> {
            taus.add(shard.timeMillis() / 1000);
            if (taus.size() == 3) {
              pack(folder);
            }
          });
      assertThat(taus).hasSize(20).isSorted();
    }
  }

  @Test
  void read_damagedBlock_namesItsFile() throws IOException {
    ShardFolder.at(root).write(Shards.at("a", 5));
    ShardFolder.at(root).pack("a", 1);
    Files.write(root.resolve("a/0.zip"), new byte[200]);
    assertThatThrownBy(() -> taus("a")).hasMessageContaining("0.zip");
  }

  private static void pack(ShardFolder folder) {
    try {
      folder.pack("a", 2);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(root.resolve("a"))) {
      return files
          .map(f -> f.getFileName().toString())
          .filter(n -> !n.startsWith("."))
          .sorted()
          .toList();
    }
  }

  private List<Path> logs(String block) throws IOException {
    try (Stream<Path> files = Files.list(root.resolve("a").resolve(block))) {
      return files.toList();
    }
  }

  private List<Long> taus(String simulation) throws IOException {
    try (Stream<WindowShard> shards = ShardFolder.at(root).read(simulation)) {
      return shards.map(s -> s.timeMillis() / 1000).toList();
    }
  }
}
