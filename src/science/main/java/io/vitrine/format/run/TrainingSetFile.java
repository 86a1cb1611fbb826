package io.vitrine.format.run;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Node;
import io.jhdf.exceptions.HdfException;
import io.vitrine.format.WholeFile;
import io.vitrine.model.FeatureMoments;
import io.vitrine.model.FeatureSpec;
import io.vitrine.model.Target;
import io.vitrine.model.TrainingSet;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Array;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Training sets as HDF5: {@code features} [n, d] float32, {@code label} [n] int8 (+1 / -1), {@code
 * particle} [n] int32, {@code time}, {@code structure_time} (tau) and {@code p_hop} [n] float64,
 * {@code simulation} [n] text; {@code bulk_n}, {@code bulk_mean} [d] and {@code bulk_cov} [d, d]
 * where the moments of all particles are known; attributes of the root for every convention and
 * threshold, with {@code radii}, {@code delta}, {@code cutoff} and, where they are not A and B or
 * not 3, {@code species} and {@code dimensions} for the features and {@code samples} for n.
 *
 * <p>A set without samples has {@code samples} = 0 and no columns, as the library cannot write
 * arrays without rows. A file is written beside its place, then renamed over what is there: whoever
 * opens it finds all of it or none. Memory: the set and one copy of it.
 *
 * <p>Files of others need {@code features} and {@code label} (any number type); columns they leave
 * out are filled: particle with the row, times with the row times 0, p_hop with NaN, simulation
 * with an empty name. Where {@code radii} is missing, the standard features are meant.
 */
public final class TrainingSetFile {
  private static final String SAMPLES = "samples";

  /** Names of the species with commas between them, where they are not A and B. */
  private static final String SPECIES = "species";

  /** Dimensions of space, where these are not 3. */
  private static final String DIMENSIONS = "dimensions";

  /** "diameter" where distances are divided by mean diameters. */
  private static final String SCALE = "scale_distances";

  /** Attributes that are not conventions: what this class or the library adds itself. */
  private static final Set<String> OWN =
      Set.of("radii", "delta", "cutoff", SCALE, SAMPLES, "bulk_n", "_jHDF");

  private TrainingSetFile() {}

  /** Writes {@code set}, replacing what is there. */
  public static void write(Path path, TrainingSet set) throws IOException {
    Path aside = WholeFile.aside(path);
    Files.deleteIfExists(aside);
    try (WritableHdfFile file = HdfFile.write(aside)) {
      FeatureSpec spec = set.spec();
      set.attributes().forEach((name, value) -> file.putAttribute(name, value));
      file.putAttribute("radii", spec.radii());
      file.putAttribute("delta", spec.delta());
      file.putAttribute("cutoff", spec.cutoff());
      if (!spec.species().equals(Target.A_AND_B) && !set.attributes().containsKey(SPECIES)) {
        file.putAttribute(SPECIES, String.join(",", spec.species()));
      }
      if (spec.dimensions() != 3 && !set.attributes().containsKey(DIMENSIONS)) {
        file.putAttribute(DIMENSIONS, (double) spec.dimensions());
      }
      if (spec.hasScaledDistances()) {
        file.putAttribute(SCALE, "diameter");
      }
      file.putAttribute(SAMPLES, (long) set.count());
      int d = spec.featureCount();
      if (set.count() > 0) {
        float[][] features = new float[set.count()][];
        for (int i = 0; i < features.length; i++) {
          features[i] = Arrays.copyOfRange(set.features(), i * d, (i + 1) * d);
        }
        file.putDataset("features", features);
        file.putDataset("label", set.labels());
        file.putDataset("particle", set.particles());
        file.putDataset("time", set.times());
        file.putDataset("structure_time", set.structureTimes());
        file.putDataset("p_hop", set.hops());
        file.putDataset("simulation", set.simulations());
      }
      if (set.bulk().isPresent()) {
        FeatureMoments bulk = set.bulk().get();
        double[][] covariance = new double[d][];
        for (int k = 0; k < d; k++) {
          covariance[k] = Arrays.copyOfRange(bulk.covariance(), k * d, (k + 1) * d);
        }
        file.putDataset("bulk_n", bulk.count());
        file.putDataset("bulk_mean", bulk.mean());
        file.putDataset("bulk_cov", covariance);
      }
    } catch (HdfException e) {
      Files.deleteIfExists(aside);
      throw new IOException(path + ": could not be written: " + e.getMessage(), e);
    }
    WholeFile.finish(path);
  }

