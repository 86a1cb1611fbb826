package io.vitrine.results.rows;

import io.vitrine.model.Check;
import io.vitrine.results.bins.Binning;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A histogram of one simulation over all windows so far; key (study, simulation, kind).
 *
 * <p>Written only where {@code windows} is not smaller than what is stored; then all bins are
 * replaced, in one transaction.
 *
 * @param study name of the study
 * @param simulation identifier of the simulation
 * @param kindOfValue what is counted: {@code p_hop}, {@code van_hove_1d}, {@code van_hove_r},
 *     {@code score:<model>}
 * @param windows windows covered
 * @param binning what the indices mean
 * @param bins occupied bins, ascending
 */
public record HistogramTotal(
    String study,
    String simulation,
    String kindOfValue,
    long windows,
    Binning binning,
    List<Bin> bins)
    implements ResultRow {
  /**
   * Count of one bin.
   *
   * @param index bin of the histogram's {@link Binning}
   * @param count how many values fell into it
   */
  public record Bin(int index, long count) {
    /** Checks the bin. */
    public Bin {
      Rule.notNegative("count", count);
    }
  }

  /** Checks the row. */
  public HistogramTotal {
    Rule.named("study", study);
    Rule.named("simulation", simulation);
    Rule.named("kind", kindOfValue);
    Rule.notNegative("windows", windows);
    bins = List.copyOf(bins);
    for (int i = 0; i < bins.size(); i++) {
      binning.check(bins.get(i).index());
      if (i > 0 && bins.get(i).index() <= bins.get(i - 1).index()) {
        throw Check.refuse("bins", "ascend", bins.get(i - 1).index() + ", " + bins.get(i).index());
      }
    }
  }

  public static HistogramTotal of(RowCells c) {
    return new HistogramTotal(
        c.text(),
        c.text(),
        c.text(),
        c.whole(),
        new Binning(
            Binning.Scale.valueOf(c.text().toUpperCase(Locale.ROOT)),
            c.integer(),
            c.integer(),
            c.integer()),
        bins(c.numbers()));
  }

  @Override
  public RowKind kind() {
    return RowKind.HISTOGRAM_TOTAL;
  }

  @Override
  public Object[] cells() {
    long[] flat = new long[2 * bins.size()];
    for (int i = 0; i < bins.size(); i++) {
      flat[2 * i] = bins.get(i).index();
      flat[2 * i + 1] = bins.get(i).count();
    }
    return new Object[] {
      study,
      simulation,
      kindOfValue,
      windows,
      binning.scale().name().toLowerCase(Locale.ROOT),
      (long) binning.perUnit(),
      (long) binning.first(),
      (long) binning.last(),
      flat
    };
  }

  private static List<Bin> bins(long[] flat) {
    List<Bin> bins = new ArrayList<>(flat.length / 2);
    for (int i = 0; i < flat.length; i += 2) {
      bins.add(new Bin(Math.toIntExact(flat[i]), flat[i + 1]));
    }
    return bins;
  }
}
