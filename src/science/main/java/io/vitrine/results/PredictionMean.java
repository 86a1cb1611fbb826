package io.vitrine.results;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How well one version of a model predicts in the windows of a simulation that it was not trained
 * on.
 *
 * @param simulation identifier of the simulation
 * @param model name of the model
 * @param modelVersion its version
 * @param label what the score is compared with
 * @param time mean of the windows' times, tau
 * @param windows how many windows
 * @param r mean of Pearson's r over them
 * @param low smallest r
 * @param high largest r
 * @param error standard error of r; NaN where it is not known
 */
public record PredictionMean(
    String simulation,
    String model,
    String modelVersion,
    String label,
    double time,
    long windows,
    double r,
    double low,
    double high,
    double error) {
  /**
   * Means over whole versions. The error is that of the mean of the blocks, from their standard
   * deviation; NaN with fewer than two blocks. Blocks must be longer than a window for it to be
   * one.
   *
   * @param blocks means over stretches of time, in their order
   */
  static List<PredictionMean> ofVersions(List<PredictionMean> blocks) {
    Map<List<String>, List<PredictionMean>> versions = new LinkedHashMap<>();
    for (PredictionMean b : blocks) {
      List<String> key = List.of(b.simulation, b.model, b.modelVersion, b.label);
      versions.computeIfAbsent(key, k -> new ArrayList<>()).add(b);
    }
    return versions.values().stream().map(PredictionMean::joined).toList();
  }

  /** The mean over the windows of both, of the same version; without an error. */
  PredictionMean with(PredictionMean other) {
    double all = windows + other.windows;
    return new PredictionMean(
        simulation,
        model,
        modelVersion,
        label,
        (windows * time + other.windows * other.time) / all,
        windows + other.windows,
        (windows * r + other.windows * other.r) / all,
        Math.min(low, other.low),
        Math.max(high, other.high),
        Double.NaN);
  }

  private static PredictionMean joined(List<PredictionMean> blocks) {
    long windows = blocks.stream().mapToLong(PredictionMean::windows).sum();
    double r = blocks.stream().mapToDouble(b -> b.windows * b.r).sum() / windows;
    double time = blocks.stream().mapToDouble(b -> b.windows * b.time).sum() / windows;
    double mean = blocks.stream().mapToDouble(PredictionMean::r).average().orElseThrow();
    double squares = blocks.stream().mapToDouble(b -> (b.r - mean) * (b.r - mean)).sum();
    int m = blocks.size();
    PredictionMean first = blocks.get(0);
    return new PredictionMean(
        first.simulation,
        first.model,
        first.modelVersion,
        first.label,
        time,
        windows,
        r,
        blocks.stream().mapToDouble(PredictionMean::low).min().orElseThrow(),
        blocks.stream().mapToDouble(PredictionMean::high).max().orElseThrow(),
        m < 2 ? Double.NaN : Math.sqrt(squares / (m - 1) / m));
  }
}
