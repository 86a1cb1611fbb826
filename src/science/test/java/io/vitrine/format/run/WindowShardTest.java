package io.vitrine.format.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WindowShardTest {
  @Test
  void fromBytes_whatToBytesGave_isEqual() throws IOException {
    for (WindowShard shard :
        new WindowShard[] {
          Shards.at("a", 4), Shards.at("a", 5), Shards.withoutHops(Shards.at("a", 4))
        }) {
      WindowShard read = WindowShard.fromBytes(shard.toBytes(), "x");
      assertThat(read).isEqualTo(shard).hasSameHashCodeAs(shard);
      assertThat(read.scores()).isDeepEqualTo(shard.scores());
      assertThat(read.pHop()).isEqualTo(shard.pHop());
      assertThat(read.features()).isEqualTo(shard.features());
    }
  }

  @Test
  void fromBytes_anyDamagedByte_isRefused() {
    WindowShard shard = Shards.at("a", 4);
    for (int position = 0; position < shard.toBytes().length; position++) {
      byte[] bytes = Shards.damaged(shard, position);
      assertThatThrownBy(() -> WindowShard.fromBytes(bytes, "a.shard"))
          .as("byte %d", position)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("a.shard");
    }
  }

  @Test
  void fromBytes_cutShort_isRefused() {
    byte[] whole = Shards.at("a", 4).toBytes();
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> WindowShard.fromBytes(cut, "a.shard"))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void isEmpty_nothingForAFile_isTrue() {
    assertThat(Shards.withoutHops(Shards.at("a", 4)).isEmpty()).isTrue();
    assertThat(Shards.at("a", 4).isEmpty()).isFalse();
  }
}
