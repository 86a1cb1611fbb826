/**
 * The linear classifier: training, cross-validation, bias, the model and its file; moments of
 * features. Who becomes a sample is decided in {@code sampling}; nothing here reads trajectories.
 */
package io.vitrine.learning;
