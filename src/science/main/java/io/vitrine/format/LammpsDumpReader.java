package io.vitrine.format;

import io.vitrine.model.Box;
import io.vitrine.model.Frame;
import io.vitrine.model.Particles;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Reads LAMMPS text dumps (styles {@code atom} and {@code custom}), finished or growing.
 *
 * <p>Columns may stand in any order, rows too: particles come sorted by {@code id}, which must be
 * there. Coordinates are x, xs, xu or xsu, with image flags where ix iy iz are there; velocities
 * where vx vy vz are. Type 1 is A, 2 is B; without {@code type}, {@code element} says A or B. Boxes
 * are orthogonal, triclinic or general, periodic along all edges. Time is that of ITEM: TIME where
 * there is one, else step times dt. Units are taken to be lj.
 *
 * <p>A frame is complete when all its lines are; a torn last frame is awaited in a growing file and
 * refused in a finished one. What an appending run writes twice, or a rewound step, is given as it
 * stands. Cost: O(N) a frame where the order of rows does not change; memory: one frame and its
 * text.
 *
 * @see <a href="https://docs.lammps.org/dump.html">dump command</a>
 */
public final class LammpsDumpReader implements TrajectoryReader {
  private final Path path;
  private final ReaderOptions options;
  private final TextWindow window;
  private final TokenScanner scanner = new TokenScanner();
  private final IdOrder order = new IdOrder();
  private long ordinal;
  private boolean timed;
  private String columnsLine = "";
  private LammpsColumns columns;

  private LammpsDumpReader(Path path, ReaderOptions options, TextWindow window, long ordinal) {
    this.path = path;
    this.options = options;
    this.window = window;
    this.ordinal = ordinal;
  }

  /** Opens a dump at a position an earlier reader reported, or at its start. */
  public static LammpsDumpReader open(Path path, ReaderOptions options, ReadPosition position)
      throws IOException {
    TextWindow window = TextWindow.open(path, options.growing(), position);
    return new LammpsDumpReader(path, options, window, position.ordinal());
  }

  @Override
  public Frame next() throws IOException {
    LammpsExtent extent = complete();
    if (extent == null) {
      return null;
    }
    double time = Double.NaN;
    try {
      if (extent.problem != null) {
        throw new IllegalArgumentException(extent.problem);
      }
      long step = step(extent);
      time = time(extent, step);
      return frame(extent, step, time);
    } catch (IllegalArgumentException e) {
      throw new BadFrameException(where(), time, e.getMessage());
    } finally {
      window.consume(extent.end);
      ordinal++;
    }
  }

  /** The next frame, whole or spoilt, or null where none is complete. */
  private LammpsExtent complete() throws IOException {
    LammpsExtent extent = LammpsExtent.find(window, scanner);
    if (window.offset() == 0 && !LammpsExtent.mayBe(window)) {
      throw new IOException(
          path + " is no LAMMPS dump: expected ITEM: at byte 0, found something else");
    }
    if (extent != null || options.growing() || window.available() == 0) {
      return extent;
    }
    return LammpsExtent.torn(window.available());
  }

  private long step(LammpsExtent extent) {
    scanner.reset(window.bytes(), window.index(extent.step));
    return scanner.integer();
  }

  private double time(LammpsExtent extent, long step) throws IOException {
    if (extent.time >= 0) {
      scanner.reset(window.bytes(), window.index(extent.time));
      timed = true;
      return scanner.number();
    }
    if (timed) {
      throw new IllegalArgumentException("expected ITEM: TIME as in the frames before, found none");
    }
    if (Double.isNaN(options.dt())) {
      throw new IOException(path + " has no time; give dt=");
    }
    return step * options.dt();
  }

  private Frame frame(LammpsExtent extent, long step, double time) throws IOException {
    String line = window.line(extent.columns, extent.rows);
    if (!line.equals(columnsLine)) {
      columns = columns(line);
      columnsLine = line;
    }
    Lattice lattice = lattice(extent);
    LammpsRows rows = new LammpsRows(columns, extent.n);
    rows.read(scanner, window.bytes(), window.index(extent.rows));
    int[] rowOf = order.rowOf(rows.ids());
    Particles particles = order.particles(rows.types());
    double[] positions = LammpsRows.sorted(rows.positions(), rowOf);
    if (columns.scaled()) {
      unscale(positions, lattice.box());
    } else {
      lattice.rotate(positions);
    }
    Frame.Builder frame =
        Frame.of(options.simulation()).at(step, time).box(lattice.box()).particles(particles);
    if (columns.unwrapped()) {
      frame.unwrapped(positions);
    } else {
      frame.wrapped(positions, LammpsRows.sorted(rows.images(), rowOf));
    }
    double[] velocities = LammpsRows.sorted(rows.velocities(), rowOf);
    if (velocities != null) {
      lattice.rotate(velocities);
    }
    return frame.velocities(velocities).build();
  }

  private LammpsColumns columns(String line) throws IOException {
    try {
      return LammpsColumns.parse(line);
    } catch (IllegalArgumentException e) {
      throw new IOException(where() + ": " + e.getMessage(), e);
    }
  }

  private Lattice lattice(LammpsExtent extent) throws IOException {
    scanner.reset(window.bytes(), window.index(extent.box));
    scanner.nextLine();
    int flagsEnd = scanner.at() - window.index(0);
    try {
      return LammpsBox.parse(window.line(extent.box, flagsEnd), scanner);
    } catch (IOException e) {
      throw new IOException(where() + ": " + e.getMessage(), e);
    }
  }

  private static void unscale(double[] s, Box box) {
    for (int i = 0; i < s.length; i += 3) {
      double x = s[i];
      double y = s[i + 1];
      double z = s[i + 2];
      s[i] = box.originX() + x * box.lx() + y * box.xy() + z * box.xz();
      s[i + 1] = box.originY() + y * box.ly() + z * box.yz();
      s[i + 2] = box.originZ() + z * box.lz();
    }
  }

  private String where() {
    return path + ", frame " + ordinal + " at byte " + window.offset();
  }

  @Override
  public ReadPosition position() {
    return new ReadPosition(ordinal, window.offset(), ordinal == 0 ? 0 : window.fingerprint());
  }

  @Override
  public long countFrames() throws IOException {
    try (LammpsDumpReader ahead = open(path, options, position())) {
      ahead.skip(Long.MAX_VALUE);
      return ahead.ordinal;
    }
  }

  private void skip(long most) throws IOException {
    while (ordinal < most) {
      LammpsExtent extent = complete();
      if (extent == null) {
        break;
      }
      window.consume(extent.end);
      ordinal++;
    }
  }

  /** The byte behind the first {@code frames} complete frames of a file. */
  static long endOf(Path path, long frames) throws IOException {
    try (LammpsDumpReader reader =
        open(path, ReaderOptions.growing("skipped", 1), ReadPosition.START)) {
      reader.skip(frames);
      if (reader.ordinal < frames) {
        throw new IOException(
            path + ": expected at least " + frames + " frames, found " + reader.ordinal);
      }
      return reader.window.offset();
    }
  }

  @Override
  public void close() throws IOException {
    window.close();
  }
}
