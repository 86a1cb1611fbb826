package io.vitrine.analysis;

import io.vitrine.dynamics.HopConvention;
import io.vitrine.dynamics.WindowSpec;
import io.vitrine.model.Check;
import io.vitrine.model.FeatureSpec;
import io.vitrine.model.Species;
import java.io.Serializable;

/**
 * What is computed of every window: everything that changes a number.
 *
 * @param intervalMillis distance of the frames of a window, ms of event time
 * @param convention to which half of the window its centre belongs
 * @param targets species of the particles looked at
 * @param hopThreshold p_c: a particle rearranges where p_hop &gt; p_c, sigma^2
 * @param features the structure functions
 * @param tailFraction fraction f of each tail of p_hop that becomes training samples
 * @param tailCapacity most samples K kept of each tail of each simulation
 * @param keepHops whether p_hop and scores of every window are kept for an export
 * @param exportAll whether exports hold all particles, not only those looked at
 * @param featureMillis event times whose structure functions are kept for an export, ascending
 */
public record AnalysisSpec(
    int intervalMillis,
    HopConvention convention,
    Species targets,
    double hopThreshold,
    FeatureSpec features,
    double tailFraction,
    int tailCapacity,
    boolean keepHops,
    boolean exportAll,
    long[] featureMillis)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** p_c of the paper, sigma^2. */
  public static final double HOP_THRESHOLD = 0.2;

  /** f of the paper. */
  public static final double TAIL_FRACTION = 0.00033;

  /** K where the length of a run is not known. */
  public static final int TAIL_CAPACITY = 5200;

  /** The bulk moments are taken of every tenth frame. */
  public static final int BULK_STRIDE = 10;

  /** Checks the numbers. */
  public AnalysisSpec {
    Check.positive("hop threshold", hopThreshold);
    if (!(tailFraction > 0 && tailFraction <= 0.5)) {
      throw Check.refuse("tail fraction", "lie in (0, 0.5]", tailFraction);
    }
    Check.positive("tail capacity", tailCapacity);
    featureMillis = featureMillis.clone();
  }

  /** The paper's choices. */
  public static AnalysisSpec standard() {
    return new AnalysisSpec(
        WindowSpec.standard().intervalMillis(),
        HopConvention.INCLUSIVE,
        Species.A,
        HOP_THRESHOLD,
        FeatureSpec.standard(),
        TAIL_FRACTION,
        TAIL_CAPACITY,
        false,
        false,
        new long[0]);
  }

  /** Shape of the windows. */
  public WindowSpec window() {
    return new WindowSpec(intervalMillis);
  }

  /** Whether the structure functions of all targets at this time belong to the bulk moments. */
  public boolean isBulkFrame(long structureMillis) {
    return Math.floorMod(structureMillis, (long) BULK_STRIDE * intervalMillis) == 0;
  }

  /** Whether the structure functions at this time are to be exported. */
  public boolean exportsFeatures(long structureMillis) {
    for (long millis : featureMillis) {
      if (millis == structureMillis) {
        return true;
      }
    }
    return false;
  }

  /** The same, with another number of samples kept of each tail. */
  public AnalysisSpec withTailCapacity(int capacity) {
    return new AnalysisSpec(
        intervalMillis,
        convention,
        targets,
        hopThreshold,
        features,
        tailFraction,
        capacity,
        keepHops,
        exportAll,
        featureMillis);
  }
}
