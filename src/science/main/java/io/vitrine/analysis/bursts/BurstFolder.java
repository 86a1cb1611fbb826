package io.vitrine.analysis.bursts;

import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.analysis.window.ModelScores;
import io.vitrine.format.TrajectoryWriter;
import io.vitrine.format.WholeFile;
import io.vitrine.format.run.ParticleExport;
import io.vitrine.learning.Model;
import io.vitrine.model.Frame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Bursts as trajectories, {@code SIMULATION/burst-TIME.gsd}, TIME being the centre of the first
 * window in tau: every frame with {@code p_hop} at its time and the score of its structure, NaN for
 * particles not looked at.
 *
 * <p>A file is written aside and renamed; the same burst leaves the same file.
 */
public final class BurstFolder {
  private static final String SUFFIX = ".gsd";

  private final Path root;
  private final AnalysisSpec spec;
  private final List<String> names;
  private final ModelScores models;

  /** A folder whose frames are scored by these models. */
  public BurstFolder(Path root, AnalysisSpec spec, ModelScores models) {
    this.root = root;
    this.spec = spec;
    this.names = models.models().stream().map(Model::name).toList();
    this.models = models;
  }

  /** Writes a burst; returns the size of its file, bytes. */
  public long write(Burst burst) throws IOException {
    Path path = path(burst.simulation(), burst.firstMillis());
    try (TrajectoryWriter writer = ParticleExport.begin(path)) {
      for (int f = 0; f < burst.frames().size(); f++) {
        Frame frame = burst.frames().get(f);
        int[] targets = frame.particles().indicesOf(spec.targets());
        List<double[]> scores = new ArrayList<>();
        for (double[] some : models.scores(frame, targets)) {
          scores.add(frame.particles().spread(some, targets));
        }
        double[] pHop = frame.particles().spread(burst.pHop().get(f), targets);
        writer.write(frame, ParticleExport.fields(names, pHop, scores));
      }
    }
    WholeFile.finish(path);
    return Files.size(path);
  }

  /** Removes a burst. */
  public void remove(String simulation, long firstMillis) throws IOException {
    Files.deleteIfExists(path(simulation, firstMillis));
  }

  /** The files of all bursts below a folder, by name. */
  public static List<Path> files(Path root) throws IOException {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(p -> p.getFileName().toString().matches("burst-.*\\" + SUFFIX))
          .sorted()
          .toList();
    }
  }

  private Path path(String simulation, long firstMillis) {
    String name = String.format(Locale.ROOT, "burst-%010.3f%s", firstMillis / 1000.0, SUFFIX);
    return root.resolve(simulation).resolve(name);
  }
}
