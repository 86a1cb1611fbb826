package io.vitrine.results.bins;

import java.util.List;

/**
 * Rearrangement counters summed over the simulations of one temperature and model version.
 *
 * @param model name of the classifier
 * @param modelVersion its version
 * @param temperature set temperature; NaN if unknown
 * @param windows windows covered, summed
 * @param bins occupied bins, ascending
 */
public record CounterSum(
    String model, String modelVersion, double temperature, long windows, List<CounterBin> bins) {}
