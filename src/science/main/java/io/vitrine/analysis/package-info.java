/**
 * Plain loops over the frames of a simulation: the sequential model, which gives the numbers of the
 * dataflow, the colours of {@code score}, and relaxation. Their parts are in the packages below;
 * nothing here knows Beam.
 */
package io.vitrine.analysis;
