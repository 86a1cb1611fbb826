package io.vitrine.format.xyz;

import io.vitrine.format.CellVectors;
import io.vitrine.format.ReadPosition;
import io.vitrine.format.ReaderOptions;
import io.vitrine.format.text.AtomRows;
import io.vitrine.format.text.TextReader;
import io.vitrine.model.Frame;
import io.vitrine.model.Particles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads extended XYZ files in the manner of ASE and OVITO, plain or packed, finished or growing.
 *
 * <p>The second line of a frame must have {@code Lattice}, nine numbers, the edges a, b, c; {@code
 * Origin} is the lower corner, {@code pbc} says which of them are periodic (all where it is not
 * given). Columns are told by {@code Properties}: pos and species (names, or 1, 2, ...; or Z,
 * atomic numbers), and where they are id (else 1, 2, ... in order), velo or vel, and image. Time is
 * {@code Time}, else {@code Step} times dt. Positions may be wrapped or not: without images they
 * are taken as wrapped, unless {@code unwrapped=T} is in the second line, as {@link
 * ExtendedXyzWriter} says it.
 */
public final class ExtendedXyzReader extends TextReader<XyzExtent> {
  private static final double[] CORNER = {0, 0, 0};

  private boolean timed;
  private double[] property;

  private ExtendedXyzReader(Path path, ReaderOptions options, ReadPosition position)
      throws IOException {
    super(path, options, position);
  }

  /** Opens a file at a position an earlier reader reported, or at its start. */
  public static ExtendedXyzReader open(Path path, ReaderOptions options, ReadPosition position)
      throws IOException {
    return new ExtendedXyzReader(path, options, position);
  }

  @Override
  public double[] property() {
    return property;
  }

  @Override
  protected ExtendedXyzReader at(ReadPosition position) throws IOException {
    return open(path, options, position);
  }

  @Override
  protected XyzExtent find() throws IOException {
    return XyzExtent.find(window);
  }

  @Override
  protected XyzExtent torn() {
    return new XyzExtent();
  }

  @Override
  protected void checkStart() throws IOException {
    int from = 0;
    int end = window.lineEnd(0);
    while (end > 0 && window.isBlank(from, end)) {
      from = end;
      end = window.lineEnd(end);
    }
    if (end > 0 && XyzExtent.count(window, from, end) < 0) {
      throw new IOException(
          path + " is no XYZ file: expected a number of particles in line 1, found something else");
    }
  }

  @Override
  protected Frame frame(XyzExtent extent) throws IOException {
    XyzProperties properties =
        new XyzProperties(window.line(extent.properties, extent.rows), options.property());
    long step = step(properties);
    time = time(properties, step);
    CellVectors lattice = lattice(properties);
    AtomRows rows = new AtomRows(properties.meanings(), extent.n);
    rows.read(scanner, window.bytes(), window.index(extent.rows));
    int[] rowOf = order.rowOf(rows.ids());
    property = rows.property(rowOf);
    Particles particles = rows.particles(order, options.names());
    double[] positions = AtomRows.sorted(rows.positions(), rowOf);
    lattice.rotate(positions);
    Frame.Builder frame =
        Frame.of(options.simulation()).at(step, time).box(lattice.box()).particles(particles);
    if (unwrapped(properties)) {
      frame.unwrapped(positions);
    } else {
      frame.wrapped(positions, lattice.orient(AtomRows.sorted(rows.images(), rowOf)));
    }
    double[] velocities = AtomRows.sorted(rows.velocities(), rowOf);
    if (velocities != null) {
      lattice.rotate(velocities);
    }
    return frame.velocities(velocities).build();
  }

  private static boolean unwrapped(XyzProperties properties) {
    String value = properties.value("unwrapped");
    return value != null && value.startsWith("T");
  }

  private static long step(XyzProperties properties) {
    double[] step = properties.numbers("Step", 1);
    return step == null ? -1 : (long) step[0];
  }

  private double time(XyzProperties properties, long step) throws IOException {
    double[] time = properties.numbers("Time", 1);
    if (time != null) {
      timed = true;
      return time[0];
    }
    if (timed) {
      throw new IllegalArgumentException("expected Time= as in the frames before, found none");
    }
    if (options.property() != null && (step < 0 || Double.isNaN(options.dt()))) {
      return Double.NaN;
    }
    if (step < 0) {
      throw new IOException(where() + ": expected Time= or Step= in line 2, found neither");
    }
    return stepTime(step);
  }

  private CellVectors lattice(XyzProperties properties) throws IOException {
    double[] abc = properties.numbers("Lattice", 9);
    if (abc == null) {
      throw new IOException(where() + ": expected Lattice= in line 2, found none");
    }
    double[] origin = properties.numbers("Origin", 3);
    boolean[] periodic = new boolean[3];
    Arrays.fill(periodic, true);
    String pbc = properties.value("pbc");
    if (pbc != null) {
      String[] flags = pbc.replaceAll("[,\\[\\]{}]", " ").strip().split("\\s+", -1);
      boolean known = Arrays.stream(flags).allMatch(f -> f.matches("(?i)T|True|1|F|False|0"));
      if (flags.length != periodic.length || !known) {
        throw new IOException(where() + ": expected three of T and F, found pbc=" + pbc);
      }
      for (int axis = 0; axis < periodic.length; axis++) {
        periodic[axis] = flags[axis].matches("(?i)T|True|1");
      }
    }
    return CellVectors.of(abc, origin == null ? CORNER : origin, periodic);
  }
}
