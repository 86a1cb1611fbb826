/**
 * Distances in boxes with periodic and free edges: minimum image, unwrapping, and the one neighbour
 * loop. No other package computes images of its own.
 */
package io.vitrine.geometry;
