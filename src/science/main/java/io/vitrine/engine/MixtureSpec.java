package io.vitrine.engine;

import io.vitrine.model.Box;
import io.vitrine.model.Check;
import io.vitrine.model.Particles;
import java.util.Arrays;

/**
 * What is simulated: a mixture and how many particles of it.
 *
 * @param count number of particles N
 * @param mixture species, density and pair potentials
 */
public record MixtureSpec(int count, Mixture mixture) {

  /** Checks the count; the box must be at least one cut-off wide. */
  public MixtureSpec {
    Check.positive("N", count);
    Configuration.checkBox(box(count, mixture), mixture.interactions());
  }

  /** The 80:20 mixture at density 1.2 (N = 4096: 3277 A), cut at 2.5 sigma_ab. */
  public static MixtureSpec kobAndersen(int count) {
    return new MixtureSpec(count, Mixture.kobAndersen());
  }

  /** What moves the particles. */
  public Interactions interactions() {
    return mixture.interactions();
  }

  /** The cubic or square periodic box. */
  public Box box() {
    return box(count, mixture);
  }

  private static Box box(int count, Mixture mixture) {
    double each = count / mixture.density();
    return mixture.dimensions() == 2
        ? Box.rectangle(Math.sqrt(each), Math.sqrt(each))
        : Box.cube(Math.cbrt(each));
  }

  /**
   * Identifiers 0 .. N-1, the species one after the other; the first k of them together have the
   * whole number of particles nearest to their part of N.
   */
  public Particles particles() {
    byte[] types = new byte[count];
    double part = 0;
    int from = 0;
    for (int type = 0; type < mixture.components().size(); type++) {
      part += mixture.components().get(type).fraction();
      boolean last = type == mixture.components().size() - 1;
      int to = last ? count : (int) Math.min(count, Math.round(part * count));
      Arrays.fill(types, from, to, (byte) type);
      from = to;
    }
    return Particles.numbered(0, types, mixture.names());
  }
}
