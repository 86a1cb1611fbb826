/** Distances in periodic boxes: minimum image, unwrapping, and the one neighbour loop. */
package io.vitrine.geometry;
