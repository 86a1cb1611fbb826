package io.vitrine.format.h5md;

import java.io.IOException;
import java.lang.reflect.Array;

/** What jhdf returns, boxed scalars and nested arrays of any number type, as flat arrays. */
final class H5Numbers {
  private H5Numbers() {}

  /** Exactly {@code count} doubles. */
  static double[] doubles(Object data, int count) throws IOException {
    double[] values = new double[count];
    int found = fill(data, values, 0);
    if (found != count) {
      throw new IOException("expected " + count + " numbers, found " + found);
    }
    return values;
  }

  /** Exactly {@code count} integers of 32 bits. */
  static int[] ints(Object data, int count) throws IOException {
    double[] doubles = doubles(data, count);
    int[] values = new int[count];
    for (int i = 0; i < count; i++) {
      values[i] = (int) doubles[i];
      if (values[i] != doubles[i]) {
        throw new IOException("expected integers of 32 bits, found " + doubles[i]);
      }
    }
    return values;
  }

  private static int fill(Object data, double[] into, int at) throws IOException {
    if (data instanceof Number number) {
      if (at < into.length) {
        into[at] = number.doubleValue();
      }
      return at + 1;
    }
    if (data instanceof float[] floats) {
      for (int i = 0; i < floats.length && at + i < into.length; i++) {
        into[at + i] = floats[i];
      }
      return at + floats.length;
    }
    if (data instanceof double[] doubles) {
      System.arraycopy(
          doubles, 0, into, at, Math.max(0, Math.min(doubles.length, into.length - at)));
      return at + doubles.length;
    }
    if (data instanceof int[] ints) {
      for (int i = 0; i < ints.length && at + i < into.length; i++) {
        into[at + i] = ints[i];
      }
      return at + ints.length;
    }
    if (data == null || !data.getClass().isArray()) {
      throw new IOException(
          "expected numbers, found "
              + (data == null ? "nothing" : data.getClass().getSimpleName()));
    }
    int end = at;
    for (int i = 0; i < Array.getLength(data); i++) {
      end = fill(Array.get(data, i), into, end);
    }
    return end;
  }
}
