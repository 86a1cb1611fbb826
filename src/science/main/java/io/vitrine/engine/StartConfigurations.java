package io.vitrine.engine;

import io.vitrine.model.Check;
import io.vitrine.model.Frame;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * Shipped equilibrated configurations of the Kob-Andersen mixture (80:20, density 1.2, cut at 2.5
 * sigma_ab): a run started from one of them looks equilibrated from its first frame.
 *
 * <p>A resource is a gzipped {@link Simulation#snapshot}; how each was made stands beside them.
 * There is one start for each N and T: runs of several seeds need velocities of their own and some
 * time to forget where they began.
 */
public final class StartConfigurations {
  private StartConfigurations() {}

  /** The configuration of N particles at T, at step 0, with velocities; empty where none ships. */
  public static Optional<Frame> load(int count, double temperature) {
    Check.positive("N", count);
    Check.positive("temperature", temperature);
    String name = nameOf(count, temperature);
    try (InputStream in = StartConfigurations.class.getResourceAsStream(name + ".bin")) {
      if (in == null) {
        return Optional.empty();
      }
      byte[] snapshot = new GZIPInputStream(in).readAllBytes();
      Frame frame = Simulation.restore(snapshot).frame(name);
      return Optional.of(frame.toBuilder().at(0, 0).wrapped(frame.positions(), null).build());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the shipped start " + name, e);
    }
  }

  static String nameOf(int count, double temperature) {
    return "start-N" + count + "-T" + temperature;
  }
}
