/**
 * The analysis of one window: p_hop, scores, counts, histograms and chosen structures.
 *
 * <p>Functions of a window alone. The dataflow and the sequential model call the same ones.
 */
package io.vitrine.analysis.window;
