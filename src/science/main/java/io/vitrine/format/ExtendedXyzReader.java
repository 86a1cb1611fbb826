package io.vitrine.format;

import io.vitrine.model.Frame;
import io.vitrine.model.Particles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads extended XYZ files in the manner of ASE and OVITO, plain or packed, finished or growing.
 *
 * <p>The second line of a frame must have {@code Lattice}, nine numbers, the edges a, b, c; {@code
 * Origin} is the lower corner, {@code pbc} must be T T T where it stands. Columns are told by
 * {@code Properties}: pos and species (A, B, or 1, 2), and where they stand id (else 1, 2, ... in
 * order), velo or vel, and image. Time is {@code Time}, else {@code Step} times dt. Positions may
 * be wrapped or not: without images they are taken as wrapped, unless {@code unwrapped=T} stands in
 * the second line, as {@link ExtendedXyzWriter} says it.
 */
public final class ExtendedXyzReader extends TextReader<XyzExtent> {
  private static final double[] CORNER = {0, 0, 0};

  private boolean timed;

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
  ExtendedXyzReader at(ReadPosition position) throws IOException {
    return open(path, options, position);
  }

  @Override
  XyzExtent find() throws IOException {
    return XyzExtent.find(window);
  }

  @Override
  XyzExtent torn() {
    return new XyzExtent();
  }

  @Override
  void checkStart() throws IOException {
    int end = window.lineEnd(0);
    if (end > 0 && XyzExtent.count(window, 0, end) < 0) {
      throw new IOException(
          path + " is no XYZ file: expected a number of particles in line 1, found something else");
    }
  }

  @Override
  Frame frame(XyzExtent extent) throws IOException {
    XyzProperties properties = new XyzProperties(window.line(extent.properties, extent.rows));
    long step = step(properties);
    time = time(properties, step);
    Lattice lattice = lattice(properties);
    AtomRows rows = new AtomRows(properties.meanings(), extent.n);
    rows.read(scanner, window.bytes(), window.index(extent.rows));
    int[] rowOf = order.rowOf(rows.ids());
    Particles particles = order.particles(rows.types());
    double[] positions = AtomRows.sorted(rows.positions(), rowOf);
    lattice.rotate(positions);
    Frame.Builder frame =
        Frame.of(options.simulation()).at(step, time).box(lattice.box()).particles(particles);
    if (unwrapped(properties)) {
      frame.unwrapped(positions);
    } else {
      frame.wrapped(positions, AtomRows.sorted(rows.images(), rowOf));
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
    double[] step = properties.numbers("step", 1);
    return step == null ? -1 : (long) step[0];
  }

  private double time(XyzProperties properties, long step) throws IOException {
    double[] time = properties.numbers("time", 1);
    if (time != null) {
      timed = true;
      return time[0];
    }
    if (timed) {
      throw new IllegalArgumentException("expected Time= as in the frames before, found none");
    }
    if (step < 0) {
      throw new IOException(where() + ": expected Time= or Step= in line 2, found neither");
    }
    return stepTime(step);
  }

  private Lattice lattice(XyzProperties properties) throws IOException {
    double[] abc = properties.numbers("lattice", 9);
    if (abc == null) {
      throw new IOException(where() + ": expected Lattice= in line 2, found none");
    }
    String pbc = properties.value("pbc");
    if (pbc != null && !pbc.replaceAll("[\\s,\\[\\]]", "").matches("(?i)(T|True|1){3}")) {
      throw new IOException(
          where() + ": expected a box periodic along x, y and z, found pbc=" + pbc);
    }
    double[] origin = properties.numbers("origin", 3);
    boolean[] periodic = new boolean[3];
    Arrays.fill(periodic, true);
    return Lattice.of(abc, origin == null ? CORNER : origin, periodic);
  }
}
