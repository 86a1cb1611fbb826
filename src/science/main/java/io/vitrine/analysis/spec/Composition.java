package io.vitrine.analysis.spec;

import io.vitrine.model.Frame;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How dense a simulation is and what it is made of.
 *
 * @param density N / V, sigma^-3, in two dimensions N / area, sigma^-2; NaN where an edge is free
 * @param fractions of the number of particles, by species
 */
public record Composition(double density, Map<String, Double> fractions) {
  /** Name of the convention that holds the density. */
  public static final String DENSITY = "density";

  /** Name of the convention that holds the fractions, A:0.8,B:0.2. */
  public static final String FRACTIONS = "composition";

  /** Densities that differ by less, relative, are one. */
  private static final double SAME_DENSITY = 0.02;

  private static final double SAME_FRACTION = 0.01;

  /** Keeps a copy in its order. */
  public Composition {
    fractions = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(fractions));
  }

  /** Of so many particles of each species. */
  public static Composition of(double density, Map<String, Integer> counts) {
    double all = counts.values().stream().mapToInt(n -> n).sum();
    Map<String, Double> fractions = new LinkedHashMap<>();
    counts.forEach((name, n) -> fractions.put(name, n / all));
    return new Composition(density, fractions);
  }

  /** The density of a frame; NaN where an edge is free. */
  public static double density(Frame frame) {
    return frame.box().free().isEmpty() ? frame.count() / frame.box().volume() : Double.NaN;
  }

  /** The one that conventions state; none where they do not. */
  public static Optional<Composition> of(Map<String, ?> conventions) {
    Object fractions = conventions.get(FRACTIONS);
    if (fractions == null) {
      return Optional.empty();
    }
    Object density = conventions.get(DENSITY);
    try {
      Map<String, Double> parsed = new LinkedHashMap<>();
      for (String part : fractions.toString().split(",", -1)) {
        int colon = part.lastIndexOf(':');
        parsed.put(
            part.substring(0, Math.max(0, colon)), Double.parseDouble(part.substring(colon + 1)));
      }
      double value = density == null ? Double.NaN : Double.parseDouble(density.toString());
      return Optional.of(new Composition(value, parsed));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** As conventions state it; without a density where that is not known. */
  public Map<String, Object> conventions() {
    Map<String, Object> named = new LinkedHashMap<>();
    if (!Double.isNaN(density)) {
      named.put(DENSITY, density);
    }
    StringBuilder text = new StringBuilder();
    fractions.forEach(
        (name, x) -> text.append(text.isEmpty() ? "" : ",").append(name).append(':').append(x));
    named.put(FRACTIONS, text.toString());
    return named;
  }

  /**
   * Whether densities differ by at most 2% and every fraction by at most 0.01; a density that is
   * not known differs from none.
   */
  public boolean isLike(Composition other) {
    boolean dense = Math.abs(density - other.density) > SAME_DENSITY * other.density;
    return !dense
        && fractions.keySet().equals(other.fractions.keySet())
        && fractions.entrySet().stream()
            .allMatch(
                e -> Math.abs(e.getValue() - other.fractions.get(e.getKey())) <= SAME_FRACTION);
  }

  /** For people: density 1.2, A 0.800, B 0.200. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    if (!Double.isNaN(density)) {
      text.append(String.format(Locale.ROOT, "density %.4g", density));
    }
    fractions.forEach(
        (name, x) ->
            text.append(text.isEmpty() ? "" : ", ")
                .append(String.format(Locale.ROOT, "%s %.3f", name, x)));
    return text.toString();
  }
}
