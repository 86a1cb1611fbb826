package io.vitrine.geometry;

/** What to do with the pairs that a {@link NeighbourLoop} finds in single precision. */
@FunctionalInterface
public interface SinglePairVisitor {
  /**
   * Takes all neighbours of one species of one target at once, as {@link PairVisitor} does.
   *
   * @param squared bits of the squared distances as floats, sigma^2, each right to about 1e-5; the
   *     visitor may write into it
   */
  void pairs(int slot, int species, int[] squared, int count);
}
