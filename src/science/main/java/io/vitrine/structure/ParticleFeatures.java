package io.vitrine.structure;

import io.vitrine.geometry.MinimumImage;
import io.vitrine.geometry.NeighbourLoop;
import io.vitrine.model.AngularTerm;
import io.vitrine.model.Check;
import io.vitrine.model.FeatureSets;
import io.vitrine.model.FeatureSets.Kind;
import io.vitrine.model.FeatureSets.Term;
import io.vitrine.model.Frame;
import java.util.Arrays;

/**
 * The features of {@link FeatureSets} of all particles of a frame, [N * features], one row a
 * particle in the frame's order. Their formulas and units are in {@code docs/features.md}. A row
 * depends on the frame and its inherent structure only, to the last bit.
 */
public final class ParticleFeatures {
  private final FeatureSets sets;
  private final PairEnergy energy;
  private final double reach;
  private final RadialStructure radial;
  private final RadialStructure fine;
  private final int columns;

  private ParticleFeatures(FeatureSets sets, PairEnergy energy, double reach) {
    this.sets = sets;
    this.energy = energy;
    this.reach = reach;
    this.radial = RadialStructure.exact(sets.radial());
    this.fine = RadialStructure.exact(sets.fine());
    this.columns = sets.count();
  }

  /**
   * Of these sets.
   *
   * @param energy of a pair, for the set {@code energy}
   * @param reach beyond which a pair has no energy, sigma
   */
  public static ParticleFeatures of(FeatureSets sets, PairEnergy energy, double reach) {
    return new ParticleFeatures(sets, energy, Check.positive("reach of the pair energy", reach));
  }

  /** The same of a landscape, which is asked for its reach only where there are pair energies. */
  public static ParticleFeatures of(FeatureSets sets, Landscape landscape) {
    return new ParticleFeatures(sets, landscape, sets.hasEnergies() ? landscape.reach() : 0);
  }

  /** What is computed. */
  public FeatureSets sets() {
    return sets;
  }

  /** Features of a frame that has no inherent structure beside it; {@code cage} is refused. */
  public double[] of(Frame frame) {
    if (sets.needsBoth()) {
      throw Check.refuse("features cage and thermal:", "come with inherent structures", sets);
    }
    return of(frame, frame);
  }

  /** Features of a frame and its inherent structure, of the same particles in the same order. */
  public double[] of(Frame frame, Frame inherent) {
    check(frame, inherent);
    sets.radial().check(frame);
    int n = frame.count();
    double[] features = new double[n * columns];
    int filled = 0;
    NeighbourLoop forAverages = null;
    for (Term term : sets.terms()) {
      if (term.kind() == Kind.AVERAGE) {
        if (forAverages == null) {
          forAverages = NeighbourAverage.sort(inherent);
        }
        int before = filled;
        double[] last = part(features, before);
        for (int k = 0; k < term.count(); k++) {
          last = NeighbourAverage.of(forAverages, last, before);
          filled = put(last, before, features, filled);
        }
      } else {
        double[] set = set(term, frame, inherent);
        filled = put(set, set.length / n, features, filled);
      }
    }
    return features;
  }

  /** Refuses an inherent structure of other particles. */
  static void check(Frame frame, Frame inherent) {
    if (!inherent.particles().equals(frame.particles())) {
      throw Check.refuse("particles of the inherent structure", "be " + frame, inherent);
    }
  }

  static int[] everyone(Frame frame) {
    int[] all = new int[frame.count()];
    Arrays.setAll(all, i -> i);
    return all;
  }

  /** One set that is no average, [N * its columns]. */
  double[] set(Term term, Frame frame, Frame inherent) {
    Frame source = term.thermal() ? frame : inherent;
    int[] all = everyone(source);
    return switch (term.kind()) {
      case RADIAL -> radial.features(source, all);
      case FINE -> fine.features(source, all);
      case COMPOSITION -> composition(source);
      case ENERGY -> energies(source, all);
      case CAGE -> distances(frame, source);
      case ANGULAR -> new AngularStructure(AngularTerm.standard()).of(source);
      case BOND_ORDER -> BondOrder.of(source);
      case AVERAGE -> throw new IllegalStateException("averages are made of what is before them");
    };
  }

  private static double[] composition(Frame frame) {
    double[] first = new double[frame.count()];
    Arrays.setAll(first, i -> frame.particles().types()[i] == 0 ? 1 : 0);
    return first;
  }

  private double[] energies(Frame frame, int[] all) {
    int species = sets.species().size();
    double[] energies = new double[frame.count() * species];
    NeighbourLoop.over(frame, reach)
        .forEach(all, EnergyShares.into(energies, species, frame.particles().types(), energy));
    return energies;
  }

  /** How far each particle is from its place in the inherent structure, sigma. */
  private static double[] distances(Frame frame, Frame inherent) {
    MinimumImage image = MinimumImage.of(frame.box());
    double[] distances = new double[frame.count()];
    double[] d = new double[3];
    for (int i = 0; i < distances.length; i++) {
      for (int k = 0; k < 3; k++) {
        d[k] = inherent.positions()[3 * i + k] - frame.positions()[3 * i + k];
      }
      image.apply(d, 0);
      distances[i] = Math.sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2]);
    }
    return distances;
  }

  /** Writes a set of some columns behind those that are filled. */
  private int put(double[] set, int width, double[] features, int filled) {
    for (int i = 0; i * width < set.length; i++) {
      System.arraycopy(set, i * width, features, i * columns + filled, width);
    }
    return filled + width;
  }

  /** The first columns on their own. */
  private double[] part(double[] features, int width) {
    int n = features.length / columns;
    double[] part = new double[n * width];
    for (int i = 0; i < n; i++) {
      System.arraycopy(features, i * columns, part, i * width, width);
    }
    return part;
  }
}
