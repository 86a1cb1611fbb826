package io.vitrine.engine;

import io.vitrine.model.Check;
import io.vitrine.model.Particles;
import java.util.ArrayList;
import java.util.List;

/**
 * A glass-forming mixture as it is defined in the literature: species, how dense they are and how
 * they interact.
 *
 * @param name of the mixture
 * @param dimensions 2 or 3
 * @param density N / V, sigma^-3; in two dimensions N / area, sigma^-2
 * @param melt a temperature at which a random start relaxes within a few tau, epsilon / k_B
 * @param components the species, by type
 * @param pairs their potentials, each pair once: 00, 01, ..., 11, 12, ...
 */
public record Mixture(
    String name,
    int dimensions,
    double density,
    double melt,
    List<Component> components,
    List<PairLaw> pairs) {
  private static final double DENSITY = 1.2;
  private static final double MELT = 2.0;

  /** Fractions are decimal numbers that are written down. */
  private static final double ROUNDING = 1e-9;

  /**
   * A species.
   *
   * @param name as particles carry it
   * @param fraction of the number of particles
   * @param mass in units of m_A
   * @param diameter how large it is drawn and measured, sigma
   */
  public record Component(String name, double fraction, double mass, double diameter) {
    /** Checks signs. */
    public Component {
      Check.within("fraction of " + name, fraction, 0, 1);
      Check.positive("mass of " + name, mass);
      Check.positive("diameter of " + name, diameter);
    }
  }

  /** Checks dimensions, density, names and that fractions make a whole. */
  public Mixture {
    components = List.copyOf(components);
    pairs = List.copyOf(pairs);
    if (dimensions != 2 && dimensions != 3) {
      throw Check.refuse("dimensions", "be 2 or 3", dimensions);
    }
    Check.positive("density", density);
    Check.positive("melt", melt);
    double sum = components.stream().mapToDouble(Component::fraction).sum();
    if (!(Math.abs(sum - 1) < ROUNDING)) {
      throw Check.refuse("sum of fractions", "be 1", sum);
    }
    Particles.numbered(0, new byte[0], names(components)); // refuses names that are no names
    new Interactions(pairs, components.stream().map(Component::mass).toList());
  }

  private static List<String> names(List<Component> components) {
    return components.stream().map(Component::name).toList();
  }

  /** Kob-Andersen 80:20 at density 1.2, cut at 2.5 sigma_ab and shifted to zero there. */
  public static Mixture kobAndersen() {
    return new Mixture(
        "kob-andersen",
        3,
        DENSITY,
        MELT,
        List.of(new Component("A", 0.8, 1, 1), new Component("B", 0.2, 1, 0.88)),
        Interactions.kobAndersen().pairs());
  }

  /** Names of the species, by type. */
  public List<String> names() {
    return names(components);
  }

  /** What moves the particles. */
  public Interactions interactions() {
    return new Interactions(pairs, components.stream().map(Component::mass).toList());
  }

  /**
   * What moves particles of these species, types being indices into their names.
   *
   * @throws IllegalArgumentException for a species this mixture does not have
   */
  public Interactions interactions(List<String> species) {
    List<PairLaw> laws = new ArrayList<>();
    List<Double> masses = new ArrayList<>();
    Interactions own = interactions();
    for (int first = 0; first < species.size(); first++) {
      int type = type(species.get(first));
      masses.add(components.get(type).mass());
      for (int second = first; second < species.size(); second++) {
        laws.add(own.of(type, type(species.get(second))));
      }
    }
    return new Interactions(laws, masses);
  }

  private int type(String species) {
    int type = names().indexOf(species);
    if (type < 0) {
      throw Check.refuse(
          "species of the mixture " + name, "be those of the frames, " + species, names());
    }
    return type;
  }

  /** The same species with other pair potentials. */
  public Mixture with(List<PairLaw> others) {
    return new Mixture(name, dimensions, density, melt, components, others);
  }

  /** The same mixture, denser or thinner. */
  public Mixture withDensity(double other) {
    return new Mixture(name, dimensions, other, melt, components, pairs);
  }

  /** The same species with other fractions, by type. */
  public Mixture withFractions(double... fractions) {
    Check.length("fractions of " + names(), fractions.length, components.size());
    List<Component> others = new ArrayList<>();
    for (int type = 0; type < fractions.length; type++) {
      Component was = components.get(type);
      others.add(new Component(was.name(), fractions[type], was.mass(), was.diameter()));
    }
    return new Mixture(name, dimensions, density, melt, others, pairs);
  }

  /**
   * The particles of a file with types as this mixture numbers them: species are matched by name.
   *
   * @throws IllegalArgumentException for a particle whose species this mixture does not have
   */
  public Particles typed(Particles particles) {
    try {
      return particles.in(names());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(e.getMessage() + " (mixture " + name + ")", e);
    }
  }
}
