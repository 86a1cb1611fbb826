/**
 * Bursts of rearrangement: when one begins and ends, which ones are kept, and the files that keep
 * their frames. The windows they consist of come from {@code window}, in order.
 */
package io.vitrine.analysis.bursts;
