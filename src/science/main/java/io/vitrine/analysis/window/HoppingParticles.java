package io.vitrine.analysis.window;

import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.format.wire.Columns;
import java.io.IOException;
import java.util.Arrays;

/**
 * The particles that rearrange in one window, and nothing of the others: what finding hops needs.
 * Takes 16 bytes a particle that rearranges.
 */
public final class HoppingParticles {
  private static final byte VERSION = 1;

  private final long number;
  private final long timeMillis;
  private final int[] places;
  private final int[] ids;
  private final double[] pHop;

  private HoppingParticles(long number, long timeMillis, int[] places, int[] ids, double[] pHop) {
    this.number = number;
    this.timeMillis = timeMillis;
    this.places = places;
    this.ids = ids;
    this.pHop = pHop;
  }

  /** Those of the targets of a window whose p_hop is above p_c. */
  public static HoppingParticles of(HopFrame window, AnalysisSpec spec) {
    double[] all = window.pHop();
    int[] places = new int[all.length];
    int n = 0;
    for (int i = 0; i < all.length; i++) {
      if (all[i] > spec.hopThreshold()) {
        places[n++] = i;
      }
    }
    places = Arrays.copyOf(places, n);
    int[] targets = window.structure().particles().indicesOf(spec.targets());
    int[] ids = new int[n];
    double[] pHop = new double[n];
    for (int k = 0; k < n; k++) {
      ids[k] = window.structure().particles().ids()[targets[places[k]]];
      pHop[k] = all[places[k]];
    }
    return new HoppingParticles(window.number(), window.timeMillis(), places, ids, pHop);
  }

  /** Complete windows of the simulation before this one. */
  public long number() {
    return number;
  }

  /** Centre of the window, ms of event time. */
  long timeMillis() {
    return timeMillis;
  }

  /** How many rearrange. */
  int count() {
    return ids.length;
  }

  /** Place of the k-th among all targets; ascends with k. */
  int place(int k) {
    return places[k];
  }

  int id(int k) {
    return ids[k];
  }

  /** p_hop of the k-th, sigma^2. */
  double pHop(int k) {
    return pHop[k];
  }

  /** The byte form: version, columns. */
  public byte[] toBytes() {
    return new Columns.Writer(40 + 16 * ids.length)
        .put(VERSION)
        .put(number)
        .put(timeMillis)
        .put(places)
        .put(ids)
        .put(pHop)
        .toBytes();
  }

  /** Reads the byte form. */
  public static HoppingParticles fromBytes(byte[] bytes) throws IOException {
    Columns.Reader in = new Columns.Reader(bytes, "hopping particles");
    byte version = in.getByte();
    if (version != VERSION) {
      throw new IOException("hopping particles have version " + version + ", expected " + VERSION);
    }
    HoppingParticles read =
        new HoppingParticles(
            in.getLong(), in.getLong(), in.getInts(), in.getInts(), in.getDoubles());
    in.end();
    return read;
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof HoppingParticles that && Arrays.equals(toBytes(), that.toBytes()));
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(timeMillis) + Arrays.hashCode(ids);
  }
}
