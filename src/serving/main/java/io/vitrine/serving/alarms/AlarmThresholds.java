package io.vitrine.serving.alarms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitrine.model.Check;
import java.util.Map;
import java.util.TreeMap;

/**
 * When alarms are raised.
 *
 * @param stalledSeconds a running simulation without a new frame for so long
 * @param explosion newest frame hotter than so many times the set temperature
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
    double explosion,
    double temperatureDrift,
    double energyDrift,
    double crystalScore,
    double ageing,
    double diskFraction) {
  /** 60 s, three times T, 5%, 2%, half a sigma, 4 standard errors, 5%. */
  public static final AlarmThresholds DEFAULT =
      new AlarmThresholds(60, 3, 0.05, 0.02, 0.5, 4, 0.05);

  /** Checks the thresholds. */
  public AlarmThresholds {
    Check.positive("stalled-seconds", stalledSeconds);
    Check.positive("explosion", explosion);
    Check.positive("temperature-drift", temperatureDrift);
    Check.positive("energy-drift", energyDrift);
    Check.positive("crystal-score", crystalScore);
    Check.positive("ageing", ageing);
    Check.within("disk-fraction", diskFraction, 0, 1);
  }

  /** The defaults but for what is named, keys being the names above with dashes. */
  public static AlarmThresholds of(ObjectNode named) {
    Map<String, Double> values = new TreeMap<>();
    values.put("stalled-seconds", DEFAULT.stalledSeconds);
    values.put("explosion", DEFAULT.explosion);
    values.put("temperature-drift", DEFAULT.temperatureDrift);
    values.put("energy-drift", DEFAULT.energyDrift);
    values.put("crystal-score", DEFAULT.crystalScore);
    values.put("ageing", DEFAULT.ageing);
    values.put("disk-fraction", DEFAULT.diskFraction);
    for (Map.Entry<String, JsonNode> entry : named.properties()) {
      if (!values.containsKey(entry.getKey())) {
        throw Check.refuse(
            "a key of alarms",
            "be one of " + String.join(", ", values.keySet()),
            "'" + entry.getKey() + "'");
      }
      if (!entry.getValue().isNumber()) {
        throw Check.refuse("alarms: " + entry.getKey(), "be a number", entry.getValue());
      }
      values.put(entry.getKey(), entry.getValue().asDouble());
    }
    return new AlarmThresholds(
        values.get("stalled-seconds"),
        values.get("explosion"),
        values.get("temperature-drift"),
        values.get("energy-drift"),
        values.get("crystal-score"),
        values.get("ageing"),
        values.get("disk-fraction"));
  }
}
