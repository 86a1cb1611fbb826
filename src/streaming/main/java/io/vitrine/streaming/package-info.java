/**
 * The parts of the dataflow: sources, coders, transforms. It depends on Beam and science, and on no
 * runner.
 */
package io.vitrine.streaming;
