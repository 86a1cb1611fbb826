package io.vitrine.relaxation;

import java.util.List;

/**
 * What a run says of its relaxation up to one frame.
 *
 * @param millis time of the frame, ms of event time
 * @param points relaxation functions of every species
 * @param tauAlpha of the first species at the first wavevector
 * @param verdict whether the run is in equilibrium
 */
public record RelaxationReport(
    long millis, List<RelaxationPoint> points, RelaxationTime tauAlpha, Verdict verdict) {
  /** Freezes the list. */
  public RelaxationReport {
    points = List.copyOf(points);
  }
}
