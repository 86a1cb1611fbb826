package io.vitrine.results.rows;

import io.vitrine.model.DeadLetter;

/**
 * A frame that could not be used; key (study, simulation, ordinal).
 *
 * @param study name of the study
 * @param simulation identifier of the simulation
 * @param ordinal which frame of its source it was
 * @param time simulation time, tau; NaN if unreadable
 * @param place file and place
 * @param reason what was found and what was expected
 */
public record DeadLetterRow(
    String study, String simulation, long ordinal, double time, String place, String reason)
    implements ResultRow {
  /** Checks the row. */
  public DeadLetterRow {
    Rule.named("study", study);
    Rule.named("simulation", simulation);
    Rule.clean("place", place);
    Rule.clean("reason", reason);
  }

  /** The row of a letter. */
  public static DeadLetterRow of(String study, DeadLetter letter) {
    return new DeadLetterRow(
        study,
        letter.simulation(),
        letter.ordinal(),
        letter.time(),
        printable(letter.where()),
        printable(letter.reason()));
  }

  static DeadLetterRow of(RowCells c) {
    return new DeadLetterRow(c.text(), c.text(), c.whole(), c.real(), c.text(), c.text());
  }

  @Override
  public RowKind kind() {
    return RowKind.DEAD_LETTER;
  }

  @Override
  public Object[] cells() {
    return new Object[] {study, simulation, ordinal, time, place, reason};
  }

  /** Reasons may quote a broken file. */
  private static String printable(String text) {
    return text.replace('\0', '?');
  }
}
