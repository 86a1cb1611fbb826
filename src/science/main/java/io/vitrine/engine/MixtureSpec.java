package io.vitrine.engine;

import io.vitrine.model.Box;
import io.vitrine.model.Check;
import io.vitrine.model.Particles;

/**
 * What is simulated: how many particles of each species, how dense, and how they interact.
 *
 * @param count number of particles N
 * @param countA how many of them are A; identifiers 0 .. countA-1 are A, the rest are B
 * @param density N / V, sigma^-3
 * @param interactions pair potential and cut-off convention
 */
public record MixtureSpec(int count, int countA, double density, Interactions interactions) {
  private static final double FRACTION_A = 0.8;
  private static final double DENSITY = 1.2;

  /** Checks counts and density; the box must be at least one cut-off wide. */
  public MixtureSpec {
    Check.positive("N", count);
    Check.within("number of A particles", countA, 0, count);
    Check.positive("density", density);
    Configuration.checkBox(cube(count, density), interactions);
  }

  /** The 80:20 mixture at density 1.2 (N = 4096: 3277 A), cut at 2.5 sigma_ab. */
  public static MixtureSpec kobAndersen(int count) {
    int countA = (int) Math.round(FRACTION_A * count);
    return new MixtureSpec(count, countA, DENSITY, Interactions.kobAndersen());
  }

  /** The same particles with another potential or cut-off convention. */
  public MixtureSpec with(Interactions other) {
    return new MixtureSpec(count, countA, density, other);
  }

  /** The cubic periodic box, lower corner at the origin. */
  public Box box() {
    return cube(count, density);
  }

  private static Box cube(int count, double density) {
    return Box.cube(Math.cbrt(count / density));
  }

  /** Identifiers 0 .. N-1, A first. */
  public Particles particles() {
    byte[] types = new byte[count];
    java.util.Arrays.fill(types, countA, count, (byte) 1);
    return Particles.numbered(0, types);
  }
}
