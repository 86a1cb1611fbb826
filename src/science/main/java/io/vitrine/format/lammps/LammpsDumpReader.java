package io.vitrine.format.lammps;

import io.vitrine.format.CellVectors;
import io.vitrine.format.FileUnits;
import io.vitrine.format.ReadPosition;
import io.vitrine.format.ReaderOptions;
import io.vitrine.format.text.AtomRows;
import io.vitrine.format.text.TextReader;
import io.vitrine.model.Box;
import io.vitrine.model.Frame;
import io.vitrine.model.Particles;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Reads LAMMPS text dumps (styles {@code atom} and {@code custom}), finished or growing.
 *
 * <p>Columns may be in any order, rows too: particles come sorted by {@code id}, which must be
 * there. Coordinates are x, xs, xu or xsu, with image flags where ix iy iz are there; velocities
 * where vx vy vz are. Type 1 is A, 2 is B, and so on; a type label, or {@code element} without
 * {@code type}, is the name of a species. Boxes are orthogonal, triclinic or general, periodic
 * along all edges. Time is that of ITEM: TIME where there is one, else step times dt. Units are lj
 * where ITEM: UNITS says nothing; others are refused unless the options say what they are.
 *
 * <p>A frame is complete when all its lines are; a torn last frame is awaited in a growing file and
 * refused in a finished one. What an appending run writes twice, or a rewound step, is given as it
 * is given. Cost: O(N) a frame where the order of rows does not change; memory: one frame and its
 * text.
 *
 * @see <a href="https://docs.lammps.org/dump.html">dump command</a>
 */
public final class LammpsDumpReader extends TextReader<LammpsExtent> {
  private boolean timed;
  private String columnsLine = "";
  private LammpsColumns columns;

  private LammpsDumpReader(Path path, ReaderOptions options, ReadPosition position)
      throws IOException {
    super(path, options, position);
  }

  /** Opens a dump at a position an earlier reader reported, or at its start. */
  public static LammpsDumpReader open(Path path, ReaderOptions options, ReadPosition position)
      throws IOException {
    return new LammpsDumpReader(path, options, position);
  }

  @Override
  protected LammpsDumpReader at(ReadPosition position) throws IOException {
    return open(path, options, position);
  }

  @Override
  protected LammpsExtent find() throws IOException {
    return LammpsExtent.find(window, scanner);
  }

  @Override
  protected LammpsExtent torn() {
    return new LammpsExtent();
  }

  @Override
  protected void checkStart() throws IOException {
    if (!LammpsExtent.mayBe(window)) {
      throw new IOException(
          path + " is no LAMMPS dump: expected ITEM: at byte 0, found something else");
    }
  }

  @Override
  protected Frame frame(LammpsExtent extent) throws IOException {
    if (extent.units >= 0) {
      scanner.reset(window.bytes(), window.index(extent.units));
      FileUnits.check(where(), "ITEM: UNITS", scanner.text(), options.units());
    }
    long step = step(extent);
    time = time(extent, step);
    String line = window.line(extent.columns, extent.rows);
    if (columns == null || !line.equals(columnsLine)) {
      columns = columns(line);
      columnsLine = line;
    }
    CellVectors lattice = lattice(extent);
    AtomRows rows = new AtomRows(columns.meanings(), extent.n);
    rows.read(scanner, window.bytes(), window.index(extent.rows));
    int[] rowOf = order.rowOf(rows.ids());
    Particles particles = rows.particles(order, options.names());
    double[] positions = AtomRows.sorted(rows.positions(), rowOf);
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
      frame.wrapped(positions, lattice.orient(AtomRows.sorted(rows.images(), rowOf)));
    }
    double[] velocities = AtomRows.sorted(rows.velocities(), rowOf);
    if (velocities != null) {
      lattice.rotate(velocities);
    }
    return frame.velocities(velocities).build();
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
    return stepTime(step);
  }

  private LammpsColumns columns(String line) throws IOException {
    try {
      return LammpsColumns.parse(line, options.dimensions() == 2);
    } catch (IllegalArgumentException e) {
      throw new IOException(where() + ": " + e.getMessage(), e);
    }
  }

  private CellVectors lattice(LammpsExtent extent) throws IOException {
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
}
