/** The steps of the dataflow, one public PTransform a file. */
package io.vitrine.streaming.transforms;
