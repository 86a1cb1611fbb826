package io.vitrine.format;

import java.nio.file.Path;
import java.util.Map;

/**
 * What a reader is told beside the path.
 *
 * @param simulation identifier stamped on every frame
 * @param dt simulation time per step, in the file's unit of time, or NaN: needed where the file
 *     carries no time
 * @param format name of the format ({@code lammps}, {@code gsd}, {@code h5md}, {@code extxyz}), or
 *     null: told by content
 * @param types file that gives the particles' types where the stream has none, or null
 * @param growing whether the file is still being written: an incomplete last frame is awaited
 *     instead of refused
 * @param units how many of the file's units are a sigma and a tau, or null: then a file that
 *     declares other units is refused
 * @param names other names for species, by the names the file gives them
 * @param property a number per particle that is wanted beside each frame, by its name in the file,
 *     or null: with one, frames need no time
 * @param dimensions 2 to take the plane z = 0 of whatever the file has, 3 to take a file as it
 *     declares its space, 0 to also see it in positions of one z
 */
public record ReaderOptions(
    String simulation,
    double dt,
    String format,
    Path types,
    boolean growing,
    FileUnits units,
    Map<String, String> names,
    String property,
    int dimensions) {

  /** Frames only. */
  public ReaderOptions(
      String simulation,
      double dt,
      String format,
      Path types,
      boolean growing,
      FileUnits units,
      Map<String, String> names) {
    this(simulation, dt, format, types, growing, units, names, null, 0);
  }

  /** A file in reduced units with its own names. */
  public ReaderOptions(String simulation, double dt, String format, Path types, boolean growing) {
    this(simulation, dt, format, types, growing, null, Map.of());
  }

  /** The same with a number per particle, by its name in the file. */
  public ReaderOptions with(String name) {
    return new ReaderOptions(
        simulation, dt, format, types, growing, units, names, name, dimensions);
  }

  /** The same in so many dimensions. */
  public ReaderOptions in(int space) {
    return new ReaderOptions(simulation, dt, format, types, growing, units, names, property, space);
  }

  /** A finished file whose simulation is named here. */
  public static ReaderOptions finished(String simulation, double dt) {
    return new ReaderOptions(simulation, dt, null, null, false);
  }

  /** A growing file whose simulation is named here. */
  public static ReaderOptions growing(String simulation, double dt) {
    return new ReaderOptions(simulation, dt, null, null, true);
  }

  /** The same of a file that is finished. */
  public ReaderOptions whenFinished() {
    return new ReaderOptions(
        simulation, dt, format, types, false, units, names, property, dimensions);
  }
}
