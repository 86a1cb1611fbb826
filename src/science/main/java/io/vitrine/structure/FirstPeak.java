package io.vitrine.structure;

import io.vitrine.geometry.NeighbourLoop;
import io.vitrine.model.Frame;

/**
 * Where g(r) of some particles with all others is largest: in a liquid its first peak, the distance
 * of nearest neighbours.
 *
 * <p>Sigma, or mean diameters of pairs where distances are scaled. Looked for up to {@value #REACH}
 * times the mean distance (V/N)^(1/d), in {@value #BINS} bins. NaN for particles without
 * neighbours. Cost: one neighbour loop.
 */
public final class FirstPeak {
  private static final double REACH = 2;
  private static final int BINS = 40;

  private FirstPeak() {}

  /** Of the particles of these indices. */
  public static double of(Frame frame, int[] particles, boolean scaled) {
    int dimensions = frame.box().dimensions();
    double each = frame.box().volume() / frame.count();
    double apart = dimensions == 2 ? Math.sqrt(each) : Math.cbrt(each);
    double reach = REACH * apart;
    if (scaled) {
      double sum = 0;
      for (double diameter : frame.particles().diameters()) {
        sum += diameter;
      }
      reach /= sum / frame.count();
    }
    double width = reach / BINS;
    long[] counts = new long[BINS];
    NeighbourLoop loop =
        scaled ? NeighbourLoop.scaled(frame, reach) : NeighbourLoop.over(frame, reach);
    loop.forEach(
        particles,
        (slot, species, squared, count) -> {
          for (int n = 0; n < count; n++) {
            counts[Math.min(BINS - 1, (int) (Math.sqrt(squared[n]) / width))]++;
          }
        });
    int best = -1;
    double highest = 0;
    for (int b = 0; b < BINS; b++) {
      double g = counts[b] / Math.pow(b + 0.5, dimensions - 1);
      if (g > highest) {
        highest = g;
        best = b;
      }
    }
    return best < 0 ? Double.NaN : (best + 0.5) * width;
  }
}
