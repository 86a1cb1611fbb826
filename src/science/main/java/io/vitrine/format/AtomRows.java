package io.vitrine.format;

import java.util.Arrays;

/**
 * The rows of one frame of a text format, in the order they stand in; a column's meaning is one of
 * the groups below plus the axis.
 */
final class AtomRows {
  static final int SKIP = -1;
  static final int POSITION = 0;
  static final int IMAGE = 3;
  static final int VELOCITY = 6;
  static final int ID = 9;

  /** Species by name or number: A or 1, B or 2. */
  static final int SPECIES = 10;

  private final int[] meanings;
  private final int n;
  private final int[] ids;
  private final byte[] types;
  private final double[] positions;
  private final int[] images;
  private final double[] velocities;

  /** Allocates for rows that are known to be there; without ids they are numbered from 1. */
  AtomRows(int[] meanings, int n) {
    this.meanings = meanings;
    this.n = n;
    this.ids = new int[n];
    Arrays.setAll(ids, i -> i + 1);
    this.types = new byte[n];
    this.positions = new double[3 * n];
    this.images = has(IMAGE) ? new int[3 * n] : null;
    this.velocities = has(VELOCITY) ? new double[3 * n] : null;
  }

  private boolean has(int meaning) {
    return Arrays.stream(meanings).anyMatch(m -> m == meaning);
  }

  /** Reads all rows; refuses what is no number, and rows of another width. */
  void read(TokenScanner scanner, byte[] text, int from) {
    scanner.reset(text, from);
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
      case SKIP -> {
        if (!scanner.skip()) {
          throw new IllegalArgumentException(
              "expected " + meanings.length + " columns, found fewer");
        }
      }
      case ID -> ids[row] = readInt(scanner);
      case SPECIES -> types[row] = readSpecies(scanner);
      default -> {
        if (meaning < IMAGE) {
          positions[3 * row + meaning] = scanner.number();
        } else if (meaning < VELOCITY) {
          images[3 * row + meaning - IMAGE] = readInt(scanner);
        } else {
          velocities[3 * row + meaning - VELOCITY] = scanner.number();
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

  private static byte readSpecies(TokenScanner scanner) {
    String species = scanner.word();
    return switch (species) {
      case "1", "A" -> 0;
      case "2", "B" -> 1;
      default ->
          throw new IllegalArgumentException(
              "expected type 1 (A) or 2 (B), found "
                  + (species.isEmpty() ? "the end of the line" : "'" + species + "'"));
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
    double[] sorted = new double[3 * rowOf.length];
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
    int[] sorted = new int[3 * rowOf.length];
    for (int i = 0; i < rowOf.length; i++) {
      int from = 3 * rowOf[i];
      sorted[3 * i] = byRow[from];
      sorted[3 * i + 1] = byRow[from + 1];
      sorted[3 * i + 2] = byRow[from + 2];
    }
    return sorted;
  }
}
