package io.vitrine.structure;

import io.vitrine.model.Frame;

/** The energy landscape of a mixture: its pair energies and the minima that frames drain into. */
public interface Landscape extends PairEnergy {
  /** Beyond which a pair has no energy, sigma. */
  double reach();

  /** The inherent structure of a frame: the same particles in the same order at the minimum. */
  Frame minimum(Frame frame);
}
