package io.vitrine.analysis.spec;

import io.vitrine.model.Check;
import java.io.Serializable;
import java.util.Map;

/**
 * Whether each frame is first taken to its inherent structure, the local minimum of the potential
 * energy it drains into, and which mixture's pair potentials give energies and minima.
 *
 * @param on whether frames are taken to their minima
 * @param mixture {@value #KOB_ANDERSEN}: Kob-Andersen pairs, each cut at 2.5 sigma_ab; {@value
 *     #CUT_ALIKE}: all of them cut at 2.5 sigma_AA; else the name of a shipped mixture or, as JSON,
 *     the definition of another one
 */
public record Quench(boolean on, String mixture) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Kob-Andersen pairs, each cut at 2.5 sigma_ab and shifted to zero there. */
  public static final String KOB_ANDERSEN = "ka";

  /** Kob-Andersen pairs, all cut at 2.5 sigma_AA and shifted to zero there. */
  public static final String CUT_ALIKE = "all-pairs";

  /** What the convention {@code quench} says where the convention {@code mixture} says more. */
  public static final String BY_MIXTURE = "mixture";

  /** Name of the convention that holds {@link #mixture} where it is no Kob-Andersen one. */
  public static final String MIXTURE = "mixture";

  private static final String LEFT_ALONE = "off";

  /** Frames are looked at as they are. */
  public static final Quench OFF = new Quench(false, KOB_ANDERSEN);

  /** Kob-Andersen, each pair cut at 2.5 sigma_ab. */
  public static final Quench KA = new Quench(true, KOB_ANDERSEN);

  /** Kob-Andersen, all pairs cut at 2.5 sigma_AA. */
  public static final Quench ALL_PAIRS = new Quench(true, CUT_ALIKE);

  /** Whether the pairs are Kob-Andersen ones, which no convention {@code mixture} is needed for. */
  public boolean isKobAndersen() {
    return mixture.equals(KOB_ANDERSEN) || mixture.equals(CUT_ALIKE);
  }

  /** What the convention {@code quench} says: off, ka, all-pairs or mixture. */
  public String text() {
    return !on ? LEFT_ALONE : isKobAndersen() ? mixture : BY_MIXTURE;
  }

  /** The one that conventions state; without any, {@link #OFF}. */
  public static Quench of(Map<String, ?> conventions) {
    Object said = conventions.get("quench");
    String text = said == null ? LEFT_ALONE : String.valueOf(said);
    Object mixture = conventions.get(MIXTURE);
    return switch (text) {
      case LEFT_ALONE -> mixture == null ? OFF : new Quench(false, String.valueOf(mixture));
      case KOB_ANDERSEN -> KA;
      case CUT_ALIKE -> ALL_PAIRS;
      case BY_MIXTURE -> {
        if (mixture == null) {
          throw Check.refuse("convention mixture", "be there with the quench mixture", "absent");
        }
        yield new Quench(true, String.valueOf(mixture));
      }
      default ->
          throw Check.refuse(
              "convention quench", "be off, ka, all-pairs or mixture", "'" + text + "'");
    };
  }
}
