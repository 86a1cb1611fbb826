package io.vitrine.results;

import io.vitrine.results.rows.RunState;
import io.vitrine.results.rows.SimulationRow;

/**
 * State of one simulation.
 *
 * @param simulation its row
 * @param firstMillis time of its first frame; -1 if none yet
 * @param latestMillis time of its newest frame; -1 if none yet
 * @param frames frames read
 * @param framesThinned frames left out between grid times
 * @param framesRepeated frames left out because they came again and were the same
 * @param outage why its source cannot be read for now; empty while it can
 * @param windows complete windows
 * @param incompleteWindows windows seen to lack frames, those that reach beyond the ends left out
 * @param expectedWindows windows that fit between first and newest frame
 * @param deadLetters frames that could not be used
 * @param newestWindowMillis centre of the newest complete window; -1 if none yet
 * @param hopFraction fraction rearranging in it; NaN if none yet
 * @param meanPHop mean p_hop in it, sigma^2; NaN if none yet
 * @param meanScore mean score in it, of the alphabetically first model; NaN without a model
 * @param model that model; empty without
 * @param energy potential energy of the newest frame, epsilon; NaN if unknown
 * @param pressure pressure of the newest frame; NaN if unknown
 * @param temperature measured temperature of the newest frame; NaN if unknown
 * @param framesPerSecond pace of the newest frames by the clock; NaN if unknown
 * @param wallSeen when the newest frame was first written, ms since 1970; -1 if none yet
 */
public record SimulationStatus(
    SimulationRow simulation,
    long firstMillis,
    long latestMillis,
    long frames,
    long framesThinned,
    long framesRepeated,
    String outage,
    long windows,
    long incompleteWindows,
    long expectedWindows,
    long deadLetters,
    long newestWindowMillis,
    double hopFraction,
    double meanPHop,
    double meanScore,
    String model,
    double energy,
    double pressure,
    double temperature,
    double framesPerSecond,
    long wallSeen) {

  /**
   * Windows that lack frames, as far as can be known: once the simulation has ended and its last
   * window is there, all that fit between its ends but were not complete, also those that never had
   * a frame; before that, those seen to be incomplete.
   */
  public long missingWindows() {
    boolean whole =
        simulation.state() != RunState.RUNNING
            && newestWindowMillis >= latestMillis - simulation.windowMillis() / 2;
    return whole ? Math.max(0, expectedWindows - windows) : incompleteWindows;
  }
}
