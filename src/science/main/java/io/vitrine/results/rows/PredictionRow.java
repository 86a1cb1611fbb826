package io.vitrine.results.rows;

import io.vitrine.model.Check;

/**
 * How well a model predicts a number in one window it was not trained on: Pearson's r over the
 * particles looked at; key (study, simulation, model, time).
 *
 * @param study name of the study
 * @param simulation identifier of the simulation
 * @param model name of the model
 * @param timeMillis centre of the window, ms of event time
 * @param modelVersion version of the model
 * @param label what the score is compared with: p_hop, log-p_hop or displacement
 * @param n number of particles
 * @param r Pearson's coefficient of score and label; NaN where either does not vary
 */
public record PredictionRow(
    String study,
    String simulation,
    String model,
    long timeMillis,
    String modelVersion,
    String label,
    long n,
    double r)
    implements ResultRow {
  private static final double MILLIS = 1000.0;

  /** Checks the row. */
  public PredictionRow {
    Rule.named("study", study);
    Rule.named("simulation", simulation);
    Rule.named("model", model);
    Rule.named("modelVersion", modelVersion);
    Rule.named("label", label);
    Rule.notNegative("n", n);
    if (Math.abs(r) > 1) {
      throw Check.refuse("r", "lie in [-1, 1]", r);
    }
  }

  static PredictionRow of(RowCells c) {
    return new PredictionRow(
        c.text(),
        c.text(),
        c.text(),
        Math.round(c.real() * MILLIS),
        c.text(),
        c.text(),
        c.whole(),
        c.real());
  }

  @Override
  public RowKind kind() {
    return RowKind.PREDICTION;
  }

  @Override
  public Object[] cells() {
    return new Object[] {study, simulation, model, timeMillis / MILLIS, modelVersion, label, n, r};
  }
}
