package io.vitrine.dynamics;

import io.vitrine.model.Check;

/** To which half of the window its centre frame belongs; changes P(p_hop > 0.2) by up to 2x. */
public enum HopConvention {
  /** To both: w1 = [t - 5, t], w2 = [t, t + 5]. */
  INCLUSIVE("inclusive", 1, 0),
  /** To the second: w1 = [t - 5, t), w2 = [t, t + 5]. */
  HALF_OPEN("half-open", 0, 0),
  /** To neither: w1 = [t - 5, t), w2 = (t, t + 5]. */
  EXCLUDE_CENTRE("exclude-centre", 0, 1);

  private final String label;
  private final int inFirst;
  private final int notInSecond;

  HopConvention(String label, int inFirst, int notInSecond) {
    this.label = label;
    this.inFirst = inFirst;
    this.notInSecond = notInSecond;
  }

  /** The convention of that name, as it is in options and results. */
  public static HopConvention named(String label) {
    for (HopConvention convention : values()) {
      if (convention.label.equals(label)) {
        return convention;
      }
    }
    throw Check.refuse("p_hop convention", "be inclusive, half-open or exclude-centre", label);
  }

  /** The name in options and results. */
  public String label() {
    return label;
  }

  /** One past the last frame of w1, where the centre has that index. */
  int firstEnd(int centre) {
    return centre + inFirst;
  }

  /** The first frame of w2. */
  int secondBegin(int centre) {
    return centre + notInSecond;
  }
}
