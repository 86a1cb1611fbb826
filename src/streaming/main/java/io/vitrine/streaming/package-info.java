/**
 * The dataflow vocabulary: sources, coders, transforms. Knows Beam and science; knows no runner.
 */
package io.vitrine.streaming;
