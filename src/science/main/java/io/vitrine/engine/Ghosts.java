package io.vitrine.engine;

import io.vitrine.model.Box;
import java.util.Arrays;

/**
 * Copies of particles beyond the faces of the box, so that no pair needs a minimum image.
 *
 * <p>Ghosts are behind the N particles in the same arrays, in the order of their cells. Cells of a
 * row have their particles side by side, so ghosts come in runs of one shift: targets {@code to ..
 * to+length} are sources {@code from .. from+length} moved by (sx, sy, sz). Costs a few additions a
 * ghost and step.
 */
final class Ghosts {
  final Cells cells;
  private final Box box;
  private final int species;

  /** First particle or ghost of each type in every extended cell, and the one after the last. */
  final int[][] first;

  final int[][] end;

  private int runs;
  private int[] from = new int[64];
  private int[] to = new int[64];
  private int[] length = new int[64];
  private double[] shift = new double[3 * 64];

  Ghosts(Cells cells, Box box, int species) {
    this.cells = cells;
    this.box = box;
    this.species = species;
    this.first = new int[species][cells.extendedCount()];
    this.end = new int[species][cells.extendedCount()];
  }

  /**
   * Finds the ghosts of a sorted configuration.
   *
   * @param count number of particles
   * @param starts first particle of each {@link Cells#key}, closed by N
   * @return particles and ghosts together
   */
  int build(int count, int[] starts) {
    runs = 0;
    int next = count;
    for (int z = 0; z < cells.extendedZ; z++) {
      for (int y = -cells.reachY; y < cells.ny + cells.reachY; y++) {
        for (int type = 0; type < species; type++) {
          next = buildRow(z, y, type, starts, next);
        }
      }
    }
    return next;
  }

  private int buildRow(int z, int y, int type, int[] starts, int from) {
    int next = from;
    int kz = Math.floorDiv(z, cells.nz);
    int ky = Math.floorDiv(y, cells.ny);
    int row = (z - kz * cells.nz) * cells.ny + y - ky * cells.ny;
    int e = cells.extended(-cells.reachX, y, z);
    for (int x = -cells.reachX; x < cells.nx + cells.reachX; x++, e++) {
      int kx = Math.floorDiv(x, cells.nx);
      int key = cells.key(row * cells.nx + x - kx * cells.nx, type);
      int many = starts[key + 1] - starts[key];
      int target = starts[key];
      if (kx != 0 || ky != 0 || kz != 0) {
        target = next;
        next += many;
        append(starts[key], target, many, kx, ky, kz);
      }
      first[type][e] = target;
      end[type][e] = target + many;
    }
    return next;
  }

  private void append(int source, int target, int many, int kx, int ky, int kz) {
    double sx = kx * box.lx();
    double sy = ky * box.ly();
    double sz = kz * box.lz();
    int last = runs - 1;
    if (last >= 0
        && from[last] + length[last] == source
        && shift[3 * last] == sx
        && shift[3 * last + 1] == sy
        && shift[3 * last + 2] == sz) {
      length[last] += many;
      return;
    }
    if (runs == from.length) {
      from = Arrays.copyOf(from, 2 * runs);
      to = Arrays.copyOf(to, 2 * runs);
      length = Arrays.copyOf(length, 2 * runs);
      shift = Arrays.copyOf(shift, 6 * runs);
    }
    from[runs] = source;
    to[runs] = target;
    length[runs] = many;
    shift[3 * runs] = sx;
    shift[3 * runs + 1] = sy;
    shift[3 * runs + 2] = sz;
    runs++;
  }

  /** Sets ghost positions (stride 4) from those of the particles. */
  void refresh(double[] positions) {
    for (int r = 0; r < runs; r++) {
      double sx = shift[3 * r];
      double sy = shift[3 * r + 1];
      double sz = shift[3 * r + 2];
      int s = 4 * from[r];
      int t = 4 * to[r];
      for (int stop = s + 4 * length[r]; s < stop; s += 4, t += 4) {
        positions[t] = positions[s] + sx;
        positions[t + 1] = positions[s + 1] + sy;
        positions[t + 2] = positions[s + 2] + sz;
      }
    }
  }

  /** Adds what acts on ghosts (stride 4) to the particles they are copies of. */
  void fold(double[] forces) {
    for (int r = 0; r < runs; r++) {
      int s = 4 * from[r];
      int t = 4 * to[r];
      for (int stop = s + 4 * length[r]; s < stop; s++, t++) {
        forces[s] += forces[t];
      }
    }
  }
}
