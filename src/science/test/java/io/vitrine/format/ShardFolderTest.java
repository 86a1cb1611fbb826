package io.vitrine.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

  private List<Long> taus(String simulation) throws IOException {
    try (Stream<WindowShard> shards = ShardFolder.at(root).read(simulation)) {
      return shards.map(s -> s.timeMillis() / 1000).toList();
    }
  }
}
