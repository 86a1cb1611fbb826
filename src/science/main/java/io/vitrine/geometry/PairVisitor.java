package io.vitrine.geometry;

/** What to do with the pairs that a {@link NeighbourLoop} finds. */
@FunctionalInterface
public interface PairVisitor {
  /**
   * Takes all neighbours of one species of one target at once. Called for every target once a
   * species, in the order of types, also where there are none.
   *
   * @param slot which target: index into the array of targets
   * @param species of the neighbours, as in type arrays
   * @param squared squared distances, sigma^2, in an order that depends on the frame only; the
   *     visitor may write into it
   * @param count how many of them count
   */
  void pairs(int slot, int species, double[] squared, int count);
}
