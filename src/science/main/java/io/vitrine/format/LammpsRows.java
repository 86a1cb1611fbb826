package io.vitrine.format;

/** The rows of one frame of a LAMMPS text dump, in the order they stand in. */
final class LammpsRows {
  private final LammpsColumns columns;
  private final int n;
  private final int[] ids;
  private final byte[] types;
  private final double[] positions;
  private final int[] images;
  private final double[] velocities;

  /** Allocates for rows that are known to be there. */
  LammpsRows(LammpsColumns columns, int n) {
    this.columns = columns;
    this.n = n;
    this.ids = new int[n];
    this.types = new byte[n];
    this.positions = new double[3 * n];
    this.images = columns.has(LammpsColumns.IMAGE) ? new int[3 * n] : null;
    this.velocities = columns.has(LammpsColumns.VELOCITY) ? new double[3 * n] : null;
  }

  /** Reads all rows; refuses what is no number, and rows of another width. */
  void read(TokenScanner scanner, byte[] text, int from) {
    scanner.reset(text, from);
    int[] meanings = columns.meanings();
    for (int row = 0; row < n; row++) {
      try {
        for (int meaning : meanings) {
          readField(scanner, meaning, row);
        }
        if (!scanner.atLineEnd()) {
          throw new IllegalArgumentException(
              "expected " + meanings.length + " columns, found more");
        }
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("row " + (row + 1) + ": " + e.getMessage(), e);
      }
      scanner.nextLine();
    }
  }

  private void readField(TokenScanner scanner, int meaning, int row) {
    switch (meaning) {
      case LammpsColumns.SKIP -> {
        if (!scanner.skip()) {
          throw new IllegalArgumentException(
              "expected " + columns.meanings().length + " columns, found fewer");
        }
      }
      case LammpsColumns.ID -> ids[row] = readInt(scanner);
      case LammpsColumns.TYPE -> types[row] = readType(scanner);
      case LammpsColumns.ELEMENT -> types[row] = readElement(scanner);
      default -> {
        if (meaning < LammpsColumns.IMAGE) {
          positions[3 * row + meaning] = scanner.number();
        } else if (meaning < LammpsColumns.VELOCITY) {
          images[3 * row + meaning - LammpsColumns.IMAGE] = readInt(scanner);
        } else {
          velocities[3 * row + meaning - LammpsColumns.VELOCITY] = scanner.number();
        }
      }
    }
  }

  private static int readInt(TokenScanner scanner) {
    long value = scanner.integer();
    if ((int) value != value) {
      throw new IllegalArgumentException("expected an integer of 32 bits, found " + value);
    }
    return (int) value;
  }

  private static byte readType(TokenScanner scanner) {
    long type = scanner.integer();
    if (type != 1 && type != 2) {
      throw new IllegalArgumentException("expected type 1 (A) or 2 (B), found " + type);
    }
    return (byte) (type - 1);
  }

  private static byte readElement(TokenScanner scanner) {
    String element = scanner.word();
    return switch (element) {
      case "A" -> 0;
      case "B" -> 1;
      default ->
          throw new IllegalArgumentException("expected element A or B, found '" + element + "'");
    };
  }

  int[] ids() {
    return ids;
  }

  byte[] types() {
    return types;
  }

  double[] positions() {
    return positions;
  }

  int[] images() {
    return images;
  }

  double[] velocities() {
    return velocities;
  }

  /** Triples by row, in the order given; null stays null. */
  static double[] sorted(double[] byRow, int[] rowOf) {
    if (byRow == null) {
      return null;
    }
    double[] sorted = new double[byRow.length];
    for (int i = 0; i < rowOf.length; i++) {
      int from = 3 * rowOf[i];
      sorted[3 * i] = byRow[from];
      sorted[3 * i + 1] = byRow[from + 1];
      sorted[3 * i + 2] = byRow[from + 2];
    }
    return sorted;
  }

  /** Triples by row, in the order given; null stays null. */
  static int[] sorted(int[] byRow, int[] rowOf) {
    if (byRow == null) {
      return null;
    }
    int[] sorted = new int[byRow.length];
    for (int i = 0; i < rowOf.length; i++) {
      int from = 3 * rowOf[i];
      sorted[3 * i] = byRow[from];
      sorted[3 * i + 1] = byRow[from + 1];
      sorted[3 * i + 2] = byRow[from + 2];
    }
    return sorted;
  }
}
