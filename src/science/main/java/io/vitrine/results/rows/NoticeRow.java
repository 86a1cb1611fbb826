package io.vitrine.results.rows;

/**
 * What a source left out or did otherwise, the newest word of each subject; key (study, simulation,
 * subject).
 *
 * @param study name of the study
 * @param simulation identifier of the simulation
 * @param subject what it is about: {@link #THINNED}, {@link #REPEATED}, {@link #TIME} or {@link
 *     #OUTAGE}
 * @param count how often so far; of an outage 1 while it lasts, else 0
 * @param text the sentence its user is told once; empty for a mere count
 */
public record NoticeRow(String study, String simulation, String subject, long count, String text)
    implements ResultRow {
  /** Frames left out because they lie between grid points. */
  public static final String THINNED = "thinned";

  /** Frames left out because they came again and were the same. */
  public static final String REPEATED = "repeated";

  /** Times that are not what frames say. */
  public static final String TIME = "time";

  /** The source cannot be read for now, or rests for so long that it may have ended. */
  public static final String OUTAGE = "outage";

  /** Checks the row. */
  public NoticeRow {
    Rule.named("study", study);
    Rule.named("simulation", simulation);
    Rule.named("subject", subject);
    Rule.notNegative("count", count);
    Rule.clean("text", text);
  }

  static NoticeRow of(RowCells c) {
    return new NoticeRow(c.text(), c.text(), c.text(), c.whole(), c.text());
  }

  @Override
  public RowKind kind() {
    return RowKind.NOTICE;
  }

  @Override
  public Object[] cells() {
    return new Object[] {study, simulation, subject, count, text};
  }
}
