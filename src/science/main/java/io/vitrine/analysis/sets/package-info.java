/**
 * The two training sets of a run: fluidity (tails of p_hop) and softness (hops and quiet runs).
 * They are collected window by window and assembled from shards; training is in {@code learning}.
 */
package io.vitrine.analysis.sets;
