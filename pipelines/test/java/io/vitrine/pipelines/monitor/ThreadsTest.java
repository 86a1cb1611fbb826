package io.vitrine.pipelines.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitrine.streaming.io.feed.FrameUri;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThreadsTest {
  private static final String FOLLOWED = "follow:a.gsd?T=0.5";
  private static final String FINISHED = "replay:b.gsd?T=0.5";

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "4, 1", "5, 2", "16, 4", "64, 8"})
  void of_besideARunThatIsFollowed_isAQuarterOfTheProcessors(int processors, int threads) {
    assertThat(threads(processors, FOLLOWED)).isEqualTo(threads);
    assertThat(threads(processors, FINISHED, FOLLOWED)).isEqualTo(threads);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 2", "8, 8", "64, 8"})
  void of_finishedFilesAndTheEngine_isAllProcessorsUpToEight(int processors, int threads) {
    assertThat(threads(processors, FINISHED, "simulate:?T=0.5&N=1000")).isEqualTo(threads);
  }

  @Test
  void of_framesThatAreSent_countAsARunBeside() {
    assertThat(threads(8, "kafka://127.0.0.1:9092/a?T=0.5")).isEqualTo(2);
    assertThat(threads(8, "imd://127.0.0.1:8888?T=0.5&types=a.data")).isEqualTo(2);
  }

  private static int threads(int processors, String... uris) {
    return Threads.of(Stream.of(uris).map(FrameUri::parse).toList(), processors);
  }
}
