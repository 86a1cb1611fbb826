package io.vitrine.model;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Labelled structures: n feature vectors, each with +1 (rearranging) or -1 (quiet), and where each
 * comes from.
 *
 * <p>Columns, one entry a sample: {@code features} [n * d] row by row as float32, {@code labels} +1
 * or -1, {@code particles} (identifier as in the file), {@code times} (tau, of p_hop), {@code
 * structureTimes} (tau, of the feature vector), {@code hops} (p_hop, sigma^2; NaN where none was
 * recorded) and {@code simulations}. Attributes (String, Long, Double or double[]) hold every
 * convention and threshold by name. {@code bulk} holds the moments over all particles, where known.
 *
 * <p>A set may be empty. Arrays are frozen once built. Memory: 4 d + 37 bytes a sample.
 */
public final class TrainingSet {
  /** The attribute that holds the thermostat's set temperature, Double. */
  public static final String TEMPERATURE = "temperature";

  private final FeatureSpec spec;
  private final float[] features;
  private final byte[] labels;
  private final int[] particles;
  private final double[] times;
  private final double[] structureTimes;
  private final double[] hops;
  private final String[] simulations;
  private final SortedMap<String, Object> attributes;
  private final FeatureMoments bulk;

  private TrainingSet(Builder b) {
    this.spec = b.spec;
    this.features = Arrays.copyOf(b.features, b.count * b.spec.featureCount());
    this.labels = Arrays.copyOf(b.labels, b.count);
    this.particles = Arrays.copyOf(b.particles, b.count);
    this.times = Arrays.copyOf(b.times, b.count);
    this.structureTimes = Arrays.copyOf(b.structureTimes, b.count);
    this.hops = Arrays.copyOf(b.hops, b.count);
    this.simulations = Arrays.copyOf(b.simulations, b.count);
    this.attributes = Collections.unmodifiableSortedMap(new TreeMap<>(b.attributes));
    this.bulk = b.bulk;
    if (bulk != null) {
      Check.length("bulk mean", bulk.featureCount(), spec.featureCount());
    }
  }

  /** Starts a set of structures described by {@code spec}. */
  public static Builder of(FeatureSpec spec) {
    return new Builder(spec);
  }

  /** Number of samples n. */
  public int count() {
    return labels.length;
  }

  /** How many samples carry {@code label}. */
  public int count(int label) {
    int n = 0;
    for (byte l : labels) {
      n += l == label ? 1 : 0;
    }
    return n;
  }

  /** What a feature vector holds. */
  public FeatureSpec spec() {
    return spec;
  }

  /** Where sample i comes from. */
  public Origin origin(int i) {
    return new Origin(simulations[i], particles[i], times[i], structureTimes[i], hops[i]);
  }

  /** Feature vectors [n * d], frozen. */
  public float[] features() {
    return features;
  }

  /** Labels [n], +1 rearranging, -1 quiet, frozen. */
  public byte[] labels() {
    return labels;
  }

  /** Identifiers [n], frozen. */
  public int[] particles() {
    return particles;
  }

  /** Times of p_hop [n], tau, frozen. */
  public double[] times() {
    return times;
  }

  /** Times of the structures [n], tau, frozen. */
  public double[] structureTimes() {
    return structureTimes;
  }

  /** p_hop [n], sigma^2, NaN where not recorded, frozen. */
  public double[] hops() {
    return hops;
  }

  /** Simulation of each sample [n], frozen. */
  public String[] simulations() {
    return simulations;
  }

  /** Conventions and thresholds by name: String, Long, Double or double[]. */
  public SortedMap<String, Object> attributes() {
    return attributes;
  }

  /** Moments of the features of all particles, where they were recorded. */
  public Optional<FeatureMoments> bulk() {
    return Optional.ofNullable(bulk);
  }

