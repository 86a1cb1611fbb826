package io.vitrine.streaming.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vitrine.dynamics.WindowCount;
import io.vitrine.format.ReadPosition;
import io.vitrine.streaming.io.feed.FrameFeed;
import io.vitrine.streaming.io.feed.FrameOptions;
import java.io.IOException;
import java.net.URLConnection;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.apache.beam.sdk.testing.CoderProperties;
import org.apache.beam.sdk.util.CoderUtils;
import org.junit.jupiter.api.Test;

class FrameSourceTest {
  private static final FrameMark MARK =
      new FrameMark(
          new FrameFeed.Position(new ReadPosition(7, 4711, -5), new byte[] {1, 2, 3}),
          new byte[] {9, 8, 7},
          new WindowCount(7000, 6, 2),
          true);

  @Test
  void split_threeSimulations_givesOneSplitEach() {
    FrameOptions options = Readers.options("simulate:?T=1");
    assertThat(FrameSource.of(List.of("a", "b", "c")).split(1, options)).hasSize(3);
    assertThat(FrameSource.of(List.of("a")).split(8, options)).hasSize(1);
  }

  @Test
  void of_anySimulation_leavesNoJarOpenBehindItsJob() {
    FrameSource.of(List.of("a"));

    assertThat(URLConnection.getDefaultUseCaches("jar")).isFalse();
  }

  @Test
  void of_noSimulation_isRefused() {
    assertThatThrownBy(() -> FrameSource.of(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0");
  }

  @Test
  void createReader_simulationNotAmongFrames_isRefusedByName() {
    assertThatThrownBy(
            () ->
                FrameSource.of(List.of("gone"))
                    .createReader(Readers.options("simulate:?T=1"), null))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("gone");
  }

  @Test
  void markCoder_anyMark_obeysTheLaws() throws Exception {
    FrameMark.MarkCoder coder = new FrameMark.MarkCoder();
    CoderProperties.coderSerializable(coder);
    for (FrameMark mark : List.of(FrameMark.START, MARK)) {
      CoderProperties.coderDecodeEncodeEqual(coder, mark);
      CoderProperties.coderDeterministic(coder, mark, CoderUtils.clone(coder, mark));
    }
    CoderProperties.coderConsistentWithEquals(coder, FrameMark.START, MARK);
  }

  @Test
  void markCoder_cutShortOrOtherVersion_isRefused() throws Exception {
    FrameMark.MarkCoder coder = new FrameMark.MarkCoder();
    byte[] whole = CoderUtils.encodeToByteArray(coder, MARK);
    for (int length = 0; length < whole.length - 4; length++) {
      byte[] cut = Arrays.copyOf(whole, 4 + length);
      ByteBuffer.wrap(cut).putInt(length);
      assertThatThrownBy(() -> CoderUtils.decodeFromByteArray(coder, cut))
          .as("mark of %d bytes", length)
          .isInstanceOf(Exception.class);
    }
    whole[4]++;
    assertThatThrownBy(() -> CoderUtils.decodeFromByteArray(coder, whole))
        .rootCause()
        .hasMessageContaining("version 4");
  }
}
