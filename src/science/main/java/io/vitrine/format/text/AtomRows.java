package io.vitrine.format.text;

import io.vitrine.format.IdOrder;
import io.vitrine.format.SpeciesNames;
import io.vitrine.model.Particles;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of one frame of a text format, in their order; a column's meaning is one of the groups
 * below plus the axis.
 */
public final class AtomRows {
  public static final int SKIP = -1;
  public static final int POSITION = 0;
  public static final int IMAGE = 3;
  public static final int VELOCITY = 6;
  public static final int ID = 9;

  /** Species by name or number. */
  public static final int SPECIES = 10;

  /** Species by atomic number. */
  public static final int ATOMIC_NUMBER = 11;

  /** The one number a particle that is asked for beside positions. */
  public static final int PROPERTY = 12;

  /** The diameter of a particle. */
  public static final int DIAMETER = 13;

  /** Half the diameter of a particle. */
  public static final int RADIUS = 14;

  private final int[] meanings;
  private final int n;
  private final int[] ids;
  private final byte[] labelOfRow;
  private final Map<String, Byte> labels = new LinkedHashMap<>();
  private final double[] positions;
  private final int[] images;
  private final double[] velocities;
  private final double[] property;
  private final double[] diameters;

  /** Allocates for rows that are known to be there; without ids they are numbered from 1. */
  public AtomRows(int[] meanings, int n) {
    this.meanings = meanings;
    this.n = n;
    this.ids = new int[n];
    Arrays.setAll(ids, i -> i + 1);
    this.labelOfRow = new byte[n];
    this.positions = new double[3 * n];
    this.images = has(IMAGE) ? new int[3 * n] : null;
    this.velocities = has(VELOCITY) ? new double[3 * n] : null;
    this.property = has(PROPERTY) ? new double[n] : null;
    this.diameters = has(DIAMETER) || has(RADIUS) ? new double[n] : null;
  }

  private boolean has(int meaning) {
    return Arrays.stream(meanings).anyMatch(m -> m == meaning);
  }

  /** Reads all rows; refuses what is no number, and rows of another width. */
  public void read(TokenScanner scanner, byte[] text, int from) {
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
      case ATOMIC_NUMBER -> labelOfRow[row] = label(Elements.symbol(scanner.word()));
      case SPECIES -> labelOfRow[row] = label(scanner.word());
      case PROPERTY -> property[row] = scanner.number();
      case DIAMETER -> diameters[row] = scanner.number();
      case RADIUS -> diameters[row] = 2 * scanner.number();
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

  private byte label(String word) {
    Byte known = labels.get(word);
    if (known == null) {
      if (labels.size() == Byte.MAX_VALUE) {
        throw new IllegalArgumentException(
            "expected at most " + Byte.MAX_VALUE + " species, found another one, '" + word + "'");
      }
      // Refuses what is no label at all, where its row is known.
      SpeciesNames.found(List.of(word), Map.of());
      known = (byte) labels.size();
      labels.put(word, known);
    }
    return known;
  }

  public int[] ids() {
    return ids;
  }

  /** The particles of the rows, in the order {@code order} last gave. */
  public Particles particles(IdOrder order, Map<String, String> renamed) {
    SpeciesNames species = SpeciesNames.found(List.copyOf(labels.keySet()), renamed);
    byte[] types = new byte[n];
    for (int row = 0; row < n; row++) {
      types[row] = species.types()[labelOfRow[row]];
    }
    return order.particles(types, species.names(), diameters);
  }

  public double[] positions() {
    return positions;
  }

  public int[] images() {
    return images;
  }

  public double[] velocities() {
    return velocities;
  }

  /** The number a particle that was asked for, in the order given; null where none was. */
  public double[] property(int[] rowOf) {
    if (property == null) {
      return null;
    }
    double[] sorted = new double[n];
    Arrays.setAll(sorted, i -> property[rowOf[i]]);
    return sorted;
  }

  /** Triples by row, in the order given; null stays null. */
  public static double[] sorted(double[] byRow, int[] rowOf) {
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
  public static int[] sorted(int[] byRow, int[] rowOf) {
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
