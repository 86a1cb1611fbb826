package io.vitrine.model;

/** Refusals of values, always with name, rule and value. */
public final class Check {
  private Check() {}

  /** Returns {@code value}, or refuses it with {@code "name must be > 0, but was value"}. */
  public static double positive(String name, double value) {
    if (!(value > 0.0) || Double.isInfinite(value)) {
      throw refuse(name, "be > 0 and finite", value);
    }
    return value;
  }

  /** Returns {@code value}, or refuses it with {@code "name must be > 0, but was value"}. */
  public static int positive(String name, int value) {
    if (value <= 0) {
      throw refuse(name, "be > 0", value);
    }
    return value;
  }

  /** Returns {@code value} if it lies in [{@code low}, {@code high}]. */
  public static double within(String name, double value, double low, double high) {
    if (!(value >= low && value <= high)) {
      throw refuse(name, "lie in [" + low + ", " + high + "]", value);
    }
    return value;
  }

  /** Refuses an array of the wrong length. */
  public static void length(String name, int length, int expected) {
    if (length != expected) {
      throw refuse(name, "have " + expected + " entries", length);
    }
  }

  /** The exception every refusal is made of. */
  public static IllegalArgumentException refuse(String name, String rule, Object value) {
    return new IllegalArgumentException(name + " must " + rule + ", but was " + value);
  }
}
