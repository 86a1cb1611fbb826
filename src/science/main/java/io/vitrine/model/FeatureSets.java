package io.vitrine.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Which features describe a particle, as a list of named sets: {@code
 * radial,fine,average:1,energy}.
 *
 * <p>Columns are in the order of the names. {@code average:n} adds n neighbour averages of all
 * columns before it, the first average of all, then the second, and so on. A name is taken on the
 * inherent structure where there is one; {@code thermal:NAME} takes it on the frame as it was read.
 * The sets are defined by their formulas in {@code docs/features.md}.
 */
public final class FeatureSets {
  /** Defaults for frames as they are read, and for frames with their inherent structures. */
  public static final String STANDARD = "composition,radial,fine,energy,average:1";

  /** Defaults where inherent structures are known. */
  public static final String STANDARD_QUENCHED = "composition,radial,fine,energy,cage,average:1";

  private static final String THERMAL = "thermal:";
  private static final String AVERAGE = "average:";
  private static final int MOST_AVERAGES = 9;
  private static final int MOST_FEATURES = 4000;

  private static final double FINE_FIRST = 0.8;
  private static final double FINE_SPACING = 0.05;
  private static final int FINE_RADII = 44;
  private static final double FINE_DELTA = 0.05;
  private static final double FINE_CUTOFF = 3.3;

  private final List<Term> terms;
  private final FeatureSpec radial;

  private FeatureSets(List<Term> terms, FeatureSpec radial) {
    this.terms = terms;
    this.radial = radial;
  }

  /** A set by its name. */
  public enum Kind {
    /** 1 for particles of the first species, else 0. */
    COMPOSITION,
    /** Radial structure functions of the paper. */
    RADIAL,
    /** Narrow radial structure functions of the first shells. */
    FINE,
    /** Half the pair energies with the neighbours of each species. */
    ENERGY,
    /** Distance between the place in the frame and in the inherent structure. */
    CAGE,
    /** Angular structure functions. */
    ANGULAR,
    /** Averaged bond orders. */
    BOND_ORDER,
    /** Neighbour averages of all columns before. */
    AVERAGE;

    private String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * One entry of the list.
   *
   * @param kind which set
   * @param thermal whether it is taken on the frame as it was read
   * @param count how many averages; 0 for others
   */
  public record Term(Kind kind, boolean thermal, int count) {
    @Override
    public String toString() {
      return kind == Kind.AVERAGE ? AVERAGE + count : (thermal ? THERMAL : "") + kind.text();
    }
  }

  /** The sets of a comma-separated list, with the standard radial structure functions. */
  public static FeatureSets parse(String text) {
    return parse(text, FeatureSpec.standard());
  }

  /** The sets of a comma-separated list. */
  public static FeatureSets parse(String text, FeatureSpec radial) {
    List<Term> terms = new ArrayList<>();
    for (String word : text.split(",", -1)) {
      Term term = term(word.strip());
      if (terms.contains(term)) {
        throw Check.refuse("--features", "name each set once", "'" + text + "'");
      }
      if (term.kind == Kind.AVERAGE && terms.isEmpty()) {
        throw Check.refuse("--features", "name a set before " + term, "'" + text + "'");
      }
      terms.add(term);
    }
    FeatureSets sets = new FeatureSets(List.copyOf(terms), radial);
    Check.within("number of features of " + sets, sets.count(), 1, MOST_FEATURES);
    return sets;
  }

  private static Term term(String word) {
    if (word.startsWith(AVERAGE)) {
      String n = word.substring(AVERAGE.length());
      if (n.matches("[1-" + MOST_AVERAGES + "]")) {
        return new Term(Kind.AVERAGE, false, Integer.parseInt(n));
      }
      throw Check.refuse("--features average:", "be average:1 to average:9", "'" + word + "'");
    }
    boolean thermal = word.startsWith(THERMAL);
    String name = thermal ? word.substring(THERMAL.length()) : word;
    for (Kind kind : Kind.values()) {
      if (kind != Kind.AVERAGE && kind.text().equals(name)) {
        boolean free = kind == Kind.COMPOSITION || kind == Kind.CAGE;
        if (thermal && free) {
          throw Check.refuse("--features", "not say thermal: of " + name, "'" + word + "'");
        }
        return new Term(kind, thermal, 0);
      }
    }
    String known =
        Arrays.stream(Kind.values())
            .filter(k -> k != Kind.AVERAGE)
            .map(Kind::text)
            .collect(Collectors.joining(", "));
    throw Check.refuse(
        "--features",
        "be a list of " + known + " (thermal:NAME for the frame as read) and average:N",
        "'" + word + "'");
  }

