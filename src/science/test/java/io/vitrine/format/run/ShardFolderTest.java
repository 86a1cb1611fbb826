package io.vitrine.format.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
  void write_sameShardTwice_leavesOneWholeFile() throws IOException {
    ShardFolder.at(root).write(Shards.at("a", 5));
    ShardFolder.at(root).write(Shards.at("a", 5));
    try (Stream<Path> files = Files.walk(root).filter(Files::isRegularFile)) {
      assertThat(files)
          .singleElement()
          .satisfies(f -> assertThat(Files.readAllBytes(f)).isEqualTo(Shards.at("a", 5).toBytes()));
    }
  }

  @Test
  void read_leftoverOfAKilledWriter_isNotSeen() throws IOException {
    ShardFolder.at(root).write(Shards.at("a", 5));
    try (Stream<Path> files = Files.walk(root).filter(Files::isRegularFile)) {
      Path shard = files.findFirst().orElseThrow();
      Files.write(shard.resolveSibling("." + shard.getFileName() + ".half"), new byte[3]);
    }
    assertThat(taus("a")).containsExactly(5L);
  }

  @Test
  void read_damagedShard_namesItsFile() throws IOException {
    ShardFolder.at(root).write(Shards.at("a", 5));
    try (Stream<Path> files = Files.walk(root).filter(Files::isRegularFile)) {
      Files.write(files.findFirst().orElseThrow(), Shards.damaged(Shards.at("a", 5), 40));
    }
    assertThatThrownBy(() -> taus("a"))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("0000000005000.shard");
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
    assertThat(folder.find("a", 1_005_000)).contains(Shards.at("a", 1005));
    assertThat(folder.find("a", 3_005_000)).contains(Shards.at("a", 3005));
    assertThat(folder.find("a", 1_006_000)).isEmpty();
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

  /** Killed before the block stands, after it, and while files are removed. */
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
    Files.write(root.resolve("a/0/.half"), new byte[3]);
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

  private List<Long> taus(String simulation) throws IOException {
    try (Stream<WindowShard> shards = ShardFolder.at(root).read(simulation)) {
      return shards.map(s -> s.timeMillis() / 1000).toList();
    }
  }
}
