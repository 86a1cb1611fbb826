package io.vitrine.geometry;

import java.util.Arrays;

/**
 * The neighbours of one target, of all species at once: who they are and where they are seen from
 * it. Filled again for each target; a visitor keeps nothing of it.
 */
public final class Bonds {
  private static final int FIRST_CAPACITY = 256;

  int count;
  int[] particles = new int[FIRST_CAPACITY];
  double[] x = new double[FIRST_CAPACITY];
  double[] y = new double[FIRST_CAPACITY];
  double[] z = new double[FIRST_CAPACITY];
  double[] squared = new double[FIRST_CAPACITY];

  Bonds() {}

  /** How many neighbours there are: entries of the arrays beyond it mean nothing. */
  public int count() {
    return count;
  }

  /** Indices into the frame [count]; an image of the target itself has the target's index. */
  public int[] particles() {
    return particles;
  }

  /** x of the displacements from the target to its neighbours [count], sigma. */
  public double[] x() {
    return x;
  }

  /** y of the displacements [count], sigma. */
  public double[] y() {
    return y;
  }

  /** z of the displacements [count], sigma. */
  public double[] z() {
    return z;
  }

  /** Squared distances [count], sigma^2. */
  public double[] squared() {
    return squared;
  }

  void add(int particle, double dx, double dy, double dz, double distanceSquared) {
    if (count == particles.length) {
      particles = Arrays.copyOf(particles, 2 * count);
      x = Arrays.copyOf(x, 2 * count);
      y = Arrays.copyOf(y, 2 * count);
      z = Arrays.copyOf(z, 2 * count);
      squared = Arrays.copyOf(squared, 2 * count);
    }
    particles[count] = particle;
    x[count] = dx;
    y[count] = dy;
    z[count] = dz;
    squared[count] = distanceSquared;
    count++;
  }
}
