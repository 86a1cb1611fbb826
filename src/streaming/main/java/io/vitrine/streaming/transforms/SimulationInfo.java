package io.vitrine.streaming.transforms;

import io.vitrine.results.rows.RunState;
import io.vitrine.results.rows.SimulationRow;
import java.io.Serializable;

/**
 * What is known of a simulation before its first frame.
 *
 * @param study name of the study
 * @param simulation identifier
 * @param identity what the input is, whoever reads it
 * @param source where the frames come from, for people
 * @param convention window convention of p_hop
 * @param temperature set temperature, or NaN
 * @param particles number of particles, or -1
 * @param targets number of particles looked at, or -1
 * @param intervalMillis distance of frames, ms of event time
 * @param windowMillis time from the first to the last frame of a window, ms of event time
 * @param until last simulation time, tau, or NaN
 * @param expectedFrames number of frames, or -1
 */
public record SimulationInfo(
    String study,
    String simulation,
    String identity,
    String source,
    String convention,
    double temperature,
    long particles,
    long targets,
    long intervalMillis,
    long windowMillis,
    double until,
    long expectedFrames)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The row of this simulation in the results store. */
  public SimulationRow row(RunState state, String error) {
    return new SimulationRow(
        study,
        simulation,
        identity,
        source,
        convention,
        temperature,
        particles,
        targets,
        intervalMillis,
        windowMillis,
        until,
        expectedFrames,
        state,
        error);
  }
}
