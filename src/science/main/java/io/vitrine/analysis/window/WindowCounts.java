package io.vitrine.analysis.window;

import io.vitrine.format.wire.Columns;
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
 * @param counters by model and version: bin of the raw score, structures, rearranging, ...
 */
public record WindowCounts(
    String simulation,
    long timeMillis,
    SortedMap<String, int[]> histograms,
    SortedMap<ModelVersion, int[]> counters) {
  private static final byte VERSION = 1;

  /** The byte form: version, columns. */
  public byte[] toBytes() {
    Columns.Writer out = new Columns.Writer(8192);
    out.put(VERSION).put(simulation).put(timeMillis);
    out.put(histograms.size());
    histograms.forEach((kind, column) -> out.put(kind).put(column));
    out.put(counters.size());
    counters.forEach((model, column) -> out.put(model.model()).put(model.version()).put(column));
    return out.toBytes();
  }

  /** Reads the byte form. */
  public static WindowCounts fromBytes(byte[] bytes) throws IOException {
    Columns.Reader in = new Columns.Reader(bytes, "window counts");
    byte version = in.getByte();
    if (version != VERSION) {
      throw new IOException("window counts have version " + version + ", expected " + VERSION);
    }
    String simulation = in.getString();
    long time = in.getLong();
    SortedMap<String, int[]> histograms = new TreeMap<>();
    for (int n = in.getInt(); n > 0; n--) {
      histograms.put(in.getString(), in.getInts());
    }
    SortedMap<ModelVersion, int[]> counters = new TreeMap<>();
    for (int n = in.getInt(); n > 0; n--) {
      counters.put(new ModelVersion(in.getString(), in.getString()), in.getInts());
    }
    in.end();
    return new WindowCounts(simulation, time, histograms, counters);
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
