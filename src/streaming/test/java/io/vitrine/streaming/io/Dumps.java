package io.vitrine.streaming.io;

import io.vitrine.model.Frame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** LAMMPS dumps as text, so that tests can spoil them. */
public final class Dumps {
  private static final int STEPS_PER_TAU = 200;

  private Dumps() {}

  /** One frame; its step is its time at 0.005 tau a step. */
  public static String text(Frame frame) {
    StringBuilder text = new StringBuilder("ITEM: TIMESTEP\n");
    text.append(Math.round(frame.time() * STEPS_PER_TAU)).append("\nITEM: NUMBER OF ATOMS\n");
    text.append(frame.count()).append("\nITEM: BOX BOUNDS pp pp pp\n");
    for (int d = 0; d < 3; d++) {
      text.append("0 ").append(frame.box().lx()).append('\n');
    }
    text.append("ITEM: ATOMS id type x y z\n");
    double[] x = frame.positions();
    for (int i = 0; i < frame.count(); i++) {
      text.append(
          String.format(
              Locale.ROOT,
              "%d %d %.10f %.10f %.10f%n",
              frame.particles().ids()[i],
              frame.particles().types()[i] + 1,
              x[3 * i],
              x[3 * i + 1],
              x[3 * i + 2]));
    }
    return text.toString();
  }

  /** Writes frames and returns the URI that replays them. */
  public static String replay(Path file, List<String> frames) throws IOException {
    Files.writeString(file, String.join("", frames));
    return "replay:" + file + "?dt=0.005";
  }
}
