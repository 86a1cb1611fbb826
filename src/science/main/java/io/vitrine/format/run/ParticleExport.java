package io.vitrine.format.run;

import io.vitrine.format.OutputFile;
import io.vitrine.format.TrajectoryWriter;
import io.vitrine.format.WholeFile;
import io.vitrine.format.trajectory.Trajectories;
import io.vitrine.format.wire.FrameCodec;
import io.vitrine.model.Frame;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Puts the shards of a run together as trajectories with fields, which OVITO colours by: each frame
 * with {@code p_hop} at its time and the score of its structure, {@code score} with one model,
 * {@code score_MODEL} with several (GSD: {@code log/particles/...}; extended XYZ: columns).
 *
 * <p>NaN for particles not looked at and where no window has the number. One file a simulation;
 * with several the simulation's identifier precedes the suffix. Memory: the shards between a
 * structure and its window.
 */
public final class ParticleExport {
  private final ShardFolder shards;
  private final List<String> models;

  private ParticleExport(ShardFolder shards, List<String> models) {
    this.shards = shards;
    this.models = models;
  }

  /** An export of these models' scores. */
  public static ParticleExport of(ShardFolder shards, List<String> models) {
    fields(models);
    return new ParticleExport(shards, models);
  }

  /**
   * What the score of each model is called.
   *
   * @throws IllegalArgumentException where two models would be called the same
   */
  public static List<String> fields(List<String> models) {
    if (models.size() == 1) {
      return List.of("score");
    }
    List<String> fields =
        models.stream().map(name -> "score_" + name.replaceAll("[^A-Za-z0-9_]", "_")).toList();
    if (fields.stream().distinct().count() < fields.size()) {
      throw new IllegalArgumentException(
          "model names must differ in their letters and digits, but were " + models);
    }
    return fields;
  }

  /** The fields of one frame by name. */
  public static Map<String, double[]> fields(
      List<String> models, double[] pHop, List<double[]> scores) {
    Map<String, double[]> named = new TreeMap<>();
    named.put("p_hop", pHop);
    List<String> names = fields(models);
    for (int m = 0; m < names.size(); m++) {
      named.put(names.get(m), scores.get(m));
    }
    return named;
  }

  /** Opens the file that will be at {@code path} after {@link WholeFile#finish}. */
  public static TrajectoryWriter begin(Path path) throws IOException {
    OutputFile.prepare(path);
    return Trajectories.create(WholeFile.aside(path));
  }

  /** Writes all frames whose windows are complete; returns the files made. */
  public List<Path> write(Path path, List<String> simulations) throws IOException {
    List<Path> files = new ArrayList<>();
    for (String simulation : simulations) {
      Path file = simulations.size() == 1 ? path : named(path, simulation);
      SortedMap<Long, WindowShard> recent = new TreeMap<>();
      try (TrajectoryWriter writer = begin(file);
          Stream<WindowShard> all = shards.read(simulation)) {
        for (Iterator<WindowShard> it = all.iterator(); it.hasNext(); ) {
          WindowShard shard = it.next();
          recent.put(shard.timeMillis(), shard);
          recent.headMap(shard.structureMillis()).clear();
          if (shard.frame() != null) {
            write(writer, shard, recent.get(shard.structureMillis()));
          }
        }
      }
      WholeFile.finish(file);
      files.add(file);
    }
    return files;
  }

  private void write(TrajectoryWriter writer, WindowShard shard, WindowShard now)
      throws IOException {
    Frame frame = FrameCodec.decode(shard.frame());
    Map<Integer, Integer> places = new HashMap<>();
    int[] ids = frame.particles().ids();
    for (int i = 0; i < ids.length; i++) {
      places.put(ids[i], i);
    }
    List<double[]> scores = new ArrayList<>();
    for (String model : models) {
      int m = shard.models().indexOf(model);
      scores.add(spread(m < 0 ? null : shard.scores()[m], shard.particles(), places, ids.length));
    }
    double[] pHop =
        now == null
            ? spread(null, new int[0], places, ids.length)
            : spread(now.pHop(), now.particles(), places, ids.length);
    writer.write(frame, fields(models, pHop, scores));
  }

  private static double[] spread(
      double[] some, int[] particles, Map<Integer, Integer> places, int count) {
    double[] all = new double[count];
    Arrays.fill(all, Double.NaN);
    for (int i = 0; some != null && i < particles.length; i++) {
      Integer place = places.get(particles[i]);
      if (place != null) {
        all[place] = some[i];
      }
    }
    return all;
  }

  private static Path named(Path path, String simulation) {
    String name = path.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return path.resolveSibling(name.substring(0, dot) + "-" + simulation + name.substring(dot));
  }
}
