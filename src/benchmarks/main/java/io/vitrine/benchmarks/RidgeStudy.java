package io.vitrine.benchmarks;

import io.vitrine.learning.ridge.ExactMoments;
import io.vitrine.learning.ridge.RidgeTraining;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Ridge regression on blocks of samples in a file of doubles, block by block: prints the penalty,
 * the first weight, and the largest difference from weights in a second file.
 */
final class RidgeStudy {
  private RidgeStudy() {}

  /** Arguments: file of samples [blocks * rows * (d + 1)], blocks, rows, d, file of weights [d]. */
  public static void main(String[] args) throws IOException {
    int blocks = Integer.parseInt(args[1]);
    int rows = Integer.parseInt(args[2]);
    int d = Integer.parseInt(args[3]);
    List<ExactMoments> moments = new ArrayList<>();
    try (FileChannel file = FileChannel.open(Path.of(args[0]))) {
      for (int b = 0; b < blocks; b++) {
        moments.add(ExactMoments.of(d + 1).accept(next(file, rows * (d + 1))));
      }
    }
    RidgeTraining.Result result = RidgeTraining.run(moments, RidgeTraining.standardLambdas());
    double largest = 0;
    try (FileChannel file = FileChannel.open(Path.of(args[4]))) {
      double[] theirs = next(file, d);
      for (int k = 0; k < d; k++) {
        largest = Math.max(largest, Math.abs(theirs[k] - result.weights()[k]));
      }
    }
    System.out.println(result.lambda() + " " + largest);
  }

  private static double[] next(FileChannel file, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining() && file.read(bytes) >= 0) {}
    double[] values = new double[count];
    bytes.flip();
    bytes.asDoubleBuffer().get(values);
    return values;
  }
}
