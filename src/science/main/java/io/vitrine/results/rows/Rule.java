package io.vitrine.results.rows;

import io.vitrine.model.Check;

/** Refusals that rows share. */
public final class Rule {
  private Rule() {}

  static String named(String name, String value) {
    if (value == null || value.isEmpty()) {
      throw Check.refuse(name, "be named", value);
    }
    return clean(name, value);
  }

  /** Text that every database can hold: not null, no NUL character. */
  static String clean(String name, String value) {
    if (value == null) {
      throw Check.refuse(name, "be text", null);
    }
    if (value.indexOf('\0') >= 0) {
      throw Check.refuse(name, "hold no NUL character", value.replace('\0', '?'));
    }
    return value;
  }

  static long notNegative(String name, long value) {
    if (value < 0) {
      throw Check.refuse(name, "be >= 0", value);
    }
    return value;
  }

  /** A set temperature: > 0, or NaN where it is unknown. */
  static double temperature(double value) {
    return Double.isNaN(value) ? value : Check.positive("temperature", value);
  }

  public static double unknownIfNegative(double stored) {
    return stored < 0 ? Double.NaN : stored;
  }
}
