package io.vitrine.results.bins;

import io.vitrine.model.Check;
import java.util.Objects;

/**
 * Bins of equal width on a linear or a logarithmic axis, with one bin below and one above.
 *
 * <p>index(v) = floor(u(v) p), u(v) = v or log10(v), p bins per unit (or per decade), kept within
 * first-1 (underflow) and last+1 (overflow). Edges are i / p (or 10^(i/p)), so neighbours share
 * them exactly. On the logarithmic axis v <= 0 is underflow. NaN is refused.
 *
 * @param scale axis
 * @param perUnit bins per unit, or per decade
 * @param first index of the first ordinary bin
 * @param last index of the last ordinary bin
 */
public record Binning(Scale scale, int perUnit, int first, int last) {
  /** The axis. */
  public enum Scale {
    /** Equal widths. */
    LINEAR,
    /** Equal ratios. */
    LOG
  }

  /** Raw score w.z: width 0.02 over [-20, 20). */
  public static final Binning RAW_SCORE = new Binning(Scale.LINEAR, 50, -1000, 999);

  /** p_hop: 20 bins a decade over [1e-8, 1e3) sigma^2. */
  public static final Binning P_HOP = new Binning(Scale.LOG, 20, -160, 59);

  /** One Cartesian displacement: width 0.02 over [-10, 10) sigma. */
  public static final Binning DISPLACEMENT = new Binning(Scale.LINEAR, 50, -500, 499);

  /** Length of a displacement: width 0.02 over [0, 20) sigma. */
  public static final Binning DISTANCE = new Binning(Scale.LINEAR, 50, 0, 999);

  /** Checks the bins. */
  public Binning {
    Objects.requireNonNull(scale, "scale");
    Check.positive("perUnit", perUnit);
    if (first > last) {
      throw Check.refuse("first", "be <= last = " + last, first);
    }
  }

  /** Index of the bin that holds {@code value}. */
  public int index(double value) {
    if (Double.isNaN(value)) {
      throw Check.refuse("value", "be a number", value);
    }
    double u =
        scale == Scale.LINEAR
            ? value
            : value > 0 ? StrictMath.log10(value) : Double.NEGATIVE_INFINITY;
    double floor = Math.floor(u * perUnit);
    return floor < first ? first - 1 : floor > last ? last + 1 : (int) floor;
  }

  /** Lower edge; minus infinity for underflow (0 on the logarithmic axis). */
  public double low(int index) {
    return index < first
        ? (scale == Scale.LOG ? 0.0 : Double.NEGATIVE_INFINITY)
        : edge(Math.min(index, last + 1));
  }

  /** Upper edge; infinity for overflow. */
  public double high(int index) {
    return index > last ? Double.POSITIVE_INFINITY : edge(Math.max(index, first - 1) + 1);
  }

  /** Refuses an index that no value has. */
  public int check(int index) {
    return (int) Check.within("bin index", index, first - 1, last + 1);
  }

  private double edge(int index) {
    double u = (double) index / perUnit;
    return scale == Scale.LINEAR ? u : StrictMath.pow(10.0, u);
  }
}
