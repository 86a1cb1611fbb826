package io.vitrine.format.h5md;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.vitrine.format.CellVectors;
import io.vitrine.format.FileUnits;
import io.vitrine.model.Check;
import io.vitrine.model.Thermo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/** Where an H5MD file, as it is at one moment, keeps what a frame is made of. */
final class H5mdLayout {
  private final Path path;
  private final H5Storage storage;
  private final H5mdElement position;
  private final H5mdElement image;
  private final H5mdElement velocity;
  private final H5mdElement species;
  private final H5mdElement id;
  private final H5mdElement size;
  private final boolean radii;
  private final H5mdElement edges;
  private final H5mdElement[] thermo;
  private final int dimensions;
  private final boolean[] periodic;

  H5mdLayout(Path path, H5Storage storage, FileUnits units) throws IOException {
    this.path = path;
    this.storage = storage;
    Group root = root(storage.file());
    Group particles = particles(root);
    this.position = H5mdElement.of(particles, "position", storage);
    if (position == null || position.fixed()) {
      throw new IOException(
          path + ": expected position with value and step in " + particles.getPath());
    }
    this.image = varying(particles, "image");
    this.velocity = varying(particles, "velocity");
    this.species = H5mdElement.of(particles, "species", storage);
    this.id = H5mdElement.of(particles, "id", storage);
    H5mdElement diameter = H5mdElement.of(particles, "diameter", storage);
    this.radii = diameter == null;
    this.size = radii ? H5mdElement.of(particles, "radius", storage) : diameter;
    if (!(particles.getChild("box") instanceof Group box)) {
      throw new IOException(path + ": expected a group box in " + particles.getPath());
    }
    this.edges = H5mdElement.of(box, "edges", storage);
    if (edges == null) {
      throw new IOException(path + ": expected edges in " + box.getPath());
    }
    this.dimensions = dimensions(box);
    this.periodic = periodic(box);
    this.thermo = thermo(root);
    for (H5mdElement element : new H5mdElement[] {position, image, velocity, size, edges}) {
      if (element != null) {
        element.checkUnits(path, units);
      }
    }
  }

  private static Group root(HdfFile file) {
    if (file.getChild("particles") instanceof Group) {
      return file;
    }
    for (Node node : file.getChildren().values()) {
      if (node instanceof Group group && group.getChild("particles") instanceof Group) {
        return group;
      }
    }
    return file;
  }

  private Group particles(Group root) throws IOException {
    if (!(root.getChild("particles") instanceof Group groups)) {
      throw new IOException(path + ": expected a group particles, found none");
    }
    if (groups.getChild("all") instanceof Group all) {
      return all;
    }
    Group[] found =
        groups.getChildren().values().stream()
            .filter(Group.class::isInstance)
            .toArray(Group[]::new);
    if (found.length != 1) {
      throw new IOException(
          path
              + ": expected one group, or one named all, in "
              + groups.getPath()
              + ", found "
              + groups.getChildren().keySet());
    }
    return found[0];
  }

  private H5mdElement varying(Group parent, String name) throws IOException {
    H5mdElement element = H5mdElement.of(parent, name, storage);
    return element == null || element.fixed() ? null : element;
  }

  /** Columns of the positions, 2 or 3, whatever space has. */
  int columns() throws IOException {
    int[] shape = position.shape();
    int columns = shape.length == 2 ? shape[1] : 0;
    if (columns != 2 && columns != 3) {
      throw new IOException(
          path
              + ": expected "
              + position.name()
              + " of [N, 3] or [N, 2] a frame, found "
              + Arrays.toString(shape));
    }
    return columns;
  }

  /** What the box says, else as many as positions have columns. */
  private int dimensions(Group box) throws IOException {
    Attribute attribute = box.getAttribute("dimension");
    double dimensions =
        attribute == null || attribute.getSize() != 1
            ? columns()
            : H5Numbers.doubles(attribute.getData(), 1)[0];
    if ((dimensions != 2 && dimensions != 3) || dimensions > columns()) {
      throw new IOException(
          String.format(
              "%s: expected dimension 2 or 3 in %s, and as many columns of positions, found %.0f and"
                  + " %d",
              path, box.getPath(), dimensions, columns()));
    }
    return (int) dimensions;
  }

  private boolean[] periodic(Group box) throws IOException {
    boolean[] periodic = {true, true, dimensions == 3};
    Attribute attribute = box.getAttribute("boundary");
    Object found = attribute == null ? null : attribute.getData();
    String[] faces =
        found instanceof String[] several
            ? several
            : found instanceof String one
                ? Collections.nCopies(dimensions, one).toArray(String[]::new)
                : new String[0];
    if (faces.length != 0 && faces.length < dimensions) {
      throw new IOException(
          path + ": expected " + dimensions + " boundaries, found " + Arrays.toString(faces));
    }
    for (int axis = 0; axis < Math.min(dimensions, faces.length); axis++) {
      String face = faces[axis].strip().toLowerCase(Locale.ROOT);
      if (!face.startsWith("periodic") && !face.startsWith("none")) {
        throw new IOException(
            path
                + ": expected boundaries periodic or none, found boundary "
                + Arrays.toString(faces));
      }
      periodic[axis] = face.startsWith("periodic");
    }
    return periodic;
  }

