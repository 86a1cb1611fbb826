package io.vitrine.results.bins;

import io.vitrine.model.Check;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts of one bin of the raw score.
 *
 * @param index bin of {@link Binning#RAW_SCORE}
 * @param structures how many structures had such a score
 * @param rearranging how many of them went with p_hop > p_c
 */
public record CounterBin(int index, long structures, long rearranging) {
  /** Checks the bin. */
  public CounterBin {
    Binning.RAW_SCORE.check(index);
    if (rearranging < 0 || rearranging > structures) {
      throw Check.refuse("rearranging", "lie in [0, structures = " + structures + "]", rearranging);
    }
  }

  /** Refuses bins that do not ascend; returns them frozen. */
  public static List<CounterBin> ascending(List<CounterBin> bins) {
    for (int i = 1; i < bins.size(); i++) {
      if (bins.get(i).index <= bins.get(i - 1).index) {
        throw Check.refuse("bins", "ascend", bins.get(i - 1).index + ", " + bins.get(i).index);
      }
    }
    return List.copyOf(bins);
  }

  /** Index, structures and rearranging of each bin [3 * bins]. */
  public static long[] flat(List<CounterBin> bins) {
    long[] flat = new long[3 * bins.size()];
    for (int i = 0; i < bins.size(); i++) {
      flat[3 * i] = bins.get(i).index;
      flat[3 * i + 1] = bins.get(i).structures;
      flat[3 * i + 2] = bins.get(i).rearranging;
    }
    return flat;
  }

  /** The bins that {@link #flat} wrote. */
  public static List<CounterBin> of(long[] flat) {
    List<CounterBin> bins = new ArrayList<>(flat.length / 3);
    for (int i = 0; i < flat.length; i += 3) {
      bins.add(new CounterBin(Math.toIntExact(flat[i]), flat[i + 1], flat[i + 2]));
    }
    return bins;
  }
}
