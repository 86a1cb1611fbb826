/**
 * How a simulation relaxes: time correlation functions over the whole run, what is slowest in its
 * structure, and a verdict whether it is in equilibrium.
 *
 * <p>Everything is accumulated frame by frame in memory that grows with the logarithm of the run's
 * length, as bytes that a caller keeps, so that a stateful dataflow and a plain loop do the same.
 */
package io.vitrine.relaxation;
