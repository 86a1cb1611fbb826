package io.vitrine.geometry;

/**
 * What to do with the neighbours, and the displacements to them, that a {@link NeighbourLoop}
 * finds.
 */
@FunctionalInterface
public interface BondVisitor {
  /**
   * Takes all neighbours of one target at once. Called once for every target, also where there are
   * none.
   *
   * @param slot which target: index into the array of targets
   * @param bonds its neighbours, in an order that depends on the frame and the cut-off only
   */
  void bonds(int slot, Bonds bonds);
}
