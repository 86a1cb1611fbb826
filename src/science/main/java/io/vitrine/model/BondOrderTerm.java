package io.vitrine.model;

import java.util.List;

/** Which averaged bond orders q_l are features: degrees l, and how far neighbours count. */
public final class BondOrderTerm {
  /** The first degree l. */
  public static final int FIRST = 2;

  /** The last degree l. */
  public static final int LAST = 12;

  /** Neighbours farther away do not count, sigma: the first minimum of g_AA(r). */
  public static final double CUTOFF = 1.5;

  private BondOrderTerm() {}

  static void addNames(String prefix, List<String> names) {
    for (int l = FIRST; l <= LAST; l++) {
      names.add(prefix + "." + l);
    }
  }
}
