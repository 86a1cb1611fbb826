package io.vitrine.format.h5md;

import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.object.datatype.EnumDataType;
import io.vitrine.format.FileUnits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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

  private final List<String> declared;

  private final Map<String, String> units = new LinkedHashMap<>();

  private H5mdElement(Dataset value, Dataset step, Dataset time, H5Storage storage)
      throws IOException {
    this.name = value.getPath();
    noteUnit(value);
    noteUnit(value.getParent());
    noteUnit(time);
    this.declared = names(value);
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

  /** Names that numbers are of: those of an enumeration, or of an attribute; empty without. */
  private static List<String> names(Dataset value) throws IOException {
    if (value.getDataType() instanceof EnumDataType kinds) {
      return List.copyOf(new TreeMap<>(kinds.getEnumMapping()).values());
    }
    Attribute names = value.getAttribute("names");
    return names != null && names.getData() instanceof String[] texts ? List.of(texts) : List.of();
  }

  private void noteUnit(Node node) throws IOException {
    Attribute unit = node == null ? null : node.getAttribute("unit");
    if (unit != null) {
      Object text = unit.getSize() == 1 ? unit.getData() : null;
      String[] words = text instanceof String[] several ? several : new String[] {"" + text};
      units.put(node.getPath(), words[0]);
    }
  }

  /** Refuses units that are not reduced ones, unless the user said what they are. */
  void checkUnits(Path path, FileUnits given) throws IOException {
    for (Map.Entry<String, String> unit : units.entrySet()) {
      FileUnits.check(path + ", " + unit.getKey(), "unit", unit.getValue(), given);
    }
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

  /** Number of values, whether their step and time are there or not. */
  long values() {
    return values.rows();
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

  /**
   * Refuses a group whose step or time has more rows than its value, as nothing then says which row
   * belongs to which.
   */
  void checkLengths() throws IOException {
    Series[] series = {step, time};
    for (int i = 0; i < series.length; i++) {
      if (series[i] != null && series[i].rows() != null && series[i].rows().rows() != frames()) {
        throw new IOException(
            String.format(
                "expected as many values in %s as entries in its %s, found %d and %d",
                name, i == 0 ? "step" : "time", values.rows(), series[i].rows().rows()));
      }
    }
  }

  /**
   * The row that was sampled together with a frame of {@code position}, or -1.
   *
   * @param held whether a row holds until the next one, so that the last one before it counts
   */
  long rowAt(H5mdElement position, long frame, boolean held) throws IOException {
    boolean bySteps = hasStep() && position.hasStep();
    Series own = bySteps ? step : time;
    Series clock = bySteps ? position.step : position.time;
    if (own == null || clock == null) {
      return frame < frames() ? frame : held ? frames() - 1 : -1;
    }
    double at = clock.at(frame);
    if (frame < frames() && own.at(frame) == at) {
      return frame;
    }
    checkLengths();
    long low = 0;
    long high = frames();
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (own.at(middle) <= at) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low > 0 && (held || own.at(low - 1) == at) ? low - 1 : -1;
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

  /** Names that numbers are of, in their order, where there are such. */
  List<String> declared() {
    return declared;
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
