/** The two training sets of a run: fluidity (tails of p_hop) and softness (hops and quiet runs). */
package io.vitrine.analysis.sets;
