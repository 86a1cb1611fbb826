/**
 * Bins of counters and histograms, and what is summed in them.
 *
 * <p>Values alone: rows of the store are in the package {@code rows}, and its SQL in the package
 * above.
 */
package io.vitrine.results.bins;
