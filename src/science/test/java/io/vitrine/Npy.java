package io.vitrine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;

/** A numpy array of doubles in C order, read from testdata. */
public final class Npy {
  private final int[] shape;
  private final double[] values;

  private Npy(int[] shape, double[] values) {
    this.shape = shape;
    this.values = values;
  }

  /** Reads {@code testdata/name}, a version 1 file of little-endian doubles. */
  public static Npy read(String name) {
    try {
      ByteBuffer file =
          ByteBuffer.wrap(Files.readAllBytes(TestData.file(name))).order(ByteOrder.LITTLE_ENDIAN);
      int headerLength = file.getShort(8);
      String header = new String(file.array(), 10, headerLength, StandardCharsets.US_ASCII);
      if (!header.contains("'<f8'") || !header.contains("'fortran_order': False")) {
        throw new AssertionError(name + ": expected doubles in C order, found " + header);
      }
      String inside = header.substring(header.indexOf('(') + 1, header.indexOf(')'));
      int[] shape =
          Arrays.stream(inside.split(",", -1))
              .map(String::strip)
              .filter(axis -> !axis.isEmpty())
              .mapToInt(Integer::parseInt)
              .toArray();
      int count = 1;
      for (int n : shape) {
        count *= n;
      }
      double[] values = new double[count];
      file.position(10 + headerLength);
      file.asDoubleBuffer().get(values);
      return new Npy(shape, values);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Length of axis {@code d}. */
  public int shape(int d) {
    return shape[d];
  }

  /** All values, row by row. */
  public double[] values() {
    return values;
  }

  /** Element (i, j) of a table. */
  public double at(int i, int j) {
    return values[i * shape[1] + j];
  }
}
