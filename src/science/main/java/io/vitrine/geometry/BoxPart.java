package io.vitrine.geometry;

import io.vitrine.model.Box;
import io.vitrine.model.Frame;
import io.vitrine.model.Particles;
import java.util.Arrays;
import java.util.SplittableRandom;

/** A part of a large box, at a place that the time of the frame decides. */
public final class BoxPart {
  private BoxPart() {}

  /**
   * About {@code count} particles of a frame, unwrapped and without their species, in a box of the
   * same shape that is shorter along the periodic edges.
   */
  public static Frame of(Frame frame, int dimensions, int count) {
    Box box = frame.box();
    boolean[] cut = {
      box.periodicX(), box.periodicY(), box.periodicZ() && dimensions == 3,
    };
    int edges = ReciprocalLattice.periodicEdges(box, dimensions);
    double size = Math.pow((double) count / frame.count(), 1.0 / edges);
    SplittableRandom place = new SplittableRandom(Math.round(frame.time() * 1000));
    double[] from = {place.nextDouble(), place.nextDouble(), place.nextDouble()};
    Lattice lattice = new Lattice(box);
    double[] x = frame.positions();
    int[] inside = new int[frame.count()];
    double[] moved = new double[x.length];
    int n = 0;
    for (int i = 0; i < frame.count(); i++) {
      double sz = lattice.fractionalZ(x[3 * i + 2]);
      double sy = lattice.fractionalY(x[3 * i + 1], sz);
      double sx = lattice.fractionalX(x[3 * i], sy, sz);
      double[] s = {sx, sy, sz};
      double[] boxes = new double[3];
      boolean in = true;
      for (int d = 0; d < 3; d++) {
        boxes[d] = cut[d] ? Math.floor(s[d] - from[d]) : 0;
        in &= !cut[d] || s[d] - from[d] - boxes[d] < size;
      }
      if (in) {
        moved[3 * n] = x[3 * i] - boxes[0] * box.lx() - boxes[1] * box.xy() - boxes[2] * box.xz();
        moved[3 * n + 1] = x[3 * i + 1] - boxes[1] * box.ly() - boxes[2] * box.yz();
        moved[3 * n + 2] = x[3 * i + 2] - boxes[2] * box.lz();
        inside[n++] = frame.particles().ids()[i];
      }
    }
    double a = cut[0] ? size : 1;
    double b = cut[1] ? size : 1;
    double c = cut[2] ? size : 1;
    Box small =
        new Box(
            a * box.lx(),
            b * box.ly(),
            c * box.lz(),
            b * box.xy(),
            c * box.xz(),
            c * box.yz(),
            box.originX(),
            box.originY(),
            box.originZ(),
            box.periodicX(),
            box.periodicY(),
            box.periodicZ(),
            box.dimensions());
    return Frame.of(frame.simulation())
        .at(frame.step(), frame.time())
        .box(small)
        .particles(Particles.of(Arrays.copyOf(inside, n), new byte[n]))
        .unwrapped(Arrays.copyOf(moved, 3 * n))
        .build();
  }
}
