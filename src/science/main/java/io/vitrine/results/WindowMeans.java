package io.vitrine.results;

/**
 * Means over all windows of a simulation, each window counted once whatever the number of models.
 *
 * @param windows how many
 * @param hopFraction fraction of the particles looked at that rearranges; NaN without a window
 * @param pHop mean p_hop, sigma^2; NaN without a window
 */
public record WindowMeans(long windows, double hopFraction, double pHop) {}
