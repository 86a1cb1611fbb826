package io.vitrine.engine;

import io.vitrine.model.Frame;
import java.util.Optional;

/** Placeholder. */
public final class StartConfigurations {
  private StartConfigurations() {}

  /** None yet. */
  public static Optional<Frame> load(int count, double temperature) {
    return Optional.empty();
  }
}
