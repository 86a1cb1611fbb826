/** What surrounds a particle at one instant: radial structure functions and scores. */
package io.vitrine.structure;
