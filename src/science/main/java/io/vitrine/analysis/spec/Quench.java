package io.vitrine.analysis.spec;

import io.vitrine.model.Check;

/**
 * Whether each frame is first taken to its inherent structure, the local minimum of the potential
 * energy it drains into, and by which pair potential: the Kob-Andersen one, each pair cut at 2.5
 * sigma_ab or all pairs at 2.5 sigma_AA, shifted to zero there.
 */
public enum Quench {
  /** Frames are looked at as they are. */
  OFF("off"),
  /** Kob-Andersen, each pair cut at 2.5 sigma_ab. */
  KA("ka"),
  /** Kob-Andersen, all pairs cut at 2.5 sigma_AA. */
  ALL_PAIRS("all-pairs");

  private final String text;

  Quench(String text) {
    this.text = text;
  }

  /** As it is written. */
  public String text() {
    return text;
  }

  /** Reads {@link #text}. */
  public static Quench named(String name) {
    for (Quench quench : values()) {
      if (quench.text.equals(name)) {
        return quench;
      }
    }
    throw Check.refuse("--quench", "be off, ka or all-pairs", "'" + name + "'");
  }
}
