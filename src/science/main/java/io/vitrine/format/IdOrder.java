package io.vitrine.format;

import io.vitrine.model.Particles;
import java.util.Arrays;
import java.util.List;

/**
 * Sorts rows by identifier, and shares one {@link Particles} over the frames of a file.
 *
 * <p>Engines write rows in an order of their own, which may change from frame to frame. Cost: O(N)
 * where the order is that of the frame before, else O(N log N).
 */
public final class IdOrder {
  private int[] rowIds = new int[0];
  private int[] rowOf = new int[0];
  private int[] sortedIds = new int[0];
  private Particles particles;

  /**
   * For each place in order of identifier, the row it is in.
   *
   * @throws IllegalArgumentException when an identifier occurs twice
   */
  public int[] rowOf(int[] ids) {
    if (!Arrays.equals(ids, rowIds)) {
      long[] keys = new long[ids.length];
      for (int row = 0; row < ids.length; row++) {
        keys[row] = ((long) ids[row] << 32) | row;
      }
      Arrays.sort(keys);
      int[] rows = new int[ids.length];
      int[] sorted = new int[ids.length];
      for (int i = 0; i < keys.length; i++) {
        rows[i] = (int) keys[i];
        sorted[i] = (int) (keys[i] >> 32);
        if (i > 0 && sorted[i] == sorted[i - 1]) {
          throw new IllegalArgumentException(
              "expected distinct ids, found id " + sorted[i] + " twice");
        }
      }
      rowIds = ids.clone();
      rowOf = rows;
      sortedIds = Arrays.equals(sorted, sortedIds) ? sortedIds : sorted;
    }
    return rowOf;
  }

  /** The particles whose types are by row, in the order {@link #rowOf} last gave. */
  public Particles particles(byte[] typeOfRow, List<String> names) {
    return particles(typeOfRow, names, null);
  }

  /** The same with diameters by row, or null. */
  public Particles particles(byte[] typeOfRow, List<String> names, double[] diameterOfRow) {
    double[] diameters = diameterOfRow == null ? null : new double[diameterOfRow.length];
    for (int i = 0; diameters != null && i < diameters.length; i++) {
      diameters[i] = diameterOfRow[rowOf[i]];
    }
    byte[] types = new byte[typeOfRow.length];
    for (int i = 0; i < types.length; i++) {
      types[i] = typeOfRow[rowOf[i]];
    }
    if (particles == null
        || !Arrays.equals(particles.types(), types)
        || !particles.names().equals(names)
        || !Arrays.equals(particles.ids(), sortedIds)
        || !Arrays.equals(particles.diameters(), diameters)) {
      particles = Particles.of(sortedIds, types, names).withDiameters(diameters);
    }
    return particles;
  }
}
