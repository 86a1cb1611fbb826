package io.vitrine.analysis;

import io.vitrine.format.Columns;
import java.io.IOException;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Integer counts of one window, to be added up in any order.
 *
 * @param simulation identifier of the simulation
 * @param timeMillis centre of the window, ms of event time
 * @param histograms by kind: bin, count, ...
 * @param counters by model and version ({@link #key}): bin of the raw score, structures,
 *     rearranging, ...
 */
public record WindowCounts(
    String simulation,
    long timeMillis,
    SortedMap<String, int[]> histograms,
    SortedMap<String, int[]> counters) {
  private static final byte VERSION = 1;

  /** Model name and version as one key. */
  public static String key(String model, String version) {
    return model + "\n" + version;
  }

  /** Name of the model in a key. */
  public static String model(String key) {
    return key.substring(0, key.indexOf('\n'));
  }

  /** Version of the model in a key. */
  public static String version(String key) {
    return key.substring(key.indexOf('\n') + 1);
  }

  /** The byte form: version, columns. */
  public byte[] toBytes() {
    Columns.Writer out = new Columns.Writer(8192);
    out.put(VERSION).put(simulation).put(timeMillis);
    write(out, histograms);
    write(out, counters);
    return out.toBytes();
  }

  /** Reads the byte form. */
  public static WindowCounts fromBytes(byte[] bytes) throws IOException {
    Columns.Reader in = new Columns.Reader(bytes, "window counts");
    byte version = in.getByte();
    if (version != VERSION) {
      throw new IOException("window counts have version " + version + ", expected " + VERSION);
    }
    WindowCounts counts = new WindowCounts(in.getString(), in.getLong(), read(in), read(in));
    in.end();
    return counts;
  }

  private static void write(Columns.Writer out, SortedMap<String, int[]> bins) {
    out.put(bins.size());
    bins.forEach((kind, column) -> out.put(kind).put(column));
  }

  private static SortedMap<String, int[]> read(Columns.Reader in) throws IOException {
    int n = in.getInt();
    SortedMap<String, int[]> bins = new TreeMap<>();
    for (int k = 0; k < n; k++) {
      bins.put(in.getString(), in.getInts());
    }
    return bins;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WindowCounts that && Arrays.equals(toBytes(), that.toBytes());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(toBytes());
  }
}
