package io.vitrine.streaming.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vitrine.format.gsd.GsdWriter;
import io.vitrine.model.Frame;
import io.vitrine.model.Particles;
import io.vitrine.streaming.Walks;
import io.vitrine.streaming.io.feed.FrameOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.DoubleStream;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrameReaderTest {
  @TempDir Path folder;

  @Test
  void resume_fromEveryMarkOfSpoiledDump_emitsExactlyTheRest() throws IOException {
    assertResumes(Dumps.replay(folder.resolve("s.dump"), spoiled()));
  }

  @Test
  void resume_fromEveryMarkOfThinnedGsd_emitsExactlyTheRest() throws IOException {
    Path file = folder.resolve("s.gsd");
    try (GsdWriter writer = GsdWriter.create(file)) {
      for (Frame frame : halfTaus(13)) {
        writer.write(frame);
      }
    }
    assertResumes("replay:" + file + "?dt=0.005");
  }

  private static void assertResumes(String uri) throws IOException {
    List<FrameEvent> all = new ArrayList<>();
    List<FrameMark> marks = new ArrayList<>();
    try (FrameReader reader = Readers.open(uri, null)) {
      marks.add(Readers.stored(reader));
      do {
        all.add(Readers.next(reader));
        marks.add(Readers.stored(reader));
      } while (all.get(all.size() - 1).kind() != FrameEvent.Kind.END);
    }
    assertThat(all).hasSizeGreaterThan(6);
    for (int k = 0; k < all.size(); k++) {
      try (FrameReader reader = Readers.open(uri, marks.get(k))) {
        assertThat(Readers.rest(reader))
            .as("after %d events", k)
            .isEqualTo(all.subList(k, all.size()));
      }
    }
    try (FrameReader reader = Readers.open(uri, marks.get(all.size()))) {
      assertThat(reader.start()).as("resumed after the end").isFalse();
      assertThat(reader.getWatermark()).isEqualTo(BoundedWindow.TIMESTAMP_MAX_VALUE);
    }
  }

  @Test
  void watermark_everyEvent_isTheNextExpectedFrameAndTheEndOfTimeOnlyAfterTheEnd()
      throws IOException {
    String uri = Dumps.replay(folder.resolve("s.dump"), spoiled());
    try (FrameReader reader = Readers.open(uri, null)) {
      Instant expected = BoundedWindow.TIMESTAMP_MIN_VALUE;
      FrameEvent event = null;
      while (event == null || event.kind() != FrameEvent.Kind.END) {
        assertThat(reader.getWatermark()).as("after %s", event).isEqualTo(expected);
        event = Readers.next(reader);
        assertThat(reader.getCurrentTimestamp())
            .as("%s is not late", event)
            .isGreaterThanOrEqualTo(expected);
        if (event.kind() == FrameEvent.Kind.FRAME) {
          expected = Instant.ofEpochMilli(event.millis() + 1000);
        }
      }
      assertThat(reader.getWatermark()).as("while the end is current").isEqualTo(expected);
      assertThat(reader.advance()).isFalse();
      assertThat(reader.getWatermark()).isEqualTo(BoundedWindow.TIMESTAMP_MAX_VALUE);
      assertThatThrownBy(reader::getCurrent).isInstanceOf(NoSuchElementException.class);
    }
  }

  @Test
  void read_nanAndChangedCount_goToDeadLettersAndFramesThatComeAgainAreLeftOut()
      throws IOException {
    List<FrameEvent> events = Readers.all(Dumps.replay(folder.resolve("s.dump"), spoiled()));
    assertThat(Readers.frameTimes(events)).containsExactly(0., 1., 2., 3., 5., 7., 8., 9.);
    List<FrameEvent> dead = Readers.deadLetters(events);
    assertThat(dead).extracting(e -> e.letter().ordinal()).containsExactly(4L, 7L);
    assertThat(dead).extracting(e -> e.letter().time()).containsExactly(4., 6.);
    assertThat(dead.get(0).letter().reason()).contains("particle 3").containsIgnoringCase("nan");
    assertThat(dead.get(1).letter().reason()).contains("9 particles").contains("10");
    assertThat(events)
        .flatExtracting(FrameEvent::notices)
        .extracting("count")
        .containsExactly(1L, 2L);
    FrameEvent end = events.get(events.size() - 1);
    assertThat(end.failure()).isNull();
  }

  /** 0..9 tau: 4 has a NaN, 2 comes again behind it, 6 lacks a particle, 7 comes twice. */
  private static List<String> spoiled() {
    List<Frame> walk = Walks.of("s", 1, 10);
    List<String> frames = new ArrayList<>();
    for (Frame frame : walk) {
      switch ((int) frame.time()) {
        case 4 -> {
          frames.add(Dumps.text(frame).replaceFirst("\n3 1 \\S+", "\n3 1 nan"));
          frames.add(Dumps.text(walk.get(2)));
        }
        case 6 -> frames.add(Dumps.text(withoutLast(frame)));
        case 7 -> {
          frames.add(Dumps.text(frame));
          frames.add(Dumps.text(frame));
        }
        default -> frames.add(Dumps.text(frame));
      }
    }
    return frames;
  }

  private static Frame withoutLast(Frame frame) {
    int n = frame.count() - 1;
    byte[] types = Arrays.copyOf(frame.particles().types(), n);
    return frame.toBuilder()
        .particles(Particles.numbered(1, types))
        .wrapped(Arrays.copyOf(frame.positions(), 3 * n), null)
        .build();
  }

  @Test
  void read_framesTwiceAsDense_thinsToTheInterval() throws IOException {
    List<FrameEvent> events =
        Readers.all(
            Dumps.replay(folder.resolve("s.dump"), halfTaus(9).stream().map(Dumps::text).toList()));
    assertThat(Readers.frameTimes(events)).containsExactly(0., 1., 2., 3., 4.);
    assertThat(events).extracting(FrameEvent::thinned).containsExactly(0L, 1L, 2L, 3L, 4L, 4L);
    assertThat(events).extracting(FrameEvent::ordinal).containsExactly(0L, 2L, 4L, 6L, 8L, 9L);
  }

  private static List<Frame> halfTaus(int frames) {
    return Walks.of("s", 2, frames).stream()
        .map(f -> f.toBuilder().at(f.step() / 2, f.time() / 2).build())
        .toList();
  }

  @Test
  void read_framesTooCoarse_endsTheSimulationAsFailed() throws IOException {
    List<String> frames =
        Walks.of("s", 3, 9).stream()
            .map(f -> Dumps.text(f.toBuilder().at(2 * f.step(), 2 * f.time()).build()))
            .toList();
    List<FrameEvent> events = Readers.all(Dumps.replay(folder.resolve("s.dump"), frames));
    FrameEvent end = events.get(events.size() - 1);
    assertThat(end.failure()).contains("2.0 tau apart").contains("1.0 tau");
    assertThat(events).hasSizeLessThan(6);
  }

  @Test
  void read_otherPositionsAgain_endsTheSimulationAsFailed() throws IOException {
    List<String> frames = new ArrayList<>();
    Walks.of("s", 3, 14).forEach(f -> frames.add(Dumps.text(f)));
    Walks.of("s", 4, 20).subList(9, 20).forEach(f -> frames.add(Dumps.text(f)));
    List<FrameEvent> events = Readers.all(Dumps.replay(folder.resolve("s.dump"), frames));
    assertThat(Readers.frameTimes(events)).hasSize(14).endsWith(13.);
    assertThat(events).hasSize(15);
    assertThat(events.get(14).failure()).contains("step 1800").contains("step 2600");
  }

  @Test
  void read_fileThatIsNoTrajectory_endsTheSimulationAtOnce() throws IOException {
    Path file = Files.writeString(folder.resolve("s.dump"), "nothing of the kind\n".repeat(9));
    List<FrameEvent> events = Readers.all("replay:" + file + "?dt=0.005");
    assertThat(events).hasSize(1);
    assertThat(events.get(0).failure()).contains("s.dump");
  }

  @Test
  void read_until_endsBehindTheLastFrameWanted() throws IOException {
    String uri =
        Dumps.replay(
            folder.resolve("s.dump"), Walks.of("s", 1, 10).stream().map(Dumps::text).toList());
    FrameOptions options = Readers.options(uri);
    options.setUntil(4.0);
    try (FrameReader reader = Readers.open(options, null)) {
      List<FrameEvent> events = Readers.rest(reader);
      assertThat(Readers.frameTimes(events)).containsExactly(0., 1., 2., 3., 4.);
      assertThat(events.get(5).failure()).isNull();
    }
  }

  @Test
  void follow_growingFile_emitsFramesAsTheyComeAndNoEnd() throws IOException {
    Path file = folder.resolve("s.dump");
    List<String> frames = Walks.of("s", 1, 5).stream().map(Dumps::text).toList();
    try (FrameReader reader = Readers.open("follow:" + file + "?dt=0.005&poll=1e-9", null)) {
      assertThat(reader.start()).as("file not there yet").isFalse();
      // The last frame is only half written.
      int half = frames.get(3).length() / 2;
      Files.writeString(
          file, frames.get(0) + frames.get(1) + frames.get(2) + frames.get(3).substring(0, half));
      for (double tau : DoubleStream.of(0, 1, 2).toArray()) {
        assertThat(Readers.next(reader).frame().time()).isEqualTo(tau);
      }
      assertThat(reader.advance()).as("half a frame").isFalse();
      assertThat(reader.getWatermark()).isEqualTo(Instant.ofEpochMilli(3000));
      Files.writeString(
          file, frames.get(3).substring(half) + frames.get(4), StandardOpenOption.APPEND);
      assertThat(Readers.next(reader).frame().time()).isEqualTo(3);
      assertThat(Readers.next(reader).frame().time()).isEqualTo(4);
      assertThat(reader.advance()).isFalse();
      assertThat(reader.getWatermark()).isEqualTo(Instant.ofEpochMilli(5000));
    }
  }

  @Test
  void simulate_resumedFromMark_computesTheSameFramesBitForBit() throws IOException {
    Path start =
        Path.of(
            System.getProperty("vitrine.root", "."), "testdata", "ka512", "ka512_T0.60.lammpstrj");
    String uri = "simulate:?T=0.6&N=512&start=" + start.toAbsolutePath();
    List<FrameEvent> all = new ArrayList<>();
    FrameMark mark = null;
    try (FrameReader reader = Readers.open(uri, null)) {
      for (int k = 0; k < 5; k++) {
        all.add(Readers.next(reader));
        mark = k == 1 ? Readers.stored(reader) : mark;
      }
    }
    try (FrameReader reader = Readers.open(uri, mark)) {
      for (FrameEvent event : all.subList(2, 5)) {
        assertThat(Readers.next(reader)).isEqualTo(event);
      }
    }
    assertThat(Readers.frameTimes(all)).containsExactly(0., 1., 2., 3., 4.);
  }
}
