package io.vitrine.learning;

import io.vitrine.model.Check;
import io.vitrine.model.FeatureSpec;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A trained classifier: an immutable value with all that a score depends on and where it comes
 * from.
 *
 * <p>raw = w.z = sum_k w_k (f_k - mean_k) / deviation_k and score = raw - bias; score &gt; 0 means
 * rearranging. Note the sign: scikit-learn's {@code intercept_} is -bias. The score is not divided
 * by |w|. A model keeps its means and deviations at every temperature. As both are sums over
 * features, raw = sum_k scaled_k f_k - offset with {@link #scaledWeights} and {@link #offset}: what
 * a table of pair contributions needs.
 *
 * <p>Arrays are frozen.
 */
public final class Model {
  /** Name of the model that is trained while a run goes on. */
  public static final String LIVE = "live";

  private final String name;
  private final double[] weights;
  private final double bias;
  private final Standardization standardization;
  private final FeatureSpec spec;
  private final Origin origin;

  private Model(
      String name,
      double[] weights,
      double bias,
      Standardization standardization,
      FeatureSpec spec,
      Origin origin) {
    this.name = name;
    this.weights = weights;
    this.bias = bias;
    this.standardization = standardization;
    this.spec = spec;
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
      String version) {
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
          none, Double.NaN, none, none, none, Map.of(), Map.of(), Map.of(), "", 0, "");
    }
  }

  /** Takes over the weights [d]. */
  public static Model of(
      String name,
      double[] weights,
      double bias,
      Standardization standardization,
      FeatureSpec spec,
      Origin origin) {
    Check.length("weights", weights.length, spec.featureCount());
    Check.length("means", standardization.means().length, spec.featureCount());
    return new Model(name, weights, bias, standardization, spec, origin);
  }

  /** This model under another name. */
  public Model named(String other) {
    return new Model(other, weights, bias, standardization, spec, origin);
  }

  /** This model with one more entry among its conventions: String or Number. */
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
            origin.version());
    return new Model(name, weights, bias, standardization, spec, stated);
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
  public FeatureSpec spec() {
    return spec;
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

  /** w_k / deviation_k [d]. */
  public double[] scaledWeights() {
    double[] scaled = new double[weights.length];
    for (int k = 0; k < scaled.length; k++) {
      scaled[k] = weights[k] / standardization.deviations()[k];
    }
    return scaled;
  }

  /** sum_k w_k mean_k / deviation_k: raw = scaledWeights . f - offset. */
  public double offset() {
    double sum = 0;
    for (int k = 0; k < weights.length; k++) {
      sum += weights[k] * standardization.means()[k] / standardization.deviations()[k];
    }
    return sum;
  }

  /** Equal scores and equal names and origins. */
  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Model that
            && ModelJson.text(this).equals(ModelJson.text(that))
            && name.equals(that.name));
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
