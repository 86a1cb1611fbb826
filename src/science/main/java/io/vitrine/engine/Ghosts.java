package io.vitrine.engine;

import io.vitrine.model.Box;
import java.util.Arrays;

/**
 * Copies of particles beyond the faces of the box, so that no pair needs a minimum image.
 *
 * <p>Ghosts stand behind the N particles in the same arrays, in the order of their cells. Cells of
 * a row have their particles side by side, so ghosts come in runs of one shift: targets {@code to
 * .. to+length} are sources {@code from .. from+length} moved by (sx, sy, sz). Costs a few
 * additions a ghost and step.
 */
final class Ghosts {
  private final Cells cells;
  private final Box box;

  /** First A, first B and end of every extended cell, as particle or ghost index. */
  final int[] first;

  final int[] firstB;
  final int[] end;

  private int runs;
  private int[] from = new int[64];
  private int[] to = new int[64];
  private int[] length = new int[64];
  private double[] shift = new double[3 * 64];

  Ghosts(Cells cells, Box box) {
    this.cells = cells;
    this.box = box;
    this.first = new int[cells.extendedCount()];
    this.firstB = new int[cells.extendedCount()];
    this.end = new int[cells.extendedCount()];
  }

  /**
   * Finds the ghosts of a sorted configuration.
   *
   * @param count number of particles
   * @param starts first particle of each (cell, type), cell-major, closed by N
   * @return particles and ghosts together
   */
  int build(int count, int[] starts) {
    runs = 0;
    int next = count;
    int e = 0;
    for (int z = 0; z < cells.extendedZ; z++) {
      int kz = Math.floorDiv(z, cells.nz);
      for (int y = -cells.reachY; y < cells.ny + cells.reachY; y++) {
        int ky = Math.floorDiv(y, cells.ny);
        int row = ((z - kz * cells.nz) * cells.ny + y - ky * cells.ny) * cells.nx;
        for (int x = -cells.reachX; x < cells.nx + cells.reachX; x++, e++) {
          int kx = Math.floorDiv(x, cells.nx);
          int c = 2 * (row + x - kx * cells.nx);
          int move = 0;
          if (kx != 0 || ky != 0 || kz != 0) {
            move = next - starts[c];
            next += starts[c + 2] - starts[c];
            append(starts[c], starts[c] + move, starts[c + 2] - starts[c], kx, ky, kz);
          }
          first[e] = starts[c] + move;
          firstB[e] = starts[c + 1] + move;
          end[e] = starts[c + 2] + move;
        }
      }
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
