package io.vitrine.format.text;

/**
 * Where a frame ends in its text, counted from its start, and what is wrong with it, if anything.
 */
public abstract class TextExtent {
  /** Place behind the frame. */
  public int end;

  /** What is wrong with it, or null. */
  public String problem;
}
