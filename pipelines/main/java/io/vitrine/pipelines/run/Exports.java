package io.vitrine.pipelines.run;

import io.vitrine.format.trajectory.Trajectories;
import io.vitrine.model.Check;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Files to be made at the end of a run.
 *
 * @param hops p_hop and scores, or null
 * @param features structure functions, or null
 * @param particles trajectory with p_hop and scores, or null
 * @param partBytes data a part holds at most
 */
public record Exports(Path hops, Path features, Path particles, long partBytes) {
  public Exports {
    if (partBytes <= 0) {
      throw Check.refuse("--export-part", "be > 0 bytes", partBytes);
    }
  }

  private static final Set<String> KINDS = Set.of("hops", "features", "particles");

  /** The file of {@code particles=FILE}, which alone is allowed. */
  public static Path particlesOnly(String pair) {
    Path particles = parse(List.of(pair), List.of(), 1).particles();
    if (particles == null) {
      throw Check.refuse("--export of score", "be particles=FILE", "'" + pair + "'");
    }
    return particles;
  }

  /** Parses {@code KIND=FILE} pairs. */
  public static Exports parse(List<String> pairs, List<Double> at, long partBytes) {
    Map<String, Path> files = new TreeMap<>();
    for (String pair : pairs) {
      int eq = pair.indexOf('=');
      String kind = eq < 0 ? pair : pair.substring(0, eq);
      String file = eq < 0 ? "" : pair.substring(eq + 1);
      if (file.isEmpty()) {
        throw Check.refuse("--export", "be KIND=FILE", "'" + pair + "'");
      }
      if (!KINDS.contains(kind)) {
        throw Check.refuse(
            "--export", "be hops=FILE, features=FILE or particles=FILE", "'" + pair + "'");
      }
      if (files.put(kind, Path.of(file)) != null) {
        throw Check.refuse("--export " + kind, "be given once", "'" + pair + "'");
      }
    }
    Path features = files.get("features");
    Path particles = files.get("particles");
    if (particles != null && !Trajectories.isWritable(particles)) {
      throw Check.refuse(
          "--export particles", "end in .gsd, .extxyz, .h5 or .lammpstrj", "'" + particles + "'");
    }
    if (features != null && at.isEmpty()) {
      throw Check.refuse("--at", "name the times of --export features", "nothing");
    }
    if (features == null && !at.isEmpty()) {
      throw Check.refuse("--at", "go with --export features=FILE", at);
    }
    return new Exports(files.get("hops"), features, particles, partBytes);
  }
}
