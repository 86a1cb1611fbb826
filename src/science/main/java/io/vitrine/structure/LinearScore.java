package io.vitrine.structure;

import io.vitrine.geometry.NeighbourLoop;
import io.vitrine.model.Check;
import io.vitrine.model.FeatureSets;
import io.vitrine.model.FeatureSets.Kind;
import io.vitrine.model.FeatureSets.Term;
import io.vitrine.model.FeatureSpec;
import io.vitrine.model.Frame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * w . z of a linear model of any {@link FeatureSets}, z = (x - mean) / deviation, without its
 * columns.
 *
 * <p>Every column is a column x of a set that is no average, averaged p times: A^p x, A the linear
 * operator of {@link NeighbourAverage}. So score = sum_p A^p s_p, where s_p is one number a
 * particle: the columns of power p, less their means (A keeps constants), times their weights. s_p
 * of radial sets is a sum over pairs ({@link PairSums}), and n averages of hundreds of columns cost
 * n averages of one: s_P, averaged, plus s_(P-1), averaged, and so on.
 *
 * <p>Dimensionless. Within 1e-5 of a score's standard deviation of the sum over the columns of
 * {@link ParticleFeatures}, where weights do not cancel each other. A score depends on the frame,
 * its inherent structure and the model only, to the last bit.
 */
public final class LinearScore {
  private final ParticleFeatures features;
  private final List<Part> parts = new ArrayList<>();
  private final double[] constants;
  private final int powers;
  private final PairSums thermal;
  private final PairSums inherent;

  /** A set and its weights per unit of a column, [powers][columns]. */
  private record Part(Term term, double[][] weights) {}

  /** A column of the model: which averaged column of which part it is. */
  private record Column(int power, int part, int at) {}

  private LinearScore(
      ParticleFeatures features, double[] weights, double[] means, double[] deviations) {
    this.features = features;
    FeatureSets sets = features.sets();
    Check.length("weights", weights.length, sets.count());
    Check.length("means", means.length, sets.count());
    Check.length("deviations", deviations.length, sets.count());
    List<Term> terms = new ArrayList<>();
    List<Column> columns = columns(sets, terms);
    this.powers = 1 + columns.stream().mapToInt(Column::power).max().orElse(0);
    for (Term term : terms) {
      parts.add(new Part(term, new double[powers][sets.width(term)]));
    }
    this.constants = new double[powers];
    for (int k = 0; k < weights.length; k++) {
      double scaled = weights[k] / deviations[k];
      Column column = columns.get(k);
      parts.get(column.part).weights[column.power][column.at] += scaled;
      constants[column.power] -= scaled * means[k];
    }
    this.thermal = PairSums.of(radialParts(true), powers);
    this.inherent = PairSums.of(radialParts(false), powers);
  }

  /** The radial sets of one of the two frames. */
  private List<PairSums.Part> radialParts(boolean ofThermal) {
    List<PairSums.Part> radial = new ArrayList<>();
    for (Part part : parts) {
      FeatureSpec spec = spec(part.term.kind());
      if (spec != null && part.term.thermal() == ofThermal) {
        radial.add(new PairSums.Part(spec, part.weights));
      }
    }
    return radial;
  }

  private FeatureSpec spec(Kind kind) {
    return switch (kind) {
      case RADIAL -> features.sets().radial();
      case FINE -> features.sets().fine();
      default -> null;
    };
  }

  /** Columns in the order of the model's; fills in the sets that are no averages. */
  private static List<Column> columns(FeatureSets sets, List<Term> terms) {
    List<Column> columns = new ArrayList<>();
    for (Term term : sets.terms()) {
      if (term.kind() == Kind.AVERAGE) {
        List<Column> before = List.copyOf(columns);
        for (int n = 1; n <= term.count(); n++) {
          int more = n;
          before.forEach(c -> columns.add(new Column(c.power + more, c.part, c.at)));
        }
      } else {
        for (int at = 0; at < sets.width(term); at++) {
          columns.add(new Column(0, terms.size(), at));
        }
        terms.add(term);
      }
    }
    return columns;
  }

  /**
   * A model.
   *
   * @param features what its columns are
   * @param weights w [columns]
   * @param means of the columns
   * @param deviations of the columns, &gt; 0
   */
  public static LinearScore of(
      ParticleFeatures features, double[] weights, double[] means, double[] deviations) {
    return new LinearScore(features, weights, means, deviations);
  }

  /** w . z [n] of some particles, indices [n] into the frame and its inherent structure. */
  public double[] scores(Frame frame, Frame inherent, int[] particles) {
    ParticleFeatures.check(frame, inherent);
    features.sets().radial().check(frame);
    int[] targets = powers == 1 ? particles : ParticleFeatures.everyone(frame);
    double[][] sums = new double[powers][targets.length];
    for (int p = 0; p < powers; p++) {
      Arrays.fill(sums[p], constants[p]);
    }
    thermal.add(frame, targets, sums);
    this.inherent.add(inherent, targets, sums);
    for (Part part : parts) {
      if (spec(part.term.kind()) == null) {
        add(features.set(part.term, frame, inherent), part.weights, targets, sums);
      }
    }
    double[] last = sums[powers - 1];
    if (powers > 1) {
      NeighbourLoop sorted = NeighbourAverage.sort(inherent);
      for (int p = powers - 2; p >= 0; p--) {
        int[] of = p == 0 ? particles : targets;
        last = NeighbourAverage.of(sorted, last, of);
        for (int i = 0; i < of.length; i++) {
          last[i] += sums[p][of[i]];
        }
      }
    }
    return last;
  }

  private static void add(double[] set, double[][] weights, int[] targets, double[][] sums) {
    for (int p = 0; p < weights.length; p++) {
      int width = weights[p].length;
      for (int i = 0; i < targets.length; i++) {
        double sum = 0;
        for (int k = 0; k < width; k++) {
          sum += weights[p][k] * set[targets[i] * width + k];
        }
        sums[p][i] += sum;
      }
    }
  }
}
