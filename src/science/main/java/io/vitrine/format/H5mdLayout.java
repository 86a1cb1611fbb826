package io.vitrine.format;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.vitrine.model.Thermo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/** Where an H5MD file, as it stands at one moment, keeps what a frame is made of. */
final class H5mdLayout {
  private static final int DIMENSIONS = 3;

  private final Path path;
  private final H5Storage storage;
  private final H5mdElement position;
  private final H5mdElement image;
  private final H5mdElement velocity;
  private final H5mdElement species;
  private final H5mdElement id;
  private final H5mdElement edges;
  private final H5mdElement[] thermo;

  H5mdLayout(Path path, H5Storage storage) throws IOException {
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
    if (!(particles.getChild("box") instanceof Group box)) {
      throw new IOException(path + ": expected a group box in " + particles.getPath());
    }
    this.edges = H5mdElement.of(box, "edges", storage);
    if (edges == null) {
      throw new IOException(path + ": expected edges in " + box.getPath());
    }
    checkPeriodic(box);
    this.thermo = thermo(root);
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

  private void checkPeriodic(Group box) throws IOException {
    Attribute boundary = box.getAttribute("boundary");
    if (boundary != null
        && boundary.getSize() == DIMENSIONS
        && boundary.getData() instanceof String[] faces) {
      for (String face : faces) {
        if (!face.toLowerCase(Locale.ROOT).startsWith("periodic")) {
          throw new IOException(
              path + ": expected periodic boundaries, found " + Arrays.toString(faces));
        }
      }
    }
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

  /** Identifiers, fixed or by time, or null. */
  H5mdElement id() {
    return id;
  }

  /** Number of frames of which everything is there. */
  long frames() {
    return varyingElements().mapToLong(H5mdElement::frames).min().orElse(0);
  }

  /** Frames that share a chunk: a chunk that is not full is written again and again. */
  int chunkFrames() {
    return varyingElements().mapToInt(H5mdElement::chunkFrames).max().orElse(1);
  }

  private Stream<H5mdElement> varyingElements() {
    return Stream.concat(
            Stream.of(position, image, velocity, species, id, edges), Arrays.stream(thermo))
        .filter(Objects::nonNull)
        .filter(e -> !e.fixed());
  }

  /** Refuses a frame whose elements were sampled at other steps than its positions. */
  void checkSampled(long frame) throws IOException {
    for (H5mdElement element : varyingElements().toList()) {
      if (element.hasStep() && position.hasStep() && element.step(frame) != position.step(frame)) {
        throw new IllegalArgumentException(
            String.format(
                "expected %s at step %d as position, found step %d",
                element.name(), position.step(frame), element.step(frame)));
      }
    }
  }

  /** The box of a frame. */
  Lattice lattice(long frame) throws IOException {
    int[] shape = edges.shape();
    double[] abc = new double[DIMENSIONS * DIMENSIONS];
    if (Arrays.equals(shape, new int[] {DIMENSIONS})) {
      double[] lengths = H5Numbers.doubles(edges.value(frame), DIMENSIONS);
      for (int d = 0; d < DIMENSIONS; d++) {
        abc[d * (DIMENSIONS + 1)] = lengths[d];
      }
    } else if (Arrays.equals(shape, new int[] {DIMENSIONS, DIMENSIONS})) {
      abc = H5Numbers.doubles(edges.value(frame), abc.length);
    } else {
      throw new IOException(
          path
              + ": expected "
              + edges.name()
              + " of [3] or [3, 3], found "
              + Arrays.toString(shape));
    }
    return Lattice.of(abc, new double[DIMENSIONS], new boolean[] {true, true, true});
  }

  /** Energy, pressure and temperature of a frame, where observables say. */
  Thermo thermo(long frame) throws IOException {
    double[] values = new double[thermo.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = thermo[i] == null ? Double.NaN : H5Numbers.doubles(thermo[i].value(frame), 1)[0];
    }
    return new Thermo(values[0], values[1], values[2]);
  }
}
