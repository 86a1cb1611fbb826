/**
 * The steps of the dataflow, one public PTransform a file. Each unpacks its elements and calls
 * functions of science; no step knows the whole pipeline or a runner.
 */
package io.vitrine.streaming.transforms;
