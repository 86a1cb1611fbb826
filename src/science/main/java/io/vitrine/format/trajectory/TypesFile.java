package io.vitrine.format.trajectory;

import io.vitrine.format.FileUnits;
import io.vitrine.format.ReadPosition;
import io.vitrine.format.ReaderOptions;
import io.vitrine.format.RegularFile;
import io.vitrine.format.TrajectoryReader;
import io.vitrine.format.lammps.LammpsData;
import io.vitrine.model.Box;
import io.vitrine.model.Frame;
import io.vitrine.model.Particles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Who the particles are and which box they are in, for streams that do not say: a LAMMPS data file
 * or the first frame of any trajectory.
 */
public final class TypesFile {
  /** Who the particles are does not depend on units. */
  private static final FileUnits AS_IT_IS = new FileUnits(1, 1);

  private final Particles particles;
  private final Box box;

  private TypesFile(Particles particles, Box box) {
    this.particles = particles;
    this.box = box;
  }

  /**
   * Reads a file.
   *
   * @throws IOException for a file that is neither
   */
  public static TypesFile read(Path path) throws IOException {
    return read(path, Map.of());
  }

  /** Reads a file, with other names for its species. */
  public static TypesFile read(Path path, Map<String, String> renamed) throws IOException {
    if (!Files.exists(path)) {
      throw new IOException("types file " + path + " does not exist");
    }
    RegularFile.check(path);
    if (LammpsData.looksLike(path)) {
      LammpsData data = LammpsData.read(path, renamed);
      return new TypesFile(data.particles(), data.box());
    }
    ReaderOptions options = new ReaderOptions("types", 1, null, null, false, AS_IT_IS, renamed);
    try (TrajectoryReader reader = Trajectories.open(path, options, ReadPosition.START)) {
      Frame frame = reader.next();
      if (frame == null) {
        throw new IOException("types file " + path + ": expected a frame, found none");
      }
      return new TypesFile(frame.particles(), frame.box());
    }
  }

  /** Identifiers, ascending, and species. */
  public Particles particles() {
    return particles;
  }

  /** The box. */
  public Box box() {
    return box;
  }
}
