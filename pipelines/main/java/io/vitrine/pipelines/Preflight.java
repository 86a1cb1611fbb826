package io.vitrine.pipelines;

import io.vitrine.dynamics.FrameGate;
import io.vitrine.dynamics.TimeGrid;
import io.vitrine.engine.MixtureSpec;
import io.vitrine.format.BadFrameException;
import io.vitrine.format.ReadPosition;
import io.vitrine.format.Trajectories;
import io.vitrine.format.TrajectoryReader;
import io.vitrine.model.Frame;
import io.vitrine.model.Particles;
import io.vitrine.model.Species;
import io.vitrine.streaming.io.FrameUri;
import java.io.IOException;
import java.nio.file.Files;

/**
 * A look at a source before anything starts: is it there, is it readable, can windows be made of
 * it, how much will come.
 *
 * @param particles number of particles, or -1 where that is not known yet
 * @param targets number of particles looked at, or -1
 * @param frames number of frames that will come, or -1
 */
record Preflight(long particles, long targets, long frames) {
  private static final Preflight UNKNOWN = new Preflight(-1, -1, -1);

  static Preflight of(FrameUri uri, Species species, int intervalMillis, double until)
      throws FailureException {
    return switch (uri.scheme()) {
      case SIMULATE -> simulation(uri, species, intervalMillis, until);
      case REPLAY -> file(uri, species, intervalMillis, false);
      case FOLLOW -> Files.exists(uri.path()) ? file(uri, species, intervalMillis, true) : UNKNOWN;
    };
  }

  private static Preflight simulation(
      FrameUri uri, Species species, int intervalMillis, double until) throws FailureException {
    if (uri.get("start") != null) {
      if (!Files.exists(java.nio.file.Path.of(uri.get("start")))) {
        throw new FailureException(uri.get("start") + " does not exist (start= of " + uri + ")");
      }
      return UNKNOWN;
    }
    Particles particles = MixtureSpec.kobAndersen((int) uri.whole("N", 4096)).particles();
    long frames =
        Double.isNaN(until) ? -1 : (long) Math.floor(until * 1000 / intervalMillis + 1e-9) + 1;
    return new Preflight(particles.count(), particles.indicesOf(species).length, frames);
  }

  private static Preflight file(FrameUri uri, Species species, int intervalMillis, boolean growing)
      throws FailureException {
    if (Files.isDirectory(uri.path())) {
      throw new FailureException(uri.path() + " is a folder, expected a trajectory file");
    }
    FrameGate gate = FrameGate.of(new TimeGrid(intervalMillis));
    try (TrajectoryReader reader =
        Trajectories.open(uri.path(), uri.readerOptions(uri.id(), growing), ReadPosition.START)) {
      Frame first = null;
      for (int f = 0; f < FrameGate.SPACING_FRAMES; f++) {
        try {
          Frame frame = reader.next();
          if (frame == null) {
            break;
          }
          gate.judge(frame);
          first = first == null ? frame : first;
        } catch (BadFrameException e) {
          // One bad frame is a dead letter of the run, no reason to refuse it.
          continue;
        }
      }
      if (first == null) {
        if (growing) {
          return UNKNOWN;
        }
        throw new FailureException(uri.path() + ": holds no usable frame, expected at least one");
      }
      int targets = first.particles().indicesOf(species).length;
      if (targets == 0) {
        throw new FailureException(
            uri.path() + ": no particle of species " + species + " among " + first.count());
      }
      return new Preflight(first.count(), targets, growing ? -1 : reader.countFrames());
    } catch (FrameGate.SpacingException e) {
      throw new FailureException(uri.path() + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new FailureException(RunFolder.reason(e), e);
    }
  }
}
