/**
 * What surrounds a particle at one instant: radial structure functions, other features, and scores.
 * Functions of one frame; nothing here knows windows or time.
 */
package io.vitrine.structure;
