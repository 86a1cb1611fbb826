package io.vitrine.streaming.io.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vitrine.Patience;
import io.vitrine.format.imd.ImdServer;
import io.vitrine.model.Frame;
import io.vitrine.streaming.Walks;
import io.vitrine.streaming.io.Dumps;
import io.vitrine.streaming.io.FrameEvent;
import io.vitrine.streaming.io.FrameMark;
import io.vitrine.streaming.io.FrameReader;
import io.vitrine.streaming.io.Readers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reader of an IMD stream next to the server of the built-in engine. */
final class ImdFeedTest {
  private static final String HOST = "127.0.0.1";

  @TempDir private Path folder;

  private FrameOptions options(int port, int particles) throws IOException {
    return options(port, particles, "");
  }

  private FrameOptions options(int port, int particles, String keys) throws IOException {
    String text = Dumps.text(Walks.of("s", 1, 1).get(0));
    if (particles < Walks.COUNT) {
      text =
          text.replace("ATOMS\n" + Walks.COUNT, "ATOMS\n" + particles)
              .replaceAll("(?m)^" + Walks.COUNT + " [12] .*\n", "");
    }
    Path types = Files.writeString(folder.resolve("types.lammpstrj"), text);
    FrameOptions options =
        Readers.options("imd://" + HOST + ":" + port + "?T=0.5&types=" + types + keys);
    options.setSpool(folder.resolve("spool").toString());
    options.setIdleMillis(2);
    return options;
  }

  private static void serve(ImdServer server, List<Frame> frames) {
    try {
      for (Frame frame : frames) {
        server.write(frame, Map.of());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void read_closedAndOpenedAgainAtItsMark_givesEveryFrameOnce() throws Exception {
    List<Frame> frames = Walks.of("s", 1, 12);
    CountDownLatch closed = new CountDownLatch(1);
    AtomicBoolean going = new AtomicBoolean(true);
    List<FrameEvent> events = new ArrayList<>();
    try (ImdServer server = ImdServer.listen(HOST, 0, 0.005, going::get)) {
      FrameOptions options = options(server.port(), Walks.COUNT);
      FrameMark mark;
      CompletableFuture<Void> serving;
      try (FrameReader reader = Readers.open(options, null)) {
        assertThat(folder.resolve("spool"))
            .as("nothing begins before the first poll")
            .doesNotExist();
        serving =
            CompletableFuture.runAsync(
                () -> {
                  serve(server, frames.subList(0, 6));
                  try {
                    closed.await();
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                  serve(server, frames.subList(6, 12));
                });
        for (int k = 0; k < 6; k++) {
          events.add(Readers.next(reader));
        }
        mark = Readers.stored(reader);
      }
      closed.countDown();
      options.setUntil(11);
      try (FrameReader reader = Readers.open(options, mark)) {
        events.addAll(Readers.rest(reader));
      }
      going.set(false);
      serving.get(Patience.STILL.toSeconds(), TimeUnit.SECONDS);
    }
    assertThat(Readers.deadLetters(events)).isEmpty();
    assertThat(events.get(events.size() - 1).failure()).isNull();
    List<Frame> got =
        events.stream()
            .filter(e -> e.kind() == FrameEvent.Kind.FRAME)
            .map(FrameEvent::frame)
            .toList();
    assertThat(got).hasSize(12);
    for (int k = 0; k < 12; k++) {
      assertThat(got.get(k).time()).isEqualTo(k);
      assertThat(got.get(k).particles()).isEqualTo(frames.get(k).particles());
      double edge = frames.get(k).box().lx();
      for (int i = 0; i < 3 * Walks.COUNT; i++) {
        // The spool's origin is the middle of the box.
        double d = got.get(k).positions()[i] + edge / 2 - frames.get(k).positions()[i];
        assertThat(d - edge * Math.rint(d / edge)).isCloseTo(0, within(1e-6));
      }
    }
  }

  @Test
  void read_engineInItsOwnUnits_areDividedByThem() throws Exception {
    List<Frame> frames = Walks.of("s", 1, 3);
    AtomicBoolean going = new AtomicBoolean(true);
    List<FrameEvent> events;
    try (ImdServer server = ImdServer.listen(HOST, 0, 0.005, going::get)) {
      FrameOptions options = options(server.port(), Walks.COUNT, "&length=0.5&time=1");
      options.setUntil(2);
      CompletableFuture<Void> serving = CompletableFuture.runAsync(() -> serve(server, frames));
      try (FrameReader reader = Readers.open(options, null)) {
        events = Readers.rest(reader);
      }
      going.set(false);
      serving.get(Patience.STILL.toSeconds(), TimeUnit.SECONDS);
    }
    List<Frame> got =
        events.stream()
            .filter(e -> e.kind() == FrameEvent.Kind.FRAME)
            .map(FrameEvent::frame)
            .toList();
    assertThat(got).hasSize(3);
    for (int k = 0; k < 3; k++) {
      assertThat(got.get(k).time()).isEqualTo(k);
      double edge = 2 * frames.get(k).box().lx();
      assertThat(got.get(k).box().lx()).isCloseTo(edge, within(1e-5));
      for (int i = 0; i < 3 * Walks.COUNT; i++) {
        double d = got.get(k).positions()[i] + edge / 2 - 2 * frames.get(k).positions()[i];
        assertThat(d - edge * Math.rint(d / edge)).isCloseTo(0, within(1e-5));
      }
    }
  }

  @Test
  void read_engineOfAnotherSize_endsWithTheReason() throws Exception {
    AtomicBoolean going = new AtomicBoolean(true);
    List<FrameEvent> events;
    try (ImdServer server = ImdServer.listen(HOST, 0, 0.005, going::get)) {
      FrameOptions options = options(server.port(), Walks.COUNT - 1);
      CompletableFuture<Void> serving =
          CompletableFuture.runAsync(() -> serve(server, Walks.of("s", 1, 3)));
      try (FrameReader reader = Readers.open(options, null)) {
        events = Readers.rest(reader);
      }
      going.set(false);
      serving.get(Patience.STILL.toSeconds(), TimeUnit.SECONDS);
    }
    assertThat(events).hasSize(1);
    assertThat(events.get(0).failure()).contains("9").contains("10");
  }
}
