package io.vitrine.streaming.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vitrine.format.ReadPosition;
import io.vitrine.model.Frame;
import io.vitrine.streaming.Walks;
import io.vitrine.streaming.io.feed.FrameFeed;
import io.vitrine.streaming.io.feed.FrameOptions;
import io.vitrine.streaming.io.feed.FrameUri;
import io.vitrine.streaming.io.feed.Outage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source that cannot be read for a while loses nothing; one that is broken ends at once. */
class OutageTest {
  @TempDir Path folder;

  @Test
  void read_feedThatThrowsForAWhile_losesNothingAndTellsOnceEach() throws IOException {
    List<Frame> walk = Walks.of("s", 1, 6);
    Script script = new Script(walk);
    script.failures.add(new FileSystemException("run.gsd", null, "Stale file handle"));
    try (FrameReader reader = reader("replay:run.gsd?dt=0.005&patience=60", null, script)) {
      List<FrameEvent> events = Readers.rest(reader);
      assertThat(Readers.frameTimes(events)).containsExactly(0., 1., 2., 3., 4., 5.);
      assertThat(events.get(events.size() - 1).failure()).isNull();
      List<FrameEvent.Notice> told = events.stream().flatMap(e -> e.notices().stream()).toList();
      assertThat(told).extracting(FrameEvent.Notice::count).containsExactly(1L, 0L);
      assertThat(told.get(0).text()).contains("Stale file handle").contains("60 s");
      assertThat(told.get(1).text()).contains("again");
      assertThat(script.opened).isEqualTo(2);
    }
  }

  @Test
  void read_markWithinAnOutage_goesOnWhereTheFeedStood() throws IOException {
    List<Frame> walk = Walks.of("s", 1, 6);
    Script script = new Script(walk);
    script.failures.add(new AccessDeniedException("run.gsd"));
    FrameMark mark;
    try (FrameReader reader = reader("replay:run.gsd?dt=0.005", null, script)) {
      do {
        Readers.next(reader);
      } while (reader.getCurrent().kind() != FrameEvent.Kind.NOTE);
      mark = Readers.stored(reader);
    }
    try (FrameReader reader = reader("replay:run.gsd?dt=0.005", mark, new Script(walk))) {
      assertThat(Readers.frameTimes(Readers.rest(reader))).containsExactly(3., 4., 5.);
    }
  }

  @Test
  void read_outageLongerThanPatience_failsTheRunAndNotTheSimulation() throws IOException {
    Script script = new Script(Walks.of("s", 1, 6));
    for (int n = 0; n < 100; n++) {
      script.failures.add(new AccessDeniedException("run.gsd"));
    }
    try (FrameReader reader = reader("replay:run.gsd?dt=0.005&patience=0.001", null, script)) {
      assertThatThrownBy(() -> Readers.rest(reader))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("run.gsd: permission denied")
          .hasMessageContaining("same command");
    }
  }

  @Test
  void read_brokenFormat_endsTheSimulationAtOnce() throws IOException {
    Path file = Files.writeString(folder.resolve("run.gsd"), "x");
    Script script = new Script(Walks.of("s", 1, 6));
    script.failures.add(new IOException("run.gsd was rewritten"));
    try (FrameReader reader = reader("replay:" + file + "?dt=0.005", null, script)) {
      List<FrameEvent> events = Readers.rest(reader);
      assertThat(events.get(events.size() - 1).failure()).contains("was rewritten");
      assertThat(Readers.frameTimes(events)).hasSize(3);
    }
  }

  @Test
  void read_folderRenamedAndBack_losesNothing() throws IOException {
    Path home = Files.createDirectory(folder.resolve("runs"));
    Path away = folder.resolve("away");
    String uri = Dumps.replay(home.resolve("s.dump"), texts(12)).replace("replay:", "follow:");
    List<FrameEvent> events = new ArrayList<>();
    FrameOptions options = Readers.options(uri + "&poll=1e-9");
    // The second try comes after a second.
    options.setIdleMillis(2);
    try (FrameReader reader = Readers.open(options, null)) {
      for (int n = 0; n < 5; n++) {
        events.add(Readers.next(reader));
      }
      Files.move(home, away);
      FrameEvent event = Readers.next(reader);
      while (event.kind() != FrameEvent.Kind.NOTE) {
        // What was buffered before may still come.
        events.add(event);
        event = Readers.next(reader);
      }
      assertThat(event.notices().get(0).text()).contains("cannot be read");
      Files.move(away, home);
      while (Readers.frameTimes(events).size() < 12) {
        events.add(Readers.next(reader));
      }
    }
    assertThat(Readers.frameTimes(events))
        .containsExactly(0., 1., 2., 3., 4., 5., 6., 7., 8., 9., 10., 11.);
    assertThat(Readers.deadLetters(events)).isEmpty();
  }

  @Test
  void isOne_errorsOfTheSystemAndFilesOutOfReach_notOfTheFormat() throws IOException {
    Path file = Files.writeString(folder.resolve("run.gsd"), "x");
    FrameUri uri = FrameUri.parse("replay:" + file + "?dt=0.005");
    assertThat(Outage.isOne(new IOException("expected 4 bytes, found 3"), uri)).isFalse();
    assertThat(Outage.isOne(new java.io.EOFException(), uri)).isFalse();
    assertThat(Outage.isOne(new IOException("x", new AccessDeniedException("x")), uri)).isTrue();
    assertThat(Outage.isOne(ofTheSystem(), uri)).as("reading a folder").isTrue();
    Files.delete(file);
    assertThat(Outage.isOne(new IOException("x does not exist"), uri)).isTrue();
    FrameUri parts = FrameUri.parse("replay:" + folder + "/run.*.gsd?dt=0.005");
    assertThat(Outage.isOne(new IOException("matches no file"), parts)).isFalse();
  }

  /** An error that the system gives: a folder cannot be read as a file. */
  private IOException ofTheSystem() throws IOException {
    try (FileChannel channel = FileChannel.open(folder)) {
      channel.read(java.nio.ByteBuffer.allocate(1));
      throw new AssertionError("a folder was read");
    } catch (IOException e) {
      return e;
    }
  }

  private static List<String> texts(int frames) {
    return Walks.of("s", 1, frames).stream().map(Dumps::text).toList();
  }

  private static FrameReader reader(String uri, FrameMark mark, Script script) {
    return new FrameReader(
        FrameSource.of(List.of("s")),
        "s",
        FrameUri.parse(uri),
        mark == null ? FrameMark.START : mark,
        Readers.options(uri),
        script::open);
  }

  /** Feeds that give frames, and failures at the fourth as long as there are any. */
  private static final class Script {
    private final List<Frame> frames;
    private final Deque<IOException> failures = new ArrayDeque<>();
    private int opened;

    Script(List<Frame> frames) {
      this.frames = frames;
    }

    FrameFeed open(FrameFeed.Position position) {
      opened++;
      return new FrameFeed() {
        private int next = (int) position.read().ordinal();

        @Override
        public Frame poll() throws IOException {
          if (next == 3 && !failures.isEmpty()) {
            throw failures.poll();
          }
          return next < frames.size() ? frames.get(next++) : null;
        }

        @Override
        public boolean ended() {
          return next == frames.size();
        }

        @Override
        public Position position() {
          return new Position(new ReadPosition(next, 0, 0), null);
        }

        @Override
        public void close() {
          // Nothing is held.
        }
      };
    }
  }
}
