package io.vitrine.results;

/**
 * What is looked at of a window again and again.
 *
 * @param hopFraction fraction rearranging
 * @param meanScore mean score; NaN without a classifier
 * @param sigmaScore standard deviation of the scores
 */
public record WindowGlance(double hopFraction, double meanScore, double sigmaScore) {}
