package io.vitrine.format;

/**
 * Where a frame ends in its text, counted from its start, and what is wrong with it, if anything.
 */
abstract class TextExtent {
  /** Place behind the frame. */
  int end;

  /** What is wrong with it, or null. */
  String problem;
}