  /** The attribute {@link #TEMPERATURE}, where it is there. */
  public OptionalDouble temperature() {
    return attributes.get(TEMPERATURE) instanceof Number t
        ? OptionalDouble.of(t.doubleValue())
        : OptionalDouble.empty();
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof TrainingSet that
            && spec.equals(that.spec)
            && Arrays.equals(features, that.features)
            && Arrays.equals(labels, that.labels)
            && Arrays.equals(particles, that.particles)
            && Arrays.equals(times, that.times)
            && Arrays.equals(structureTimes, that.structureTimes)
            && Arrays.equals(hops, that.hops)
            && Arrays.equals(simulations, that.simulations)
            && sameAttributes(attributes, that.attributes)
            && Objects.equals(bulk, that.bulk));
  }

  private static boolean sameAttributes(Map<String, Object> a, Map<String, Object> b) {
    return a.keySet().equals(b.keySet())
        && a.keySet().stream().allMatch(k -> Objects.deepEquals(a.get(k), b.get(k)));
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(labels) + Arrays.hashCode(particles);
  }

  @Override
  public String toString() {
    return "TrainingSet[" + count(1) + " + " + count(-1) + " x " + spec.featureCount() + "]";
  }

  /**
   * Where a sample comes from.
   *
   * @param simulation its id
   * @param particle identifier as in the file
   * @param time of p_hop, tau
   * @param structureTime of the feature vector, tau
   * @param hop p_hop, sigma^2, NaN where there is none
   */
  public record Origin(
      String simulation, int particle, double time, double structureTime, double hop) {
    /** Refuses a missing simulation. */
    public Origin {
      Objects.requireNonNull(simulation, "simulation");
    }
  }

  /** Collects samples in the order they are added. */
  public static final class Builder {
    private final FeatureSpec spec;
    private final TreeMap<String, Object> attributes = new TreeMap<>();
    private int count;
    private float[] features = {};
    private byte[] labels = {};
    private int[] particles = {};
    private double[] times = {};
    private double[] structureTimes = {};
    private double[] hops = {};
    private String[] simulations = {};
    private FeatureMoments bulk;

    private Builder(FeatureSpec spec) {
      this.spec = Objects.requireNonNull(spec, "spec");
    }

    /** Records a convention or threshold: String, Long, Double or double[]. */
    public Builder attribute(String name, Object value) {
      if (!(value instanceof String
          || value instanceof Long
          || value instanceof Double
          || value instanceof double[])) {
        throw Check.refuse("attribute " + name, "be a String, Long, Double or double[]", value);
      }
      attributes.put(name, value);
      return this;
    }

    /** Records the temperature, unless it is NaN: samples of several have none. */
    public Builder temperature(double value) {
      return Double.isNaN(value) ? this : attribute(TEMPERATURE, value);
    }

    /** Records all of {@code values}. */
    public Builder attributes(Map<String, ?> values) {
      values.forEach(this::attribute);
      return this;
    }

    /** Moments of all particles; null where they are not known. */
    public Builder bulk(FeatureMoments moments) {
      this.bulk = moments;
      return this;
    }

    /** Adds one sample; {@code vector} [d] is copied from {@code offset} on. */
    public Builder add(int label, Origin origin, float[] vector, int offset) {
      if (label != 1 && label != -1) {
        throw Check.refuse("label", "be +1 or -1", label);
      }
      int d = spec.featureCount();
      reserve(count + 1);
      System.arraycopy(vector, offset, features, count * d, d);
      labels[count] = (byte) label;
      particles[count] = origin.particle();
      times[count] = origin.time();
      structureTimes[count] = origin.structureTime();
      hops[count] = origin.hop();
      simulations[count] = origin.simulation();
      count++;
      return this;
    }

    /** Adds all samples of {@code set}, not its attributes and moments. */
    public Builder addAll(TrainingSet set) {
      if (!set.spec.equals(spec)) {
        throw Check.refuse("features of joined training sets", "be " + spec, set.spec);
      }
      int d = spec.featureCount();
      for (int i = 0; i < set.count(); i++) {
        add(set.labels[i], set.origin(i), set.features, i * d);
      }
      return this;
    }

    /** The set of what was added so far. */
    public TrainingSet build() {
      return new TrainingSet(this);
    }

    private void reserve(int wanted) {
      if (wanted <= labels.length) {
        return;
      }
      int size = Math.max(64, Math.max(wanted, labels.length + labels.length / 2));
      features = Arrays.copyOf(features, Math.multiplyExact(size, spec.featureCount()));
      labels = Arrays.copyOf(labels, size);
      particles = Arrays.copyOf(particles, size);
      times = Arrays.copyOf(times, size);
      structureTimes = Arrays.copyOf(structureTimes, size);
      hops = Arrays.copyOf(hops, size);
      simulations = Arrays.copyOf(simulations, size);
    }
  }
}
