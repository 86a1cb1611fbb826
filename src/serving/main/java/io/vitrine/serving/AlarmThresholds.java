package io.vitrine.serving;

import io.vitrine.model.Check;

/**
 * When alarms are raised.
 *
 * @param stalledSeconds a running simulation without a new frame for so long
 * @param temperatureDrift mean of the newest frames off the set temperature by this fraction
 * @param energyDrift newest hundred frames off the hundred before by this fraction of U
 * @param crystalScore fall of the mean score, in its own spread over particles, that together with
 *     a fall of U by {@code energyDrift} looks like a crystal
 * @param ageing trend of the rearranging fraction between two halves of the newest windows, in
 *     standard errors
 * @param diskFraction free space left on the disk of an SQLite store, as a fraction
 */
public record AlarmThresholds(
    double stalledSeconds,
    double temperatureDrift,
    double energyDrift,
    double crystalScore,
    double ageing,
    double diskFraction) {
  /** 60 s, 5%, 2%, half a sigma, 4 standard errors, 5%. */
  public static final AlarmThresholds DEFAULT = new AlarmThresholds(60, 0.05, 0.02, 0.5, 4, 0.05);

  /** Checks the thresholds. */
  public AlarmThresholds {
    Check.positive("stalledSeconds", stalledSeconds);
    Check.positive("temperatureDrift", temperatureDrift);
    Check.positive("energyDrift", energyDrift);
    Check.positive("crystalScore", crystalScore);
    Check.positive("ageing", ageing);
    Check.within("diskFraction", diskFraction, 0, 1);
  }
}
