package io.vitrine.learning;

import io.vitrine.model.Check;
import io.vitrine.model.FeatureSets;
import io.vitrine.model.FeatureSpec;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A trained classifier or regression: an immutable value with all that a score depends on and where
 * it comes from.
 *
 * <p>raw = w.z = sum_k w_k (f_k - mean_k) / deviation_k and score = raw - bias; of a classifier,
 * score &gt; 0 means rearranging; the score of a regression is what it predicts. Note the sign:
 * scikit-learn's {@code intercept_} is -bias. The score is not divided by |w|. A model keeps its
 * means and deviations at every temperature.
 *
 * <p>Arrays are frozen.
 */
public final class Model {
  /** Name of the model that is trained during a run. */
  public static final String LIVE = "live";

  /**
   * Its convention that says up to which window, tau, it was trained on each simulation, by
   * identifier.
   */
  public static final String TRAINED_UNTIL = "live_trained_until";

  private final String name;
  private final double[] weights;
  private final double bias;
  private final Standardization standardization;
  private final FeatureSets sets;
  private final Origin origin;

  private Model(
      String name,
      double[] weights,
      double bias,
      Standardization standardization,
      FeatureSets sets,
      Origin origin) {
    this.name = name;
    this.weights = weights;
    this.bias = bias;
    this.standardization = standardization;
    this.sets = sets;
    this.origin = origin;
  }

  /**
   * Where a model comes from; nothing here changes a score.
   *
   * @param temperature of the training set; empty when unknown or mixed
   * @param c the soft margin's C; NaN when unknown
   * @param sigma standard deviation of raw over all particles at that temperature, if known
   * @param biasTrain the bias of highest cross-validated accuracy, if known
   * @param biasBest the bias of highest accuracy on the test set, if there was one
   * @param accuracies by name: a Double or a list of them
   * @param biasScan {@code bias} and, by the samples it was measured on, {@code training}, {@code
   *     cross_validation}, {@code test}, the balanced accuracy there: lists of one length; empty
   *     when unknown
   * @param convention by name: String, Number or a list
   * @param sha256 of the training set
   * @param samples in the training set
   * @param version of the program that trained it
   * @param regression what a ridge regression predicts; null of a classifier
   */
  public record Origin(
      OptionalDouble temperature,
      double c,
      OptionalDouble sigma,
      OptionalDouble biasTrain,
      OptionalDouble biasBest,
      Map<String, Object> accuracies,
      Map<String, Object> biasScan,
      Map<String, Object> convention,
      String sha256,
      long samples,
      String version,
      Regression regression) {
    /** Keeps copies of the maps, in their order. */
    public Origin {
      accuracies = Collections.unmodifiableMap(new LinkedHashMap<>(accuracies));
      biasScan = Collections.unmodifiableMap(new LinkedHashMap<>(biasScan));
      convention = Collections.unmodifiableMap(new LinkedHashMap<>(convention));
    }

    /** Of a model nothing is known about. */
    public static Origin unknown() {
      OptionalDouble none = OptionalDouble.empty();
      return new Origin(
          none, Double.NaN, none, none, none, Map.of(), Map.of(), Map.of(), "", 0, "", null);
    }
  }

  /**
   * What a ridge regression predicts; -bias is the mean of the label.
   *
   * @param label the name of the number it predicts
   * @param particles the species it was trained on
   * @param lambda the penalty
   * @param pearson by name: lists of r between prediction and label
   */
  public record Regression(
      String label, String particles, double lambda, Map<String, Object> pearson) {
    /** Keeps a copy of the map, in its order. */
    public Regression {
      pearson = Collections.unmodifiableMap(new LinkedHashMap<>(pearson));
    }
  }

  /** Of the radial structure functions alone; takes over the weights [d]. */
  public static Model of(
      String name,
      double[] weights,
      double bias,
      Standardization standardization,
      FeatureSpec spec,
      Origin origin) {
    return of(name, weights, bias, standardization, FeatureSets.radialOnly(spec), origin);
  }

  /** Takes over the weights [d]. */
  public static Model of(
      String name,
      double[] weights,
      double bias,
      Standardization standardization,
      FeatureSets sets,
      Origin origin) {
    Check.length("weights", weights.length, sets.count());
    Check.length("means", standardization.means().length, sets.count());
    return new Model(name, weights, bias, standardization, sets, origin);
  }

  /** This model under another name. */
  public Model named(String other) {
    return new Model(other, weights, bias, standardization, sets, origin);
  }

  /** This model with one more entry among its conventions: String, Number or a map of those. */
  public Model stating(String key, Object value) {
    Map<String, Object> convention = new LinkedHashMap<>(origin.convention());
    convention.put(key, value);
    Origin stated =
        new Origin(
            origin.temperature(),
            origin.c(),
            origin.sigma(),
            origin.biasTrain(),
            origin.biasBest(),
            origin.accuracies(),
            origin.biasScan(),
            convention,
            origin.sha256(),
            origin.samples(),
            origin.version(),
            origin.regression());
    return new Model(name, weights, bias, standardization, sets, stated);
  }

  /** What its columns and rows are called: the base name of its file. */
  public String name() {
    return name;
  }

  /** Normal vector w [d], in standardized features. */
  public double[] weights() {
    return weights;
  }

  /** b in score = w.z - b. */
  public double bias() {
    return bias;
  }

  /** Means and deviations of the features. */
  public Standardization standardization() {
    return standardization;
  }

  /** Which features. */
  public FeatureSets sets() {
    return sets;
  }

  /** Which radial structure functions are among them. */
  public FeatureSpec spec() {
    return sets.radial();
  }

  /** Whether it is a ridge regression; else it is a classifier. */
  public boolean isRegression() {
    return origin.regression() != null;
  }

  /** Where it comes from. */
  public Origin origin() {
    return origin;
  }

  /** w.z of the feature vector that starts at {@code offset}, without the bias. */
  public double raw(double[] features, int offset) {
    double sum = 0;
    for (int k = 0; k < weights.length; k++) {
      double z =
          (features[offset + k] - standardization.means()[k]) / standardization.deviations()[k];
      sum += weights[k] * z;
    }
    return sum;
  }

  /** w.z - bias of the feature vector that starts at {@code offset}. */
  public double score(double[] features, int offset) {
    return raw(features, offset) - bias;
  }

  /** Equal scores and equal names and origins. */
  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Model that
            && name.equals(that.name)
            && Arrays.equals(weights, that.weights)
            && Double.compare(bias, that.bias) == 0
            && standardization.equals(that.standardization)
            && sets.equals(that.sets)
            && origin.equals(that.origin));
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + Double.hashCode(bias);
  }

  @Override
  public String toString() {
    return "Model[" + name + ", " + weights.length + " features]";
  }
}
