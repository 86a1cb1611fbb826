package io.vitrine.relaxation;

import io.vitrine.model.Check;
import java.io.Serializable;
import java.util.List;

/**
 * Which relaxation functions are measured.
 *
 * @param dimensions of space, 2 or 3; in two the third coordinate is left out
 * @param wavevectors of F_s, 1/sigma; the first one defines tau_alpha
 * @param overlap a of the overlap function: a particle within a of where it was overlaps, sigma
 */
public record RelaxationSpec(int dimensions, List<Double> wavevectors, double overlap)
    implements Serializable {
  private static final double FIRST_PEAK = 7.25;
  private static final double CAGE = 0.3;

  /** Checks the values and freezes the list. */
  public RelaxationSpec {
    Check.within("dimensions", dimensions, 2, 3);
    wavevectors = List.copyOf(wavevectors);
    Check.positive("number of wavevectors", wavevectors.size());
    wavevectors.forEach(k -> Check.positive("wavevector", k));
    if (wavevectors.stream().distinct().count() < wavevectors.size()) {
      throw Check.refuse("wavevectors", "differ from each other", wavevectors);
    }
    Check.positive("overlap", overlap);
  }

  /** Three dimensions, k = 7.25 (the first peak of S_AA of Kob-Andersen), a = 0.3. */
  public static RelaxationSpec standard() {
    return new RelaxationSpec(3, List.of(FIRST_PEAK), CAGE);
  }
}
