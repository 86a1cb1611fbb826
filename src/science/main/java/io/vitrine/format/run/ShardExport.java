package io.vitrine.format.run;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import io.jhdf.exceptions.HdfException;
import io.vitrine.format.OutputFile;
import io.vitrine.format.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * Puts the shards of a run together as one HDF5 file.
 *
 * <p>{@code hops}: {@code time [F]} (tau, ascending), {@code particle [n]}, {@code type [n]},
 * {@code p_hop [F, n]} float64 and {@code score/MODEL [F, n]} of the structures at t - 2 tau, NaN
 * in windows that a model did not score. {@code features}: {@code time [F]} of the structures,
 * {@code particle [n]}, {@code type [n]}, {@code features [F, n, d]} float64.
 *
 * <p>With one simulation the data sets are at the root, with several in a group each, named by the
 * simulation. Beyond {@code partBytes} of data the export continues in numbered parts. Each file is
 * written aside and renamed. Memory: one part.
 */
public final class ShardExport {
  private final ShardFolder shards;
  private final List<String> simulations;
  private final long partBytes;
  private final Map<String, Object> attributes;

  private ShardExport(
      ShardFolder shards,
      List<String> simulations,
      long partBytes,
      Map<String, Object> attributes) {
    this.shards = shards;
    this.simulations = simulations;
    this.partBytes = partBytes;
    this.attributes = attributes;
  }

  /**
   * An export of these simulations, with attributes (String, Double, Long, double[]) at the root.
   */
  public static ShardExport of(
      ShardFolder shards,
      List<String> simulations,
      long partBytes,
      Map<String, Object> attributes) {
    return new ShardExport(shards, simulations, partBytes, attributes);
  }

  /** Writes p_hop and scores; returns the files made. */
  public List<Path> hops(Path path) throws IOException {
    return write(path, s -> s.pHop() != null, Table::hopBytes, Table::hops);
  }

  /** Writes structure functions; returns the files made. */
  public List<Path> features(Path path) throws IOException {
    return write(path, s -> s.features() != null, Table::featureBytes, Table::features);
  }

  /** Structure times, ms, of which no window of a simulation left its features. */
  public List<Long> without(String simulation, long[] wanted) throws IOException {
    Set<Long> missing = new TreeSet<>();
    for (long millis : wanted) {
      missing.add(millis);
    }
    try (Stream<WindowShard> all = shards.read(simulation)) {
      all.filter(s -> s.features() != null).forEach(s -> missing.remove(s.structureMillis()));
    }
    return List.copyOf(missing);
  }

  /** What is done with the rows of one simulation in one part. */
  private interface Layout {
    void write(Table table, WritableGroup group);
  }

  private List<Path> write(
      Path path, Predicate<WindowShard> wanted, ToLongFunction<WindowShard> bytesOf, Layout layout)
      throws IOException {
    OutputFile.prepare(path);
    List<Path> files = new ArrayList<>();
    Map<String, Table> part = new LinkedHashMap<>();
    long bytes = 0;
    for (String simulation : simulations) {
      try (Stream<WindowShard> all = shards.read(simulation)) {
        for (Iterator<WindowShard> it = all.iterator(); it.hasNext(); ) {
          WindowShard shard = it.next();
          if (!wanted.test(shard)) {
            continue;
          }
          long size = bytesOf.applyAsLong(shard);
          if (bytes > 0 && bytes + size > partBytes) {
            files.add(writePart(ExportParts.numbered(path, files.size() + 1), part, layout));
            part.clear();
            bytes = 0;
          }
          part.computeIfAbsent(simulation, s -> new Table()).add(shard);
          bytes += size;
        }
      }
    }
    Path last = files.isEmpty() ? path : ExportParts.numbered(path, files.size() + 1);
    files.add(writePart(last, part, layout));
    return files;
  }

  private Path writePart(Path path, Map<String, Table> part, Layout layout) throws IOException {
    Path aside = WholeFile.aside(path);
    Files.deleteIfExists(aside);
    try (WritableHdfFile file = HdfFile.write(aside)) {
      attributes.forEach(file::putAttribute);
      for (Map.Entry<String, Table> e : part.entrySet()) {
        layout.write(e.getValue(), simulations.size() == 1 ? file : file.putGroup(e.getKey()));
      }
    } catch (HdfException e) {
      Files.deleteIfExists(aside);
      throw new IOException(path + ": could not be written: " + e.getMessage(), e);
    }
    WholeFile.finish(path);
    return path;
  }

  /** Rows of one simulation. */
  private static final class Table {
    private final List<WindowShard> rows = new ArrayList<>();

    void add(WindowShard shard) {
      rows.add(shard);
    }

    static long hopBytes(WindowShard shard) {
      return (1L + shard.models().size()) * shard.pHop().length * Double.BYTES;
    }

    static long featureBytes(WindowShard shard) {
      return (long) Double.BYTES * shard.features().length;
    }

    void hops(WritableGroup group) {
      common(group, rows.stream().mapToDouble(s -> s.timeMillis() / 1000.0).toArray());
      group.putDataset("p_hop", rows.stream().map(WindowShard::pHop).toArray(double[][]::new));
      Set<String> models = new TreeSet<>();
      rows.forEach(s -> models.addAll(s.models()));
      if (!models.isEmpty()) {
        WritableGroup scores = group.putGroup("score");
        for (String model : models) {
          scores.putDataset(
              model, rows.stream().map(s -> scores(s, model)).toArray(double[][]::new));
        }
      }
    }

    /** Scores of one window, NaN where the model did not score it. */
    private static double[] scores(WindowShard shard, String model) {
      int m = shard.models().indexOf(model);
      if (m >= 0) {
        return shard.scores()[m];
      }
      double[] none = new double[shard.pHop().length];
      Arrays.fill(none, Double.NaN);
      return none;
    }

    void features(WritableGroup group) {
      common(group, rows.stream().mapToDouble(s -> s.structureMillis() / 1000.0).toArray());
      double[][][] features = new double[rows.size()][][];
      for (int f = 0; f < features.length; f++) {
        WindowShard shard = rows.get(f);
        int n = shard.particles().length;
        int width = shard.features().length / n;
        features[f] = new double[n][width];
        for (int i = 0; i < n; i++) {
          System.arraycopy(shard.features(), i * width, features[f][i], 0, width);
        }
      }
      group.putDataset("features", features);
    }

    private void common(WritableGroup group, double[] times) {
      group.putDataset("time", times);
      group.putDataset("particle", rows.get(0).particles());
      group.putDataset("type", rows.get(0).types());
    }
  }
}
