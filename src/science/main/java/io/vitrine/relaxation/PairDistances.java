package io.vitrine.relaxation;

import io.vitrine.geometry.NeighbourLoop;
import io.vitrine.model.Box;
import io.vitrine.model.Frame;
import java.nio.ByteBuffer;

/**
 * g(r) of each pair of species over some frames: g_ab(r) = V / (N_a N_b) times the mean number of
 * pairs with a distance in a bin over the bin's volume (N_a (N_a - 1) for a = b).
 *
 * <p>Bins of {@value #WIDTH} sigma up to {@value #REACH}; counts are whole numbers. All periodic
 * images count: beyond half the box g includes a particle's own images. Cost: two neighbour loops.
 */
final class PairDistances {
  static final double WIDTH = 0.05;
  private static final double REACH = 4;
  private static final int BINS = (int) Math.round(REACH / WIDTH);

  private int frames;
  private double volume;
  private final int[] particles;
  private final long[] counts;

  /** Of so many species. */
  PairDistances(int species) {
    particles = new int[species];
    counts = new long[species * (species + 1) / 2 * BINS];
  }

  void add(Frame frame, int dimensions) {
    Box box = frame.box();
    Frame seen = dimensions == 2 ? flat(frame) : frame;
    NeighbourLoop loop = NeighbourLoop.over(seen, REACH);
    for (int type = 0; type < particles.length; type++) {
      int a = type;
      int[] targets = frame.particles().indicesOf(a);
      particles[a] = targets.length;
      loop.forEach(targets, (slot, b, squared, n) -> count(a, b, squared, n));
    }
    frames++;
    volume += dimensions == 2 ? box.lx() * box.ly() : box.volume();
  }

  private static Frame flat(Frame frame) {
    Box b = frame.box();
    return frame.toBuilder().box(b.periodic(b.periodicX(), b.periodicY(), false)).build();
  }

  private void count(int a, int b, double[] squared, int n) {
    if (b < a) {
      return;
    }
    int at = pair(a, b) * BINS;
    for (int i = 0; i < n; i++) {
      int bin = (int) (Math.sqrt(squared[i]) * (1 / WIDTH));
      if (bin < BINS) {
        counts[at + bin]++;
      }
    }
  }

  private static int pair(int a, int b) {
    return b * (b + 1) / 2 + a;
  }

  int species() {
    return particles.length;
  }

  int frames() {
    return frames;
  }

  /** g of a pair of species, by bin; null where a species is missing. */
  double[] g(int a, int b, int dimensions) {
    double pairs = (double) particles[a] * (a == b ? particles[b] - 1 : particles[b]);
    if (!(pairs > 0)) {
      return null;
    }
    double[] g = new double[BINS];
    double density = pairs * frames / (volume / frames);
    for (int bin = 0; bin < BINS; bin++) {
      double inner = bin * WIDTH;
      double outer = inner + WIDTH;
      double shell =
          dimensions == 2
              ? Math.PI * (outer * outer - inner * inner)
              : 4.0 / 3 * Math.PI * (outer * outer * outer - inner * inner * inner);
      g[bin] = counts[pair(a, b) * BINS + bin] / (density * shell);
    }
    return g;
  }

  void write(ByteBuffer out) {
    out.putInt(particles.length).putInt(frames).putDouble(volume);
    for (int n : particles) {
      out.putInt(n);
    }
    for (long n : counts) {
      out.putLong(n);
    }
  }

  int bytes() {
    return 2 * Integer.BYTES
        + Double.BYTES
        + Integer.BYTES * particles.length
        + Long.BYTES * counts.length;
  }

  static PairDistances read(ByteBuffer in) {
    PairDistances pairs = new PairDistances(in.getInt());
    pairs.frames = in.getInt();
    pairs.volume = in.getDouble();
    for (int s = 0; s < pairs.particles.length; s++) {
      pairs.particles[s] = in.getInt();
    }
    for (int i = 0; i < pairs.counts.length; i++) {
      pairs.counts[i] = in.getLong();
    }
    return pairs;
  }
}
