package io.vitrine.pipelines;

import io.vitrine.analysis.AnalysisSpec;
import io.vitrine.analysis.Quench;
import io.vitrine.dynamics.FrameGate;
import io.vitrine.dynamics.TimeGrid;
import io.vitrine.engine.MixtureSpec;
import io.vitrine.format.BadFrameException;
import io.vitrine.format.ReadPosition;
import io.vitrine.format.Trajectories;
import io.vitrine.format.TrajectoryReader;
import io.vitrine.format.TypesFile;
import io.vitrine.model.Frame;
import io.vitrine.model.Particles;
import io.vitrine.streaming.io.FrameUri;
import io.vitrine.streaming.transforms.Quencher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A look at a source before anything starts: is it there, is it readable, can windows be made of
 * it, how much will come.
 *
 * @param particles number of particles, or -1 where that is not known yet
 * @param targets number of particles looked at, or -1
 * @param frames number of frames that will come, or -1
 * @param quenchSeconds what taking the first frame to its inherent structure cost; NaN without
 */
record Preflight(long particles, long targets, long frames, double quenchSeconds) {
  private static final Preflight UNKNOWN = new Preflight(-1, -1, -1, Double.NaN);

  static Preflight of(FrameUri uri, AnalysisSpec spec, double until) throws FailureException {
    return switch (uri.scheme()) {
      case SIMULATE -> simulation(uri, spec, until);
      case REPLAY -> file(uri, spec, false);
      case FOLLOW -> Files.exists(uri.path()) ? file(uri, spec, true) : UNKNOWN;
      case KAFKA -> UNKNOWN;
      case IMD -> engine(uri, spec);
    };
  }

  private static Preflight simulation(FrameUri uri, AnalysisSpec spec, double until)
      throws FailureException {
    if (uri.get("start") != null) {
      if (!Files.exists(Path.of(uri.get("start")))) {
        throw new FailureException(uri.get("start") + " does not exist (start= of " + uri + ")");
      }
      return UNKNOWN;
    }
    Particles particles = MixtureSpec.kobAndersen((int) uri.whole("N", 4096)).particles();
    long frames =
        Double.isNaN(until)
            ? -1
            : (long) Math.floor(until * 1000 / spec.intervalMillis() + 1e-9) + 1;
    return new Preflight(
        particles.count(), particles.indicesOf(spec.targets()).length, frames, Double.NaN);
  }

  /** An engine is not asked: whoever connects owns its run. */
  private static Preflight engine(FrameUri uri, AnalysisSpec spec) throws FailureException {
    try {
      Particles particles = TypesFile.read(Path.of(uri.get("types"))).particles();
      int targets = particles.indicesOf(spec.targets()).length;
      if (targets == 0) {
        throw new FailureException(uri.get("types") + ": no particle of species " + spec.targets());
      }
      return new Preflight(particles.count(), targets, -1, Double.NaN);
    } catch (IOException e) {
      throw new FailureException(RunFolder.reason(e), e);
    }
  }

  private static Preflight file(FrameUri uri, AnalysisSpec spec, boolean growing)
      throws FailureException {
    if (Files.isDirectory(uri.path())) {
      throw new FailureException(uri.path() + " is a folder, expected a trajectory file");
    }
    FrameGate gate = FrameGate.of(new TimeGrid(spec.intervalMillis()));
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
      int targets = first.particles().indicesOf(spec.targets()).length;
      if (targets == 0) {
        throw new FailureException(
            uri.path() + ": no particle of species " + spec.targets() + " among " + first.count());
      }
      return new Preflight(
          first.count(),
          targets,
          growing ? -1 : reader.countFrames(),
          quenchSeconds(uri, spec, first));
    } catch (FrameGate.SpacingException e) {
      throw new FailureException(uri.path() + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new FailureException(RunFolder.reason(e), e);
    }
  }

  /** Also finds out whether it can be done at all. */
  private static double quenchSeconds(FrameUri uri, AnalysisSpec spec, Frame first)
      throws FailureException {
    if (spec.quench() == Quench.OFF) {
      return Double.NaN;
    }
    Quencher quencher = Quencher.of(spec.quench());
    try {
      quencher.apply(first);
    } catch (IllegalArgumentException e) {
      throw new FailureException(uri.path() + ": cannot be quenched: " + e.getMessage(), e);
    }
    return quencher.seconds();
  }
}
