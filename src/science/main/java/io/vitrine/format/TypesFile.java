package io.vitrine.format;

import io.vitrine.model.Box;
import io.vitrine.model.Frame;
import io.vitrine.model.Particles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Who the particles are and which box they are in, for streams that do not say: a LAMMPS data file
 * or the first frame of any trajectory.
 */
public final class TypesFile {
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
    if (!Files.exists(path)) {
      throw new IOException("types file " + path + " does not exist");
    }
    if (LammpsData.looksLike(path)) {
      LammpsData data = LammpsData.read(path);
      return new TypesFile(data.particles(), data.box());
    }
    try (TrajectoryReader reader =
        Trajectories.open(path, ReaderOptions.finished("types", 1), ReadPosition.START)) {
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
