package io.vitrine.format.trajectory;

import io.vitrine.format.BadFrameException;
import io.vitrine.format.FileUnits;
import io.vitrine.format.ReadPosition;
import io.vitrine.format.ReaderOptions;
import io.vitrine.format.TrajectoryReader;
import io.vitrine.model.Box;
import io.vitrine.model.Frame;
import java.io.IOException;

/**
 * The frames of another reader, in reduced units, in the space they are in, and without image flags
 * along free edges.
 *
 * <p>A frame has two dimensions where the file or the user says so, or where all of its particles
 * (more than three) have one z; it is then put into the plane z = 0.
 */
final class ShapedReader implements TrajectoryReader {
  /** Positions of a plane may have been rounded, sigma. */
  private static final double SAME_PLANE = 1e-3;

  private final TrajectoryReader reader;
  private final FileUnits units;
  private final int dimensions;

  ShapedReader(TrajectoryReader reader, ReaderOptions options) {
    this.reader = reader;
    this.units = options.units();
    this.dimensions = options.dimensions();
  }

  @Override
  public Frame next() throws IOException {
    Frame frame;
    try {
      frame = reader.next();
    } catch (BadFrameException e) {
      if (units == null) {
        throw e;
      }
      throw new BadFrameException(e.where(), e.time() / units.time(), e.getMessage());
    }
    return frame == null ? null : shaped(units == null ? frame : units.reduced(frame));
  }

  private Frame shaped(Frame frame) {
    Box box = frame.box();
    if (dimensions == 2 || (dimensions == 0 && (box.dimensions() == 2 || isPlane(frame)))) {
      return withoutFreeImages(frame.flat());
    }
    return withoutFreeImages(frame);
  }

  private static boolean isPlane(Frame frame) {
    double[] r = frame.positions();
    for (int z = 2; z < r.length; z += 3) {
      if (!(Math.abs(r[z] - r[2]) < SAME_PLANE)) {
        return false;
      }
    }
    return frame.count() > 3;
  }

  private static Frame withoutFreeImages(Frame frame) {
    int[] images = frame.images();
    if (images == null || frame.box().free().isEmpty()) {
      return frame;
    }
    int[] kept = images.clone();
    for (int i = 0; i < kept.length; i++) {
      kept[i] = frame.box().free().indexOf("xyz".charAt(i % 3)) < 0 ? kept[i] : 0;
    }
    return frame.toBuilder().wrapped(frame.positions(), kept).build();
  }

  @Override
  public double[] property() throws IOException {
    return reader.property();
  }

  @Override
  public ReadPosition position() {
    return reader.position();
  }

  @Override
  public long countFrames() throws IOException {
    return reader.countFrames();
  }

  @Override
  public String diagnosis() throws IOException {
    return reader.diagnosis();
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
