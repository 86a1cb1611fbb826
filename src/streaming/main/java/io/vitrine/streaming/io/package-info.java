/**
 * The unbounded source of frames: splits, checkpoint marks, watermarks.
 *
 * <p>Where frames come from is in {@code feed}.
 */
package io.vitrine.streaming.io;
