package io.vitrine.pipelines;

import io.vitrine.model.Check;
import java.nio.file.Path;
import java.util.List;

/**
 * Files to be made at the end of a run.
 *
 * @param hops p_hop and scores, or null
 * @param features structure functions, or null
 * @param partBytes data a part holds at most
 */
record Exports(Path hops, Path features, long partBytes) {
  Exports {
    if (partBytes <= 0) {
      throw Check.refuse("--export-part", "be > 0 bytes", partBytes);
    }
  }

  /** Parses {@code KIND=FILE} pairs. */
  static Exports parse(List<String> pairs, List<Double> at, long partBytes) {
    Path hops = null;
    Path features = null;
    for (String pair : pairs) {
      int eq = pair.indexOf('=');
      String kind = eq < 0 ? pair : pair.substring(0, eq);
      String file = eq < 0 ? "" : pair.substring(eq + 1);
      if (file.isEmpty()) {
        throw Check.refuse("--export", "be KIND=FILE", "'" + pair + "'");
      }
      boolean twice = kind.equals("hops") ? hops != null : features != null;
      if (twice) {
        throw Check.refuse("--export " + kind, "be given once", "'" + pair + "'");
      }
      switch (kind) {
        case "hops" -> hops = Path.of(file);
        case "features" -> features = Path.of(file);
        default ->
            throw Check.refuse("--export", "be hops=FILE or features=FILE", "'" + pair + "'");
      }
    }
    if (features != null && at.isEmpty()) {
      throw Check.refuse("--at", "name the times of --export features", "nothing");
    }
    if (features == null && !at.isEmpty()) {
      throw Check.refuse("--at", "go with --export features=FILE", at);
    }
    return new Exports(hops, features, partBytes);
  }
}
