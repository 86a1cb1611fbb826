package io.vitrine.analysis.window;

import io.vitrine.model.Frame;

/**
 * What the collectors of one simulation keep between its windows.
 *
 * @param early windows that came before one that precedes them, by number
 * @param structures frames by their time, ms
 * @param pHop p_hop of the targets by its time, ms
 */
public record Keep(Kept<HopFrame> early, Kept<Frame> structures, Kept<double[]> pHop) {
  /** Keeps all of it in memory. */
  public static Keep inMemory() {
    return new Keep(Kept.inMemory(), Kept.inMemory(), Kept.inMemory());
  }
}
