/** Bursts of rearrangement: when one begins and ends, and the files that keep its frames. */
package io.vitrine.analysis.bursts;
