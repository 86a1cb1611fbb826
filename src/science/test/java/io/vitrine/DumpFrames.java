package io.vitrine;

import io.vitrine.model.Box;
import io.vitrine.model.Frame;
import io.vitrine.model.Particles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Frames of the sorted LAMMPS dumps in testdata with columns id type x y z ix iy iz: enough for
 * tests of kernels to stand without the readers.
 */
public final class DumpFrames {
  private static final int HEADER = 9;
  private static final int STEPS_PER_TAU = 200;

  private DumpFrames() {}

  /** All frames of {@code testdata/name}, 200 steps a tau. */
  public static List<Frame> read(String name) {
    try {
      List<String> lines = Files.readAllLines(TestData.file(name));
      List<Frame> frames = new ArrayList<>();
      for (int at = 0; at < lines.size(); ) {
        int n = Integer.parseInt(lines.get(at + 3));
        frames.add(frame(lines, at, n));
        at += HEADER + n;
      }
      return frames;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Frame frame(List<String> lines, int at, int n) {
    double[] edge = new double[3];
    for (int d = 0; d < 3; d++) {
      String[] bounds = lines.get(at + 5 + d).split(" ", -1);
      edge[d] = Double.parseDouble(bounds[1]) - Double.parseDouble(bounds[0]);
    }
    byte[] types = new byte[n];
    double[] positions = new double[3 * n];
    int[] images = new int[3 * n];
    for (int i = 0; i < n; i++) {
      String[] field = lines.get(at + HEADER + i).trim().split(" ", -1);
      types[i] = (byte) (Integer.parseInt(field[1]) - 1);
      for (int d = 0; d < 3; d++) {
        positions[3 * i + d] = Double.parseDouble(field[2 + d]);
        images[3 * i + d] = Integer.parseInt(field[5 + d]);
      }
    }
    long step = Long.parseLong(lines.get(at + 1));
    return Frame.of("ka512")
        .at(step, (double) step / STEPS_PER_TAU)
        .box(Box.orthogonal(edge[0], edge[1], edge[2]))
        .particles(Particles.numbered(1, types))
        .wrapped(positions, images)
        .build();
  }

  /** The same frame without its image flags. */
  public static Frame withoutImages(Frame frame) {
    return frame.toBuilder().wrapped(frame.positions(), null).build();
  }

  /** Indices 0, 1, ..., n - 1. */
  public static int[] all(int n) {
    int[] indices = new int[n];
    Arrays.setAll(indices, i -> i);
    return indices;
  }
}