  /** Reads a set. An {@link IOException} names the file, what was found and what was expected. */
  public static TrainingSet read(Path path) throws IOException {
    if (!Files.isRegularFile(path)) {
      throw new IOException(path + ": no such file, expected a training set (HDF5)");
    }
    try (HdfFile file = new HdfFile(path)) {
      return read(file);
    } catch (HdfException | IllegalArgumentException | ClassCastException e) {
      throw new IOException(path + ": not a training set: " + e.getMessage(), e);
    }
  }

  /** SHA-256 of the bytes of some files, one after the other, in hexadecimal. */
  public static String sha256(List<Path> paths) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    for (Path path : paths) {
      try (InputStream in = new DigestInputStream(Files.newInputStream(path), digest)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static TrainingSet read(HdfFile file) {
    Map<String, Attribute> attributes = file.getAttributes();
    boolean empty = attributes.containsKey(SAMPLES) && number(attributes.get(SAMPLES)) == 0;
    if (!empty && (!has(file, "features") || !has(file, "label"))) {
      throw new IllegalArgumentException(
          "expected data sets 'features' and 'label', found " + file.getChildren().keySet());
    }
    int[] shape = empty ? new int[] {0, 0} : data(file, "features").getDimensions();
    if (shape.length != 2) {
      throw new IllegalArgumentException(
          "'features' must be [n, d], but was " + Arrays.toString(shape));
    }
    FeatureSpec spec = spec(attributes, shape[1]);
    if (!empty && shape[1] != spec.featureCount()) {
      throw new IllegalArgumentException(
          "'features' must be [n, " + spec.featureCount() + "], but was " + Arrays.toString(shape));
    }
    TrainingSet.Builder set = TrainingSet.of(spec);
    attributes.forEach(
        (name, attribute) -> {
          if (!OWN.contains(name)) {
            set.attribute(name, value(attribute.getData()));
          }
        });
    if (has(file, "bulk_mean")) {
      double count =
          attributes.containsKey("bulk_n") ? number(attributes.get("bulk_n")) : bulkCount(file);
      set.bulk(
          FeatureMoments.of(
              (long) count, doubles(data(file, "bulk_mean")), doubles(data(file, "bulk_cov"))));
    }
    if (!empty) {
      rows(file, shape[0], spec.featureCount(), set);
    }
    return set.build();
  }

  private static void rows(HdfFile file, int n, int d, TrainingSet.Builder set) {
    float[] features = floats(data(file, "features"));
    double[] label = column(file, "label", n, 0);
    double[] particle = column(file, "particle", n, Double.NaN);
    double[] time = column(file, "time", n, 0);
    double[] structureTime = column(file, "structure_time", n, 0);
    double[] hop = column(file, "p_hop", n, Double.NaN);
    String[] simulation = names(file, n);
    for (int i = 0; i < n; i++) {
      int id = Double.isNaN(particle[i]) ? i : (int) particle[i];
      set.add(
          (int) label[i],
          new TrainingSet.Origin(simulation[i], id, time[i], structureTime[i], hop[i]),
          features,
          i * d);
    }
  }

  private static FeatureSpec spec(Map<String, Attribute> attributes, int columns) {
    List<String> species =
        attributes.containsKey(SPECIES)
            ? List.of(String.valueOf(attributes.get(SPECIES).getData()).split(",", -1))
            : Target.A_AND_B;
    int dimensions =
        attributes.containsKey(DIMENSIONS) ? (int) number(attributes.get(DIMENSIONS)) : 3;
    if (!attributes.containsKey("radii")) {
      FeatureSpec standard =
          FeatureSpec.standard()
              .withSpecies(species)
              .withDimensions(dimensions)
              .withScaledDistances(attributes.containsKey(SCALE));
      if (columns != standard.featureCount()) {
        throw new IllegalArgumentException(
            "expected the attribute 'radii', as "
                + columns
                + " features are not the standard ones");
      }
      return standard;
    }
    double[] radii = flatten(attributes.get("radii").getData());
    return FeatureSpec.of(radii, number(attributes.get("delta")), number(attributes.get("cutoff")))
        .withSpecies(species)
        .withDimensions(dimensions)
        .withScaledDistances(attributes.containsKey(SCALE));
  }

  private static boolean has(HdfFile file, String name) {
    return file.getChildren().containsKey(name);
  }

  private static Dataset data(HdfFile file, String name) {
    Node node = file.getChildren().get(name);
    if (!(node instanceof Dataset dataset)) {
      throw new IllegalArgumentException("expected a data set '" + name + "', found " + node);
    }
    return dataset;
  }

  private static double[] column(HdfFile file, String name, int n, double missing) {
    double[] values;
    if (has(file, name)) {
      values = doubles(data(file, name));
    } else {
      values = new double[n];
      Arrays.fill(values, missing);
    }
    if (values.length != n) {
      throw new IllegalArgumentException(
          "'" + name + "' must have " + n + " entries, but was " + values.length);
    }
    return values;
  }

  private static String[] names(HdfFile file, int n) {
    String[] names = new String[n];
    Arrays.fill(names, "");
    if (!has(file, "simulation")) {
      return names;
    }
    Object data = data(file, "simulation").getDataFlat();
    int length = Array.getLength(data);
    if (length != n) {
      throw new IllegalArgumentException(
          "'simulation' must have " + n + " entries, but was " + length);
    }
    Map<String, String> shared = new HashMap<>();
    for (int i = 0; i < n; i++) {
      names[i] = shared.computeIfAbsent(String.valueOf(Array.get(data, i)), name -> name);
    }
    return names;
  }

  private static double bulkCount(HdfFile file) {
    return doubles(data(file, "bulk_n"))[0];
  }

  private static double number(Attribute attribute) {
    if (attribute == null) {
      throw new IllegalArgumentException("expected the attributes 'radii', 'delta' and 'cutoff'");
    }
    return flatten(attribute.getData())[0];
  }

  private static double[] doubles(Dataset dataset) {
    return flatten(dataset.isScalar() ? dataset.getData() : dataset.getDataFlat());
  }

  private static float[] floats(Dataset dataset) {
    Object flat = dataset.getDataFlat();
    if (flat instanceof float[] exact) {
      return exact;
    }
    double[] wide = flatten(flat);
    float[] narrow = new float[wide.length];
    for (int i = 0; i < wide.length; i++) {
      narrow[i] = (float) wide[i];
    }
    return narrow;
  }

  /** Numbers of whatever type and shape, row by row. */
  private static double[] flatten(Object data) {
    if (data instanceof double[] exact) {
      return exact;
    }
    List<Double> values = new ArrayList<>();
    collect(data, values);
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static void collect(Object data, List<Double> values) {
    if (data instanceof Number number) {
      values.add(number.doubleValue());
    } else if (data != null && data.getClass().isArray()) {
      for (int i = 0; i < Array.getLength(data); i++) {
        collect(Array.get(data, i), values);
      }
    } else {
      throw new IllegalArgumentException("expected numbers, found " + data);
    }
  }

  /** An attribute's value as one of the types a set holds. */
  private static Object value(Object data) {
    if (data instanceof Double || data instanceof Float) {
      return ((Number) data).doubleValue();
    }
    if (data instanceof Number whole) {
      return whole.longValue();
    }
    if (data instanceof boolean[] flags) {
      return Arrays.toString(flags);
    }
    if (data != null && data.getClass().isArray() && !(data instanceof Object[])) {
      return flatten(data);
    }
    return String.valueOf(data instanceof Object[] texts ? Arrays.toString(texts) : data);
  }
}
