package io.vitrine.format;

import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.api.dataset.ChunkedDataset;
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
  private final Dataset value;
  private final Dataset step;
  private final Dataset time;

  private H5mdElement(String name, Dataset value, Dataset step, Dataset time) {
    this.name = name;
    this.value = value;
    this.step = step;
    this.time = time;
  }

  /** The element of a name, or null where the group has none. */
  static H5mdElement of(Group parent, String name) throws IOException {
    Node node = parent.getChild(name);
    if (node == null) {
      return null;
    }
    if (node instanceof Dataset fixed) {
      return new H5mdElement(node.getPath(), fixed, null, null);
    }
    if (node instanceof Group group && group.getChild("value") instanceof Dataset value) {
      return new H5mdElement(node.getPath(), value, dataset(group, "step"), dataset(group, "time"));
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
    int[] dimensions = value.getDimensions();
    return fixed() ? dimensions : Arrays.copyOfRange(dimensions, 1, dimensions.length);
  }

  /** Number of frames whose value, step and time are there. */
  long frames() {
    long frames = length(value);
    for (Dataset dataset : new Dataset[] {step, time}) {
      if (dataset != null && !dataset.isScalar()) {
        frames = Math.min(frames, length(dataset));
      }
    }
    return frames;
  }

  private static long length(Dataset dataset) {
    int[] dimensions = dataset.getDimensions();
    return dimensions.length == 0 ? 0 : dimensions[0];
  }

  /** Frames that a chunk of the value holds; 1 where it is not chunked. */
  int chunkFrames() {
    return value instanceof ChunkedDataset chunked
        ? Math.max(1, chunked.getChunkDimensions()[0])
        : 1;
  }

  boolean hasTime() {
    return time != null;
  }

  boolean hasStep() {
    return step != null;
  }

  long step(long frame) throws IOException {
    return (long) at(step, frame);
  }

  double time(long frame) throws IOException {
    return at(time, frame);
  }

  private double at(Dataset dataset, long frame) throws IOException {
    if (!dataset.isScalar()) {
      return H5Numbers.doubles(dataset.getData(new long[] {frame}, new int[] {1}), 1)[0];
    }
    double increment = H5Numbers.doubles(dataset.getData(), 1)[0];
    Attribute offset = dataset.getAttribute("offset");
    double first = offset == null ? 0 : H5Numbers.doubles(offset.getData(), 1)[0];
    return first + increment * frame;
  }

  /** The value in one frame, as jhdf gives it: nested arrays. */
  Object value(long frame) {
    if (fixed()) {
      return value.getData();
    }
    int[] dimensions = value.getDimensions();
    long[] offset = new long[dimensions.length];
    offset[0] = frame;
    int[] count = dimensions.clone();
    count[0] = 1;
    return value.getData(offset, count);
  }

  /**
   * Refuses a value that is not [N, width], or [N] for width 0, or that no file of the size could
   * hold even packed.
   */
  void checkShape(int n, int width, long most) throws IOException {
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
    if ((long) n * Math.max(1, width) > most) {
      throw new IOException(
          name + ": expected at most " + most + " numbers a frame in this file, found " + n);
    }
  }

  String name() {
    return name;
  }
}
