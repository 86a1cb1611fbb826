package io.vitrine.format.gsd;

import io.vitrine.format.NoTimeException;
import io.vitrine.format.ReaderOptions;
import io.vitrine.format.SpeciesNames;
import io.vitrine.model.Box;
import io.vitrine.model.Frame;
import io.vitrine.model.Particles;
import io.vitrine.model.Thermo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What the chunks of a HOOMD frame mean, with the schema's defaults. */
final class GsdSchema {
  static final String STEP = "configuration/step";
  static final String BOX = "configuration/box";
  static final String DIMENSIONS = "configuration/dimensions";
  static final String COUNT = "particles/N";
  static final String TYPES = "particles/types";
  static final String TYPE_ID = "particles/typeid";
  static final String DIAMETER = "particles/diameter";
  static final String POSITION = "particles/position";
  static final String IMAGE = "particles/image";
  static final String VELOCITY = "particles/velocity";
  static final String FIELDS = "log/particles/";
  static final String ID = FIELDS + "id";
  static final String POTENTIAL_ENERGY = "log/potential_energy";
  static final String PRESSURE = "log/pressure";
  static final String TEMPERATURE = "log/temperature";

  /** Simulation time, tau, which the schema has no place for. */
  static final String TIME = "log/vitrine/time";

  /** Which edges are periodic, three numbers 0 or 1, which the schema has no place for. */
  static final String PERIODIC = "log/vitrine/periodic";

  private static final int BOX_NUMBERS = 6;

  private final ReaderOptions options;
  private Particles particles;

  /** The chunks that the particles were read from: names, types, identifiers, diameters. */
  private List<GsdEntry> readFrom;

  GsdSchema(ReaderOptions options) {
    this.options = options;
  }

  /** The engine's step; 0 where none is written. */
  long step(GsdChunks own, GsdChunks first) throws IOException {
    GsdEntry entry = either(STEP, own, first);
    return entry == null ? 0 : own.integer(STEP, entry);
  }

  /** Simulation time where our own writer put it, else step times dt. */
  double time(GsdChunks own, long step, Path path) throws IOException {
    GsdEntry entry = own.own(TIME);
    if (entry != null) {
      return own.scalar(TIME, entry);
    }
    if (Double.isNaN(options.dt())) {
      if (options.property() != null) {
        return Double.NaN;
      }
      throw new NoTimeException(path);
    }
    return step * options.dt();
  }

  /**
   * Everything else of a frame.
   *
   * @throws IllegalArgumentException saying what was expected and found
   */
  Frame frame(GsdChunks own, GsdChunks first, long step, double time) throws IOException {
    GsdEntry position = either(POSITION, own, first);
    if (position == null) {
      throw new IllegalArgumentException("expected " + POSITION + ", found none");
    }
    int n = count(own, first);
    checkShape(POSITION, position, n, 3);
    Frame.Builder frame =
        Frame.of(options.simulation())
            .at(step, time)
            .box(box(own, first))
            .particles(particles(own, first, n))
            .thermo(thermo(own, first));
    double[] xyz = own.doubles(POSITION, position);
    GsdEntry image = own.own(IMAGE);
    int[] images = null;
    if (image != null) {
      checkShape(IMAGE, image, n, 3);
      images = own.ints(IMAGE, image);
    }
    GsdEntry velocity = own.own(VELOCITY);
    if (velocity != null) {
      checkShape(VELOCITY, velocity, n, 3);
      frame.velocities(own.doubles(VELOCITY, velocity));
    }
    return frame.wrapped(xyz, images).build();
  }

  /** The number a particle that was asked for: this frame's own, or null where none is wanted. */
  double[] property(GsdChunks own, Frame frame) throws IOException {
    if (options.property() == null) {
      return null;
    }
    String name = FIELDS + options.property();
    GsdEntry entry = own.own(name);
    if (entry == null) {
      throw new IllegalArgumentException("expected " + name + ", found none");
    }
    checkShape(name, entry, frame.count(), 1);
    return own.doubles(name, entry);
  }

  private static GsdEntry either(String name, GsdChunks own, GsdChunks first) {
    GsdEntry entry = own.own(name);
    return entry == null ? first.own(name) : entry;
  }

  private static int count(GsdChunks own, GsdChunks first) throws IOException {
    GsdEntry entry = either(COUNT, own, first);
    long n = entry == null ? 0 : own.integer(COUNT, entry);
    if (n <= 0 || n > Integer.MAX_VALUE / 3) {
      throw new IllegalArgumentException("expected " + COUNT + " > 0, found " + n);
    }
    return (int) n;
  }

  private static void checkShape(String name, GsdEntry entry, int rows, int columns) {
    if (entry.rows() != rows || entry.columns() != columns) {
      throw new IllegalArgumentException(
          String.format(
              "expected %s of %d x %d, found %d x %d",
              name, rows, columns, entry.rows(), entry.columns()));
    }
  }