  /** The same sets of other species, in two or three dimensions. */
  public FeatureSets in(List<String> species, int dimensions) {
    FeatureSpec other = radial.withSpecies(species).withDimensions(dimensions);
    FeatureSets sets = new FeatureSets(terms, other);
    Check.within("number of features of " + sets, sets.count(), 1, MOST_FEATURES);
    return sets;
  }

  /** Names of the species, by type. */
  public List<String> species() {
    return radial.species();
  }

  /** The entries in order. */
  public List<Term> terms() {
    return terms;
  }

  /** The radial structure functions and nothing else. */
  public static FeatureSets radialOnly(FeatureSpec radial) {
    return new FeatureSets(List.of(new Term(Kind.RADIAL, false, 0)), radial);
  }

  /** How many columns an entry that is no average has. */
  public int width(Term term) {
    return new FeatureSets(List.of(term), radial).count();
  }

  /** The radial structure functions of {@code radial}. */
  public FeatureSpec radial() {
    return radial;
  }

  /**
   * The radial structure functions of {@code fine}: r = 0.80, 0.85, ..., 2.95, delta 0.05, cut at
   * 3.3.
   */
  public FeatureSpec fine() {
    double[] radii = new double[FINE_RADII];
    for (int k = 0; k < radii.length; k++) {
      radii[k] = Math.rint(100 * (FINE_FIRST + k * FINE_SPACING)) / 100;
    }
    return FeatureSpec.of(radii, FINE_DELTA, FINE_CUTOFF)
        .withSpecies(species())
        .withDimensions(radial.dimensions())
        .withScaledDistances(radial.hasScaledDistances());
  }

  /** Whether these are the radial structure functions of the frames and nothing else. */
  public boolean isRadialOnly() {
    return terms.size() == 1 && terms.get(0).kind == Kind.RADIAL;
  }

  /** Whether a set needs the frame and its inherent structure: {@code cage} does. */
  public boolean needsBoth() {
    return terms.stream().anyMatch(t -> t.kind == Kind.CAGE || t.thermal);
  }

  /** Whether pair energies are among the sets. */
  public boolean hasEnergies() {
    return terms.stream().anyMatch(t -> t.kind == Kind.ENERGY);
  }

  /** Names of the columns, in order: {@code fine.B.0.8}, {@code average2.energy.A}. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    for (Term term : terms) {
      String prefix = (term.thermal ? "thermal." : "") + term.kind.text();
      switch (term.kind) {
        case AVERAGE -> {
          List<String> before = List.copyOf(names);
          for (int n = 1; n <= term.count; n++) {
            String average = "average" + n + ".";
            before.forEach(name -> names.add(average + name));
          }
        }
        case RADIAL -> addRadii(prefix, radial, names);
        case FINE -> addRadii(prefix, fine(), names);
        case COMPOSITION, CAGE -> names.add(prefix);
        case ENERGY -> {
          species().forEach(s -> names.add(prefix + "." + s));
        }
        case ANGULAR -> AngularTerm.addNames(prefix, species(), names);
        case BOND_ORDER -> BondOrderTerm.addNames(prefix, names);
      }
    }
    return names;
  }

  private static void addRadii(String prefix, FeatureSpec spec, List<String> names) {
    for (String s : spec.species()) {
      for (double r : spec.radii()) {
        names.add(prefix + "." + s + "." + r);
      }
    }
  }

  /** Length of a feature vector. */
  public int count() {
    return names().size();
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof FeatureSets that
            && terms.equals(that.terms)
            && radial.equals(that.radial));
  }

  @Override
  public int hashCode() {
    return Objects.hash(terms, radial);
  }

  /** The list as it is written on the command line. */
  @Override
  public String toString() {
    return terms.stream().map(Term::toString).collect(Collectors.joining(","));
  }
}
