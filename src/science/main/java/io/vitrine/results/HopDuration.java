package io.vitrine.results;

/**
 * How long hops of a simulation last.
 *
 * @param hops how many there are: maximal runs of windows with p_hop &gt; p_c of a particle
 * @param windows in how many windows one is seen, in the mean
 */
public record HopDuration(long hops, double windows) {}