  private static Box box(GsdChunks own, GsdChunks first) throws IOException {
    GsdEntry space = either(DIMENSIONS, own, first);
    long dimensions = space == null ? 3 : own.integer(DIMENSIONS, space);
    if (dimensions != 2 && dimensions != 3) {
      throw new IllegalArgumentException("expected " + DIMENSIONS + " 2 or 3, found " + dimensions);
    }
    GsdEntry entry = either(BOX, own, first);
    if (entry == null) {
      throw new IllegalArgumentException("expected " + BOX + ", found none");
    }
    if (entry.rows() * entry.columns() != BOX_NUMBERS) {
      throw new IllegalArgumentException(
          "expected " + BOX + " of 6 numbers, found " + entry.rows() * entry.columns());
    }
    double[] b = own.doubles(BOX, entry);
    if (dimensions == 2) {
      // HOOMD writes Lz = 0 or 1.
      return Box.triclinic(b[0], b[1], b[2] == 0 ? 1 : b[2], b[3] * b[1], 0, 0).centred().flat();
    }
    Box box = Box.triclinic(b[0], b[1], b[2], b[3] * b[1], b[4] * b[2], b[5] * b[2]).centred();
    GsdEntry flags = either(PERIODIC, own, first);
    if (flags == null) {
      return box;
    }
    int[] periodic = own.ints(PERIODIC, flags);
    if (periodic.length != 3) {
      throw new IllegalArgumentException(
          "expected " + PERIODIC + " of 3 numbers, found " + periodic.length);
    }
    return box.periodic(periodic[0] != 0, periodic[1] != 0, periodic[2] != 0);
  }

  private Particles particles(GsdChunks own, GsdChunks first, int n) throws IOException {
    GsdEntry declared = either(TYPES, own, first);
    GsdEntry typeId = perParticle(TYPE_ID, own, first, n);
    GsdEntry idEntry = perParticle(ID, own, first, n);
    GsdEntry sizes = perParticle(DIAMETER, own, first, n);
    List<GsdEntry> from = Arrays.asList(declared, typeId, idEntry, sizes);
    if (particles != null && particles.count() == n && from.equals(readFrom)) {
      return particles;
    }
    readFrom = null;
    List<String> labels = declared == null ? List.of("A") : names(own.bytes(declared), declared);
    if (labels.isEmpty()) {
      throw new IllegalArgumentException("expected names in " + TYPES + ", found none");
    }
    SpeciesNames species = SpeciesNames.declared(labels, options.names());
    byte[] types = new byte[n];
    if (typeId != null) {
      int[] indices = own.ints(TYPE_ID, typeId);
      for (int i = 0; i < n; i++) {
        if (indices[i] < 0 || indices[i] >= labels.size()) {
          throw new IllegalArgumentException(
              String.format(
                  "expected type ids of %s %s, found %d, which has no name, at particle %d",
                  TYPES, labels, indices[i], i));
        }
        types[i] = species.types()[indices[i]];
      }
    } else {
      Arrays.fill(types, species.types()[0]);
    }
    int[] ids = idEntry == null ? counted(n) : own.ints(ID, idEntry);
    double[] diameters = sizes == null ? null : own.doubles(DIAMETER, sizes);
    if (particles == null
        || !Arrays.equals(particles.diameters(), diameters)
        || !Arrays.equals(particles.types(), types)
        || !particles.names().equals(species.names())
        || !Arrays.equals(particles.ids(), ids)) {
      particles = Particles.of(ids, types, species.names()).withDiameters(diameters);
    }
    readFrom = from;
    return particles;
  }

  private static int[] counted(int n) {
    int[] ids = new int[n];
    Arrays.setAll(ids, i -> i);
    return ids;
  }

  /** The chunk of this frame or, where N is the same, that of frame 0. */
  private static GsdEntry perParticle(String name, GsdChunks own, GsdChunks first, int n) {
    GsdEntry mine = own.own(name);
    if (mine != null) {
      checkShape(name, mine, n, 1);
      return mine;
    }
    GsdEntry old = first.own(name);
    return old != null && old.rows() == n && old.columns() == 1 ? old : null;
  }

  private static List<String> names(byte[] bytes, GsdEntry entry) {
    List<String> names = new ArrayList<>();
    int width = (int) entry.columns();
    for (int row = 0; row < entry.rows() && width > 0; row++) {
      int from = row * width;
      int to = from;
      while (to < from + width && bytes[to] != 0) {
        to++;
      }
      names.add(new String(bytes, from, to - from, StandardCharsets.UTF_8));
    }
    return names;
  }

  private static Thermo thermo(GsdChunks own, GsdChunks first) throws IOException {
    return new Thermo(
        logged(POTENTIAL_ENERGY, own, first),
        logged(PRESSURE, own, first),
        logged(TEMPERATURE, own, first));
  }

  private static double logged(String name, GsdChunks own, GsdChunks first) throws IOException {
    GsdEntry entry = either(name, own, first);
    return entry == null ? Double.NaN : own.scalar(name, entry);
  }
}
