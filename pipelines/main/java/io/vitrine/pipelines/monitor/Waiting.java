package io.vitrine.pipelines.monitor;

import io.vitrine.format.FileTrouble;
import io.vitrine.format.ReadPosition;
import io.vitrine.format.TrajectoryReader;
import io.vitrine.format.trajectory.Trajectories;
import io.vitrine.streaming.io.feed.FrameScheme;
import io.vitrine.streaming.io.feed.FrameUri;
import java.io.IOException;

/**
 * What a simulation without frames waits for, in words for people.
 *
 * <p>A file is looked at now and then, by a reader of its own; an engine or a broker is not asked.
 */
final class Waiting {
  private static final long LOOK_NANOS = 5_000_000_000L;

  private final FrameUri uri;
  private long lookedAt;
  private String what;

  Waiting(FrameUri uri) {
    this.uri = uri;
  }

  @Override
  public String toString() {
    if (what == null || System.nanoTime() - lookedAt > LOOK_NANOS) {
      what = look();
      lookedAt = System.nanoTime();
    }
    return what;
  }

  private String look() {
    return switch (uri.scheme()) {
      case SIMULATE -> "computing the first frame";
      case IMD -> "waiting for the engine at " + uri.place().replace("/", "");
      case KAFKA -> "waiting for records of " + uri.place().replaceFirst("^//", "");
      case REPLAY, FOLLOW -> file();
    };
  }

  private String file() {
    boolean growing = uri.scheme() == FrameScheme.FOLLOW;
    try (TrajectoryReader reader =
        Trajectories.open(uri.path(), uri.readerOptions(uri.id(), growing), ReadPosition.START)) {
      String diagnosis = reader.next() == null ? reader.diagnosis() : null;
      return "waiting for frames" + (diagnosis == null ? "" : ": " + diagnosis);
    } catch (IOException e) {
      return "waiting for frames: " + FileTrouble.of(e);
    }
  }
}
