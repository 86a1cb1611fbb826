package io.vitrine.relaxation;

import io.vitrine.geometry.MinimumImage;
import io.vitrine.model.Box;
import io.vitrine.model.Frame;
import java.nio.ByteBuffer;

/**
 * Paths of particles along a whole run, freed of periodic wrapping, one frame after the other.
 *
 * <p>The unwrapped position is what the frame says plus an offset. Where two successive frames both
 * carry image flags of their own, the offset changes by the change of the flags times the edges of
 * the later frame's box: so a box that breathes moves nobody by whole boxes. Where both are
 * unwrapped it stays. Otherwise it takes the step to its minimum image in the later frame's box.
 *
 * <p>A step by minimum image that reaches {@value #UNSURE} of half the box along a periodic edge
 * may have gone the other way. Then the paths are cut there: a new leg begins, and displacements
 * from one leg to another mean nothing. So a gap without image flags ends a leg when it is too
 * wide.
 *
 * <p>Units: sigma. State: 48 bytes a particle, 60 with image flags.
 */
final class RunPaths {
  /** A longer step by minimum image, as a part of half the box, is not believed. */
  static final double UNSURE = 0.9;

  private final double[] offset;
  private double[] last;
  private int[] images;
  private boolean unwrapped;
  private int leg;

  private RunPaths(double[] offset) {
    this.offset = offset;
  }

  /** Before the first frame, for n particles. */
  static RunPaths of(int n) {
    return new RunPaths(new double[3 * n]);
  }

  /** How often the paths have been cut. */
  int leg() {
    return leg;
  }

  /**
   * Takes the next frame; returns unwrapped positions of the targets, planar.
   *
   * @param targets indices [n] of the particles, the same at every call
   */
  double[] follow(Frame frame, int[] targets, int dimensions) {
    double[] now = select(frame.positions(), targets);
    int[] flags = frame.images() == null ? null : select(frame.images(), targets);
    if (images != null && flags != null) {
      addImages(frame.box(), flags);
    } else if (last != null && !(unwrapped && frame.unwrapped())) {
      addMinimumImages(frame.box(), now);
    }
    last = now;
    images = flags;
    unwrapped = frame.unwrapped();
    int n = targets.length;
    double[] path = new double[dimensions * n];
    for (int i = 0; i < n; i++) {
      for (int d = 0; d < dimensions; d++) {
        path[d * n + i] = now[3 * i + d] + offset[3 * i + d];
      }
    }
    return path;
  }

  private void addImages(Box box, int[] flags) {
    for (int i = 0; i < flags.length; i += 3) {
      int nx = flags[i] - images[i];
      int ny = flags[i + 1] - images[i + 1];
      int nz = flags[i + 2] - images[i + 2];
      if ((nx | ny | nz) != 0) {
        offset[i] += nx * box.lx() + ny * box.xy() + nz * box.xz();
        offset[i + 1] += ny * box.ly() + nz * box.yz();
        offset[i + 2] += nz * box.lz();
      }
    }
  }

  private void addMinimumImages(Box box, double[] now) {
    MinimumImage minimum = MinimumImage.of(box);
    double[] d = new double[3];
    boolean sure = true;
    for (int i = 0; i < now.length; i += 3) {
      for (int k = 0; k < 3; k++) {
        d[k] = now[i + k] - last[i + k];
      }
      double x = d[0];
      double y = d[1];
      double z = d[2];
      minimum.apply(d, 0);
      sure &= minimum.reach(d, 0) < UNSURE;
      offset[i] += d[0] - x;
      offset[i + 1] += d[1] - y;
      offset[i + 2] += d[2] - z;
    }
    leg += sure ? 0 : 1;
  }

  private static double[] select(double[] xyz, int[] targets) {
    double[] chosen = new double[3 * targets.length];
    for (int i = 0; i < targets.length; i++) {
      System.arraycopy(xyz, 3 * targets[i], chosen, 3 * i, 3);
    }
    return chosen;
  }

  private static int[] select(int[] xyz, int[] targets) {
    int[] chosen = new int[3 * targets.length];
    for (int i = 0; i < targets.length; i++) {
      System.arraycopy(xyz, 3 * targets[i], chosen, 3 * i, 3);
    }
    return chosen;
  }

  byte[] encode() {
    int n = offset.length;
    ByteBuffer out = ByteBuffer.allocate(10 + 16 * n + (images == null ? 0 : 4 * n));
    out.putInt(n).putInt(leg).put((byte) (unwrapped ? 1 : 0)).put((byte) (images == null ? 0 : 1));
    putAll(out, offset);
    putAll(out, last);
    if (images != null) {
      out.asIntBuffer().put(images);
    }
    return out.array();
  }

  static RunPaths decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int n = in.getInt();
    RunPaths paths = new RunPaths(new double[n]);
    paths.leg = in.getInt();
    paths.unwrapped = in.get() == 1;
    boolean flagged = in.get() == 1;
    in.asDoubleBuffer().get(paths.offset);
    in.position(in.position() + 8 * n);
    paths.last = new double[n];
    in.asDoubleBuffer().get(paths.last);
    in.position(in.position() + 8 * n);
    if (flagged) {
      paths.images = new int[n];
      in.asIntBuffer().get(paths.images);
    }
    return paths;
  }

  private static void putAll(ByteBuffer out, double[] values) {
    out.asDoubleBuffer().put(values);
    out.position(out.position() + 8 * values.length);
  }
}
