package io.vitrine.analysis.spec;

import io.vitrine.model.Check;
import java.io.Serializable;

/**
 * Which particles become training samples.
 *
 * @param label what the tails are tails of
 * @param tailFraction fraction f of each tail that becomes samples
 * @param tailCapacity most samples K kept of each tail of each simulation
 * @param thinMillis ms within which one particle gives a tail one sample only, its most extreme; 0
 *     lets all in
 * @param random whether as many particles as the low tail has are drawn from all, for the
 *     immobile-versus-random set
 * @param softness the softness rule
 */
public record TrainingSpec(
    Label label,
    double tailFraction,
    int tailCapacity,
    int thinMillis,
    boolean random,
    SoftnessRule softness)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** f of the paper. */
  public static final double TAIL_FRACTION = 0.00033;

  /** K where the length of a run is not known. */
  public static final int TAIL_CAPACITY = 5200;

  /** Seed of every draw. */
  public static final long SEED = 1;

  /** How mobile a particle is. */
  public enum Label {
    /** p_hop, sigma^2. */
    P_HOP("p_hop"),
    /** Its natural logarithm; the tails are those of p_hop. */
    LOG_P_HOP("log-p_hop"),
    /** Distance from the first to the last position of the window, sigma. */
    DISPLACEMENT("displacement");

    private final String text;

    Label(String text) {
      this.text = text;
    }

    /** The label as it is written. */
    public String text() {
      return text;
    }

    /** Reads {@link #text}. */
    public static Label named(String name) {
      for (Label label : values()) {
        if (label.text.equals(name)) {
          return label;
        }
      }
      throw Check.refuse("label", "be p_hop, log-p_hop or displacement", "'" + name + "'");
    }
  }

  /** Checks the numbers. */
  public TrainingSpec {
    if (!(tailFraction > 0 && tailFraction <= 0.5)) {
      throw Check.refuse("tail fraction", "lie in (0, 0.5]", tailFraction);
    }
    Check.positive("tail capacity", tailCapacity);
    Check.within("thinning (tau/1000)", thinMillis, 0, Integer.MAX_VALUE);
  }

  /** The paper's choices. */
  public static TrainingSpec standard() {
    return tails(TAIL_FRACTION, TAIL_CAPACITY);
  }

  /** The paper's choices but for the tails. */
  public static TrainingSpec tails(double fraction, int capacity) {
    return new TrainingSpec(Label.P_HOP, fraction, capacity, 0, false, SoftnessRule.standard());
  }

  /** The same, with another number of samples kept of each tail. */
  public TrainingSpec withTailCapacity(int capacity) {
    return new TrainingSpec(label, tailFraction, capacity, thinMillis, random, softness);
  }

  /** Most particles kept of the random draw: enough when all of the low tail is taken out. */
  public int drawCapacity() {
    return 2 * tailCapacity;
  }
}
