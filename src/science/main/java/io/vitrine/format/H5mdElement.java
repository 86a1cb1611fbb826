package io.vitrine.format;

import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.io.IOException;
import java.util.Arrays;

/**
 * One element of an H5MD file: a data set fixed in time, or a group of value, step and time.
 *
 * <p>Step and time are data sets [T], or one increment with an attribute {@code offset}.
 *
 * @see <a href="https://www.nongnu.org/h5md/h5md.html">H5MD</a>
 */
final class H5mdElement {
  private final String name;
  private final H5Rows values;
  private final Series step;
  private final Series time;

  private H5mdElement(Dataset value, Dataset step, Dataset time, H5Storage storage)
      throws IOException {
    this.name = value.getPath();
    this.values = new H5Rows(value, storage);
    this.step = step == null ? null : Series.of(step, storage);
    this.time = time == null ? null : Series.of(time, storage);
  }

  /** The element of a name, or null where the group has none. */
  static H5mdElement of(Group parent, String name, H5Storage storage) throws IOException {
    Node node = parent.getChild(name);
    if (node == null) {
      return null;
    }
    if (node instanceof Dataset fixed) {
      return new H5mdElement(fixed, null, null, storage);
    }
    if (node instanceof Group group && group.getChild("value") instanceof Dataset value) {
      return new H5mdElement(value, dataset(group, "step"), dataset(group, "time"), storage);
    }
    throw new IOException("expected a data set or a group with value at " + node.getPath());
  }

  private static Dataset dataset(Group group, String name) {
    return group.getChild(name) instanceof Dataset dataset ? dataset : null;
  }

  boolean fixed() {
    return step == null && time == null;
  }

  /** Sizes of one frame's value. */
  int[] shape() {
    int[] dimensions = values.shape();
    return fixed() ? dimensions : Arrays.copyOfRange(dimensions, 1, dimensions.length);
  }

  /** Number of frames whose value, step and time are there. */
  long frames() {
    long frames = values.rows();
    for (Series series : new Series[] {step, time}) {
      if (series != null && series.rows() != null) {
        frames = Math.min(frames, series.rows().rows());
      }
    }
    return frames;
  }

  /** Frames that a chunk of the value holds; 1 where it is not chunked. */
  int chunkFrames() {
    return values.chunkRows();
  }

  boolean hasTime() {
    return time != null;
  }

  boolean hasStep() {
    return step != null;
  }

  long step(long frame) throws IOException {
    return (long) step.at(frame);
  }

  double time(long frame) throws IOException {
    return time.at(frame);
  }

  /** The value in one frame, flat or as nested arrays. */
  Object value(long frame) throws IOException {
    return fixed() ? values.all() : values.row(frame);
  }

  /** Refuses a value that is not [N, width], or [N] for width 0. */
  void checkShape(int n, int width) throws IOException {
    int[] shape = shape();
    int[] expected = width == 0 ? new int[] {n} : new int[] {n, width};
    if (!Arrays.equals(shape, expected)) {
      throw new IOException(
          name
              + ": expected a value of "
              + Arrays.toString(expected)
              + " a frame, found "
              + Arrays.toString(shape));
    }
  }

  String name() {
    return name;
  }

  /**
   * A number a frame: stored, or an increment with an offset.
   *
   * @param rows the stored ones, or null
   * @param first of frame 0
   * @param increment from frame to frame
   */
  private record Series(H5Rows rows, double first, double increment) {
    static Series of(Dataset dataset, H5Storage storage) throws IOException {
      H5Rows rows = new H5Rows(dataset, storage);
      if (!dataset.isScalar()) {
        return new Series(rows, 0, 0);
      }
      Attribute offset = dataset.getAttribute("offset");
      return new Series(
          null,
          offset == null || offset.getSize() != 1 ? 0 : H5Numbers.doubles(offset.getData(), 1)[0],
          H5Numbers.doubles(rows.all(), 1)[0]);
    }

    double at(long frame) throws IOException {
      return rows == null ? first + increment * frame : H5Numbers.doubles(rows.row(frame), 1)[0];
    }
  }
}
