package io.vitrine.format;

/**
 * A place in a trajectory, between two frames.
 *
 * @param ordinal number of frames before this place, bad ones included
 * @param offset byte (of the unpacked text) at which the next frame starts; 0 where the format has
 *     an index
 * @param fingerprint checksum of what is before this place (last index entry and positions, or last
 *     bytes of text), by which a rewritten file is told; 0 at the start
 */
public record ReadPosition(long ordinal, long offset, long fingerprint) {
  /** Before the first frame. */
  public static final ReadPosition START = new ReadPosition(0, 0, 0);
}
