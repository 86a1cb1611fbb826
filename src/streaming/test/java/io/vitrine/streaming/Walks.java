package io.vitrine.streaming;

import io.vitrine.model.Box;
import io.vitrine.model.Frame;
import io.vitrine.model.Particles;
import io.vitrine.streaming.transforms.SimulationInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Small seeded random walks: 8 A and 2 B in a periodic cube, a frame every tau. */
public final class Walks {
  /** Number of particles. */
  public static final int COUNT = 10;

  private static final int STEPS = 200;
  private static final double EDGE = 6.0;

  private Walks() {}

  /** What is known of a walk. */
  public static SimulationInfo info(String simulation) {
    return new SimulationInfo(
        "study",
        simulation,
        "file:" + simulation,
        "replay:" + simulation,
        "inclusive",
        0.5,
        COUNT,
        8,
        1000,
        10_000,
        Double.NaN,
        -1);
  }

  /** Frames at 0, 1, 2, ... tau, wrapped, without image flags. */
  public static List<Frame> of(String simulation, long seed, int frames) {
    Random random = new Random(seed);
    byte[] types = new byte[COUNT];
    types[3] = 1;
    types[8] = 1;
    Particles particles = Particles.numbered(1, types);
    double[] at = new double[3 * COUNT];
    for (int i = 0; i < at.length; i++) {
      at[i] = EDGE * random.nextDouble();
    }
    List<Frame> walk = new ArrayList<>();
    for (int f = 0; f < frames; f++) {
      double[] wrapped = new double[at.length];
      for (int i = 0; i < at.length; i++) {
        at[i] += 0.15 * random.nextGaussian();
        // To 1/1024, so that files in text and float32 hold the same number.
        wrapped[i] = Math.rint((at[i] - EDGE * Math.floor(at[i] / EDGE)) * 1024) / 1024;
      }
      walk.add(
          Frame.of(simulation)
              .at((long) STEPS * f, f)
              .box(Box.cube(EDGE))
              .particles(particles)
              .wrapped(wrapped, null)
              .build());
    }
    return walk;
  }
}
