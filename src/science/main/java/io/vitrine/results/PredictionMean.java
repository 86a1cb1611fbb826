package io.vitrine.results;

/**
 * How well one version of a model predicts in the windows of a simulation that it was not trained
 * on.
 *
 * @param simulation identifier of the simulation
 * @param model name of the model
 * @param modelVersion its version
 * @param label what the score is compared with
 * @param windows how many windows
 * @param r mean of Pearson's r over them
 */
public record PredictionMean(
    String simulation, String model, String modelVersion, String label, long windows, double r) {}
