package io.vitrine.benchmarks;

import io.vitrine.model.Box;
import io.vitrine.model.Frame;
import io.vitrine.model.Particles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Frames to measure on: 80:20 mixtures at density 1.2, particles in no particular order. */
final class Liquid {
  private static final double DENSITY = 1.2;

  /** Largest displacement from the lattice along each axis, in lattice spacings. */
  private static final double JITTER = 0.19;

  private static final double FRAME_STEP = 0.05;

  private Liquid() {}

  /** A lattice of side^3 particles, shaken: about the neighbours of a liquid, at once, any size. */
  static Frame shaken(int side, long seed) {
    Random random = new Random(seed);
    int n = side * side * side;
    double edge = Math.cbrt(n / DENSITY);
    int[] place = new int[n];
    for (int i = 0; i < n; i++) {
      int j = random.nextInt(i + 1);
      place[i] = place[j];
      place[j] = i;
    }
    double[] r = new double[3 * n];
    byte[] types = new byte[n];
    for (int i = 0; i < n; i++) {
      int[] site = {place[i] % side, place[i] / side % side, place[i] / (side * side)};
      for (int d = 0; d < 3; d++) {
        double off = JITTER * (2 * random.nextDouble() - 1);
        r[3 * i + d] = (site[d] + 0.5 + off) * edge / side;
      }
      types[i] = (byte) (random.nextInt(5) == 0 ? 1 : 0);
    }
    return frame(0, edge, types, r);
  }

  /** Reads little-endian doubles: edge, then x, y, z, type (0 or 1) of every particle. */
  static Frame read(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int n = (bytes.capacity() / Double.BYTES - 1) / 4;
    double edge = bytes.getDouble();
    double[] r = new double[3 * n];
    byte[] types = new byte[n];
    for (int i = 0; i < n; i++) {
      for (int d = 0; d < 3; d++) {
        r[3 * i + d] = bytes.getDouble();
      }
      types[i] = (byte) bytes.getDouble();
    }
    return frame(0, edge, types, r);
  }

  /** A window of frames 1 tau apart in which particles diffuse from the given one. */
  static List<Frame> window(Frame first, int frames, long seed) {
    Random random = new Random(seed);
    List<Frame> window = new ArrayList<>();
    double[] r = first.positions();
    double edge = first.box().lx();
    for (int f = 0; f < frames; f++) {
      window.add(first.toBuilder().at(200L * f, f).wrapped(r, null).build());
      r = r.clone();
      for (int d = 0; d < r.length; d++) {
        double moved = r[d] + FRAME_STEP * random.nextGaussian();
        r[d] = moved - edge * Math.floor(moved / edge);
      }
    }
    return window;
  }

  private static Frame frame(long step, double edge, byte[] types, double[] r) {
    return Frame.of("liquid")
        .at(step, step / 200.0)
        .box(Box.cube(edge))
        .particles(Particles.numbered(1, types))
        .wrapped(r, null)
        .build();
  }
}