  private H5mdElement[] thermo(Group root) throws IOException {
    H5mdElement[] found = new H5mdElement[3];
    if (root.getChild("observables") instanceof Group observables) {
      String[] names = {"potential_energy", "pressure", "temperature"};
      for (int i = 0; i < names.length; i++) {
        H5mdElement element = H5mdElement.of(observables, names[i], storage);
        found[i] = element == null || element.fixed() ? null : element;
      }
    }
    return found;
  }

  H5mdElement position() {
    return position;
  }

  /** Image flags by time, or null. */
  H5mdElement image() {
    return image;
  }

  /** Velocities by time, or null. */
  H5mdElement velocity() {
    return velocity;
  }

  /** Species, fixed or by time, or null. */
  H5mdElement species() {
    return species;
  }

  /**
   * Diameters [N] by row at a frame, from {@code diameter} or twice {@code radius}, fixed or by
   * time; null where there are neither.
   */
  double[] diameters(long frame, int n) throws IOException {
    if (size == null) {
      return null;
    }
    size.checkShape(n, 0);
    double[] found = H5Numbers.doubles(held(size, frame), n);
    return radii ? Arrays.stream(found).map(r -> 2 * r).toArray() : found;
  }

  /** Identifiers, fixed or by time, or null. */
  H5mdElement id() {
    return id;
  }

  /** Number of frames of a finished file: positions, whatever else was sampled with them. */
  long frames() {
    return position.frames();
  }

  /** Number of frames of which so much as a value of the positions is there. */
  long begunFrames() {
    return position.values();
  }

  /**
   * Number of frames of a growing file of which everything is there. What is two frames or more
   * behind the positions is not written with each of them.
   */
  long wholeFrames() {
    long positions = position.frames();
    return varyingElements()
        .mapToLong(H5mdElement::frames)
        .map(n -> n == positions - 1 ? n : positions)
        .min()
        .orElse(0);
  }

  /** Frames that share a chunk: a chunk that is not full is written again and again. */
  int chunkFrames() {
    return varyingElements().mapToInt(H5mdElement::chunkFrames).max().orElse(1);
  }

  private Stream<H5mdElement> varyingElements() {
    return Stream.concat(
            Stream.of(position, image, velocity, species, id, size, edges), Arrays.stream(thermo))
        .filter(Objects::nonNull)
        .filter(e -> !e.fixed());
  }

  /** What was sampled with the positions of a frame, or null where nothing was. */
  Object sampled(H5mdElement element, long frame) throws IOException {
    long row = element.rowAt(position, frame, false);
    return row < 0 ? null : element.value(row);
  }

  /** What holds at a frame: a fixed value, or the last one sampled until then. */
  Object held(H5mdElement element, long frame) throws IOException {
    if (element.fixed()) {
      return element.value(0);
    }
    long row = element.rowAt(position, frame, true);
    if (row < 0) {
      throw new IllegalArgumentException(
          "expected " + element.name() + " from the first frame on, found none at this frame");
    }
    return element.value(row);
  }

  /** The box of a frame. */
  CellVectors lattice(long frame) throws IOException {
    int[] shape = edges.shape();
    int d = shape.length == 0 ? 0 : shape[0];
    boolean lengths = shape.length == 1;
    if (d < dimensions || d > 3 || !(lengths || Arrays.equals(shape, new int[] {d, d}))) {
      throw new IOException(
          String.format(
              "%s: expected %s of [%d] or [%d, %d], found %s",
              path, edges.name(), dimensions, dimensions, dimensions, Arrays.toString(shape)));
    }
    double[] stored = H5Numbers.doubles(held(edges, frame), lengths ? d : d * d);
    double[] abc = {0, 0, 0, 0, 0, 0, 0, 0, 1};
    for (int row = 0; row < d; row++) {
      for (int k = 0; k < d; k++) {
        abc[3 * row + k] = lengths ? (row == k ? stored[row] : 0) : stored[d * row + k];
      }
      if (lengths) {
        Check.positive(edges.name(), stored[row]);
      }
    }
    return CellVectors.of(abc, new double[3], periodic);
  }

  /** Dimensions of space. */
  int dimensions() {
    return dimensions;
  }

  /** Energy, pressure and temperature of a frame, where observables say. */
  Thermo thermo(long frame) throws IOException {
    double[] values = new double[thermo.length];
    for (int i = 0; i < values.length; i++) {
      Object value = thermo[i] == null ? null : sampled(thermo[i], frame);
      values[i] = value == null ? Double.NaN : H5Numbers.doubles(value, 1)[0];
    }
    return new Thermo(values[0], values[1], values[2]);
  }
}
