package io.vitrine.format;

import io.vitrine.model.Box;
import io.vitrine.model.Frame;
import io.vitrine.model.Particles;
import io.vitrine.model.Thermo;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Small seeded runs for tests: a random walk in a periodic cube, 200 steps of 0.005 a frame. */
public final class Frames {
  public static final double DT = 0.005;
  static final int STEPS = 200;
  private static final double EDGE = 5.0;

  private Frames() {}

  /** Wrapped positions (float32 where asked) with image flags and velocities. */
  public static List<Frame> walk(long seed, int n, int count, int firstId, boolean origin) {
    Random random = new Random(seed);
    byte[] types = new byte[n];
    for (int i = 0; i < n; i++) {
      types[i] = (byte) (i % 5 == 4 ? 1 : 0);
    }
    Particles particles = Particles.numbered(firstId, types);
    Box box = origin ? Box.cube(EDGE) : Box.cube(EDGE).centred();
    double[] xyz = new double[3 * n];
    int[] images = new int[3 * n];
    for (int i = 0; i < 3 * n; i++) {
      xyz[i] = random.nextDouble() * EDGE;
    }
    List<Frame> frames = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      double[] at = new double[3 * n];
      double[] velocities = new double[3 * n];
      for (int i = 0; i < 3 * n; i++) {
        xyz[i] += random.nextGaussian() * 0.3;
        int image = (int) Math.floor(xyz[i] / EDGE);
        images[i] += image;
        xyz[i] -= image * EDGE;
        // Rounded so that float32 and text with few digits hold the same number.
        at[i] = Math.rint((xyz[i] - (origin ? 0 : EDGE / 2)) * 1024) / 1024;
        velocities[i] = Math.rint(random.nextGaussian() * 1024) / 1024;
      }
      frames.add(
          Frame.of("s")
              .at((long) STEPS * (k + 1), STEPS * (k + 1) * DT)
              .box(box)
              .particles(particles)
              .wrapped(at, images.clone())
              .velocities(velocities)
              .thermo(new Thermo(-100 - k, 1 + k, 0.5))
              .build());
    }
    return frames;
  }
}
