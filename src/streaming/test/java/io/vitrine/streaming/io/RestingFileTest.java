package io.vitrine.streaming.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitrine.model.Frame;
import io.vitrine.results.rows.NoticeRow;
import io.vitrine.streaming.Walks;
import io.vitrine.streaming.io.feed.FrameOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A growing file that rests: its user is asked whether it has ended, or it has. */
final class RestingFileTest {
  @TempDir Path folder;

  private FrameOptions options(Path file, double quiet, int frames) throws IOException {
    Dumps.replay(file, texts(0, frames));
    FrameOptions options = Readers.options("follow:" + file + "?dt=0.005&poll=1e-9&quiet=" + quiet);
    options.setIdleMillis(1);
    return options;
  }

  private static List<String> texts(int from, int to) {
    List<Frame> walk = Walks.of("s", 1, 8);
    return walk.subList(from, to).stream().map(Dumps::text).toList();
  }

  @Test
  void read_fileThatRests_asksOnceAndGoesOnWhenItGrows() throws IOException {
    Path file = folder.resolve("s.dump");
    try (FrameReader reader = Readers.open(options(file, 0.2, 3), null)) {
      FrameEvent event = Readers.next(reader);
      while (event.kind() != FrameEvent.Kind.NOTE) {
        event = Readers.next(reader);
      }
      assertThat(event.notices()).hasSize(1);
      assertThat(event.notices().get(0).subject()).isEqualTo(NoticeRow.OUTAGE);
      assertThat(event.notices().get(0).count()).isEqualTo(1);
      assertThat(event.notices().get(0).text()).startsWith("ended? ").contains("--until-quiet");
      Files.writeString(file, String.join("", texts(3, 4)), StandardOpenOption.APPEND);
      FrameEvent next = Readers.next(reader);
      assertThat(next.kind()).isEqualTo(FrameEvent.Kind.FRAME);
      assertThat(next.notices()).extracting(FrameEvent.Notice::count).containsExactly(0L);
    }
  }

  @Test
  void read_untilQuiet_endsWithEveryFrame() throws IOException {
    FrameOptions options = options(folder.resolve("s.dump"), 0.2, 5);
    options.setUntilQuiet(true);
    try (FrameReader reader = Readers.open(options, null)) {
      List<FrameEvent> events = Readers.rest(reader);
      assertThat(Readers.frameTimes(events)).containsExactly(0., 1., 2., 3., 4.);
      FrameEvent end = events.get(events.size() - 1);
      assertThat(end.failure()).isNull();
      assertThat(end.notices().get(0).text()).contains("has not grown for 0.2 s");
    }
  }

  @Test
  void read_untilQuietBeforeTheFirstFrame_waits() throws IOException {
    FrameOptions options = options(folder.resolve("s.dump"), 0.05, 0);
    options.setUntilQuiet(true);
    try (FrameReader reader = Readers.open(options, null)) {
      for (int poll = 0; poll < 200; poll++) {
        assertThat(reader.advance()).isFalse();
      }
    }
  }
}
