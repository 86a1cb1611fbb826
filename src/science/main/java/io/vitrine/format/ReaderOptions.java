package io.vitrine.format;

import java.nio.file.Path;

/**
 * What a reader is told beside the path.
 *
 * @param simulation identifier stamped on every frame
 * @param dt simulation time per step (tau), or NaN: needed where the file carries no time
 * @param format name of the format ({@code lammps}, {@code gsd}, {@code h5md}, {@code extxyz}), or
 *     null: told by content
 * @param types file that gives the particles' types where the stream has none, or null
 * @param growing whether the file is still being written: an incomplete last frame is awaited
 *     instead of refused
 */
public record ReaderOptions(
    String simulation, double dt, String format, Path types, boolean growing) {

  /** A finished file whose simulation is named here. */
  public static ReaderOptions finished(String simulation, double dt) {
    return new ReaderOptions(simulation, dt, null, null, false);
  }

  /** A growing file whose simulation is named here. */
  public static ReaderOptions growing(String simulation, double dt) {
    return new ReaderOptions(simulation, dt, null, null, true);
  }
}
