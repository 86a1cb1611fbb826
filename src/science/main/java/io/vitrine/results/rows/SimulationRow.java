package io.vitrine.results.rows;

import io.vitrine.model.Check;
import java.util.Objects;

/**
 * A simulation of a study.
 *
 * <p>Rewriting: a row with another {@code identity} is refused ({@code DifferentInputException}).
 * Unknown numbers do not replace known ones. {@code RUNNING} over {@code FINISHED} changes nothing
 * unless something else differs too (a later {@code untilTime}, say), so that replaying a finished
 * run leaves the store as it is.
 *
 * @param study name of the study
 * @param simulation identifier within the study
 * @param identity what was read or simulated: the URI without paths and poll options
 * @param source where frames come from, for people
 * @param convention window convention of p_hop
 * @param temperature set temperature of the thermostat, epsilon / k_B; NaN if unknown
 * @param particles number of particles; -1 if unknown
 * @param targets number of particles looked at; -1 if unknown
 * @param intervalMillis time between frames, ms of event time
 * @param windowMillis time from the first to the last frame of a window, ms of event time
 * @param untilTime where the run will end, tau; NaN if open
 * @param expectedFrames frames to come in all; -1 if unknown
 * @param state what the run does
 * @param error why it failed; empty otherwise
 */
public record SimulationRow(
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
    double untilTime,
    long expectedFrames,
    RunState state,
    String error)
    implements ResultRow {
  /** Checks the row. */
  public SimulationRow {
    Rule.named("study", study);
    Rule.named("simulation", simulation);
    Rule.named("identity", identity);
    Rule.clean("source", source);
    Rule.clean("convention", convention);
    Rule.temperature(temperature);
    if (intervalMillis <= 0) {
      throw Check.refuse("intervalMillis", "be > 0", intervalMillis);
    }
    if (windowMillis <= 0) {
      throw Check.refuse("windowMillis", "be > 0", windowMillis);
    }
    particles = Math.max(-1, particles);
    targets = Math.max(-1, targets);
    expectedFrames = Math.max(-1, expectedFrames);
    Objects.requireNonNull(state, "state");
    Rule.clean("error", error);
  }

  /** This row in another state; {@code why} is empty unless it failed. */
  public SimulationRow in(RunState next, String why) {
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
        untilTime,
        expectedFrames,
        next,
        why);
  }

  public static SimulationRow of(RowCells c) {
    return new SimulationRow(
        c.text(),
        c.text(),
        c.text(),
        c.text(),
        c.text(),
        c.real(),
        c.whole(),
        c.whole(),
        c.whole(),
        c.whole(),
        c.real(),
        c.whole(),
        RunState.of(c.text()),
        c.text());
  }

  @Override
  public RowKind kind() {
    return RowKind.SIMULATION;
  }

  @Override
  public Object[] cells() {
    return new Object[] {
      study,
      simulation,
      identity,
      source,
      convention,
      temperature,
      known(particles),
      known(targets),
      intervalMillis,
      windowMillis,
      untilTime,
      known(expectedFrames),
      state.word(),
      error
    };
  }

  private static Long known(long count) {
    return count < 0 ? null : (Long) count;
  }
}
