package io.vitrine.format.lammps;

import io.vitrine.format.CellVectors;
import io.vitrine.format.text.TokenScanner;
import io.vitrine.model.Check;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * The box of a frame of a LAMMPS text dump: orthogonal, triclinic or general.
 *
 * <p>For a triclinic box LAMMPS writes the bounds of what encloses it: xlo = xlo_bound - min(0, xy,
 * xz, xy + xz), xhi = xhi_bound - max(0, xy, xz, xy + xz), ylo = ylo_bound - min(0, yz), yhi =
 * yhi_bound - max(0, yz). A general box ({@code abc origin}) has its edge vectors in three rows of
 * three, each followed by a coordinate of the corner. Fractions count along the edges. An edge is
 * periodic where its boundary is pp, and free where it is fixed or shrink-wrapped.
 */
final class LammpsBox {
  private static final double[] CUBE_EDGES = {1, 0, 0, 0, 1, 0, 0, 0, 1};

  private LammpsBox() {}

  /**
   * Reads the three lines at the scanner.
   *
   * @param flags what is behind ITEM: BOX BOUNDS
   * @throws IllegalArgumentException for a box of no volume or with a line that is no numbers
   * @throws IOException for boundaries that are none
   */
  static CellVectors parse(String flags, TokenScanner scanner) throws IOException {
    List<String> words = Arrays.asList(flags.strip().split("\\s+", -1));
    boolean general = words.contains("abc");
    boolean tilted = words.contains("xy");
    boolean[] periodic = periodic(words.subList(general ? 2 : tilted ? 3 : 0, words.size()), flags);
    int width = general ? 4 : tilted ? 3 : 2;
    double[] rows = new double[3 * width];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = scanner.number();
      if ((i + 1) % width == 0) {
        if (!scanner.atLineEnd()) {
          throw new IllegalArgumentException(
              "expected " + width + " numbers in a line of the box, found more");
        }
        scanner.nextLine();
      }
    }
    if (general) {
      return general(rows, periodic);
    }
    return tilted ? tilted(rows, periodic) : orthogonal(rows, periodic);
  }

  private static boolean[] periodic(List<String> faces, String flags) throws IOException {
    boolean[] periodic = {true, true, true};
    // Old versions write no flags at all.
    if (faces.equals(List.of(""))) {
      return periodic;
    }
    if (faces.size() != 3 || !faces.stream().allMatch(f -> f.matches("pp|[fsm]{2}"))) {
      throw new IOException(
          "expected boundaries of two letters p, f, s or m along x, y and z, found ITEM: BOX BOUNDS "
              + flags);
    }
    for (int axis = 0; axis < periodic.length; axis++) {
      periodic[axis] = faces.get(axis).equals("pp");
    }
    return periodic;
  }

  private static CellVectors orthogonal(double[] r, boolean[] periodic) {
    double[] abc = CUBE_EDGES.clone();
    checkLengths(r[1] - r[0], r[3] - r[2], r[5] - r[4]);
    abc[0] = r[1] - r[0];
    abc[4] = r[3] - r[2];
    abc[8] = r[5] - r[4];
    return CellVectors.of(abc, new double[] {r[0], r[2], r[4]}, periodic);
  }

  private static CellVectors tilted(double[] r, boolean[] periodic) {
    double xy = r[2];
    double xz = r[5];
    double yz = r[8];
    double xlo = r[0] - Math.min(Math.min(0, xy), Math.min(xz, xy + xz));
    double xhi = r[1] - Math.max(Math.max(0, xy), Math.max(xz, xy + xz));
    double ylo = r[3] - Math.min(0, yz);
    double yhi = r[4] - Math.max(0, yz);
    checkLengths(xhi - xlo, yhi - ylo, r[7] - r[6]);
    double[] abc = {xhi - xlo, 0, 0, xy, yhi - ylo, 0, xz, yz, r[7] - r[6]};
    return CellVectors.of(abc, new double[] {xlo, ylo, r[6]}, periodic);
  }

  private static void checkLengths(double lx, double ly, double lz) {
    Check.positive("box lx", lx);
    Check.positive("box ly", ly);
    Check.positive("box lz", lz);
  }

  private static CellVectors general(double[] r, boolean[] periodic) {
    double[] abc = {r[0], r[1], r[2], r[4], r[5], r[6], r[8], r[9], r[10]};
    return CellVectors.of(abc, new double[] {r[3], r[7], r[11]}, periodic);
  }
}
