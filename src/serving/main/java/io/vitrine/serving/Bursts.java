package io.vitrine.serving;

import io.vitrine.analysis.bursts.BurstFolder;
import io.vitrine.analysis.window.Snapshots;
import io.vitrine.format.ReadPosition;
import io.vitrine.format.ReaderOptions;
import io.vitrine.format.TrajectoryReader;
import io.vitrine.format.trajectory.Trajectories;
import io.vitrine.model.Frame;
import io.vitrine.results.rows.SnapshotRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The bursts whose frames were kept beside an SQLite store, {@code capture/SIMULATION/burst-*.gsd}.
 * A request names one of those that are there: nothing of it becomes part of a path.
 */
final class Bursts {
  private static final String SQLITE = "jdbc:sqlite:";
  private static final String FOLDER = "capture";
  private static final ReadPosition START = ReadPosition.START;

  private final Path root;

  private Bursts(Path root) {
    this.root = root;
  }

  /**
   * One burst.
   *
   * @param simulation whose
   * @param time centre of its first window, tau
   * @param file where its frames are
   */
  record Burst(String simulation, double time, Path file) {}

  /** One of a burst's frames and how many there are. */
  record Shot(SnapshotRow frame, int frames) {}

  /** Those beside a store; none where the store is no file. */
  static Bursts beside(String store) {
    if (!store.startsWith(SQLITE)) {
      return new Bursts(null);
    }
    String path = store.substring(SQLITE.length()).replaceFirst("\\?.*", "");
    return new Bursts(Path.of(path).toAbsolutePath().resolveSibling(FOLDER));
  }

  /** All of them, by simulation and time. */
  List<Burst> all() throws IOException {
    List<Burst> bursts = new ArrayList<>();
    if (root != null) {
      for (Path file : BurstFolder.files(root)) {
        String name = file.getFileName().toString();
        double time = Double.parseDouble(name.replaceAll("^burst-|\\.gsd$", ""));
        bursts.add(new Burst(root.relativize(file.getParent()).toString(), time, file));
      }
    }
    return bursts;
  }

  /** One frame of a burst, counted from 0, with p_hop and, where there is one, the first score. */
  static Shot shot(Burst burst, int which) throws IOException {
    int frames = 0;
    Frame frame = null;
    double[] pHop = null;
    double[] score = null;
    ReaderOptions options = ReaderOptions.finished(burst.simulation(), Double.NaN);
    try (TrajectoryReader hops = Trajectories.open(burst.file(), options.with("p_hop"), START);
        TrajectoryReader scores = Trajectories.open(burst.file(), options.with("score"), START)) {
      boolean scored = true;
      for (Frame next = hops.next(); next != null; next = hops.next()) {
        scored = scored && has(scores);
        if (frames++ == which) {
          frame = next;
          pHop = hops.property();
          score = scored ? scores.property() : null;
        }
      }
    }
    if (frame == null) {
      throw new IOException(burst.file() + ": has " + frames + " frames");
    }
    if (score == null) {
      score = new double[pHop.length];
      Arrays.fill(score, Double.NaN);
    }
    long millis = Math.round(1000 * frame.time());
    return new Shot(Snapshots.of("burst", millis, frame, "", pHop, score), frames);
  }

  /** Reads on where the file has scores. */
  private static boolean has(TrajectoryReader scores) throws IOException {
    try {
      return scores.next() != null;
    } catch (IOException e) {
      return false; // without a classifier, or with several, there is no field of this name
    }
  }
}
