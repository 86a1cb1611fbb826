package io.vitrine.analysis.window;

import java.util.Comparator;

/**
 * A model as counters know it.
 *
 * @param model its name
 * @param version its fingerprint
 */
public record ModelVersion(String model, String version) implements Comparable<ModelVersion> {
  private static final Comparator<ModelVersion> ORDER =
      Comparator.comparing(ModelVersion::model).thenComparing(ModelVersion::version);

  @Override
  public int compareTo(ModelVersion other) {
    return ORDER.compare(this, other);
  }
}
