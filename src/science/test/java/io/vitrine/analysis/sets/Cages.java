package io.vitrine.analysis.sets;

import io.vitrine.model.Box;
import io.vitrine.model.Frame;
import io.vitrine.model.Particles;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A seeded caricature of a cold liquid: particles rattle, each with an amplitude of its own, and
 * now and then one hops. Quiet for hundreds of tau, some of them.
 */
public final class Cages {
  private static final int COUNT = 24;
  private static final int COUNT_A = 18;
  private static final double EDGE = 7.0;
  private static final double HOPS_A_FRAME = 0.004;
  private static final double HOP = 0.9;

  private Cages() {}

  /** Frames at 0, 1, 2, ... tau, wrapped, without image flags; those in {@code missing} not. */
  public static List<Frame> of(String simulation, long seed, int frames, Integer... missing) {
    Random random = new Random(seed);
    byte[] types = new byte[COUNT];
    java.util.Arrays.fill(types, COUNT_A, COUNT, (byte) 1);
    double[] home = random.doubles(3 * COUNT, 0, EDGE).toArray();
    List<Frame> all = new ArrayList<>();
    for (int f = 0; f < frames; f++) {
      double[] at = new double[3 * COUNT];
      for (int i = 0; i < COUNT; i++) {
        double amplitude = 0.02 + 0.004 * i;
        if (random.nextDouble() < HOPS_A_FRAME) {
          home[3 * i] += HOP;
        }
        for (int c = 3 * i; c < 3 * i + 3; c++) {
          double x = home[c] + amplitude * random.nextGaussian();
          // To 1/1024, so that files in text and float32 hold the same number.
          at[c] = Math.rint((x - EDGE * Math.floor(x / EDGE)) * 1024) / 1024;
        }
      }
      if (!List.of(missing).contains(f)) {
        all.add(
            Frame.of(simulation)
                .at(200L * f, f)
                .box(Box.cube(EDGE))
                .particles(Particles.numbered(1, types))
                .wrapped(at, null)
                .build());
      }
    }
    return all;
  }
}
