package io.vitrine.benchmarks;

import io.vitrine.format.run.TrainingSetFile;
import io.vitrine.learning.LinearSvm;
import io.vitrine.learning.SvmSolution;
import io.vitrine.learning.sampling.TailAccumulator;
import io.vitrine.model.TrainingSet;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * One training alternately here and by scikit-learn's LinearSVC(loss='hinge') on the same
 * standardized samples, in CPU time; and what an accumulated sample costs in memory.
 *
 * <p>{@code TrainingStudy SCRIPT ROUNDS N SET.h5 ...}: the first N samples of the sets.
 */
final class TrainingStudy {
  private static final double C = 0.01;
  private static final int CAPACITY = 5200;
  private static final int TARGETS = 3277;

  private TrainingStudy() {}

  public static void main(String[] args) throws Exception {
    int n = Integer.parseInt(args[2]);
    double[] z = null;
    byte[] labels = new byte[n];
    int d = 0;
    int at = 0;
    for (int a = 3; a < args.length && at < n; a++) {
      TrainingSet set = TrainingSetFile.read(Path.of(args[a]));
      d = set.spec().featureCount();
      z = z == null ? new double[n * d] : z;
      // Both classes alternately, whatever their order in the file.
      int[] order = new int[set.count()];
      Arrays.setAll(order, i -> i);
      shuffle(order, new SplittableRandom(a));
      for (int i = 0; i < order.length && at < n; i++, at++) {
        labels[at] = set.labels()[order[i]];
        for (int k = 0; k < d; k++) {
          z[at * d + k] = set.features()[order[i] * d + k];
        }
      }
    }
    standardize(z, n, d);
    Path file = Files.createTempFile("z", ".f64");
    write(file, z, labels);
    double ours = 0;
    double theirs = 0;
    for (int round = 0; round < Integer.parseInt(args[1]); round++) {
      double before = cpuSeconds();
      SvmSolution solution = LinearSvm.of(z, labels).train(C);
      double mine = cpuSeconds() - before;
      double peer = sklearn(Path.of(args[0]), file, n, d);
      System.out.printf(
          Locale.ROOT,
          "round %d: %d x %d here %.3f s (objective %.6f, gap %.1e), LinearSVC %.3f s%n",
          round,
          at,
          d,
          mine,
          solution.objective(),
          solution.gap(),
          peer);
      if (round > 0) { // the first warms up
        ours += mine;
        theirs += peer;
      }
    }
    System.out.printf(Locale.ROOT, "time here / LinearSVC: %.2f%n", ours / theirs);
    Files.delete(file);
    memory();
  }

  private static void shuffle(int[] order, SplittableRandom random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[j];
      order[j] = kept;
    }
  }

  private static void standardize(double[] z, int n, int d) {
    for (int k = 0; k < d; k++) {
      double sum = 0;
      double squares = 0;
      for (int i = 0; i < n; i++) {
        sum += z[i * d + k];
        squares += z[i * d + k] * z[i * d + k];
      }
      double mean = sum / n;
      double deviation = Math.sqrt(Math.max(0, squares / n - mean * mean));
      for (int i = 0; i < n; i++) {
        z[i * d + k] = deviation > 0 ? (z[i * d + k] - mean) / deviation : 0;
      }
    }
  }

  private static void write(Path file, double[] z, byte[] labels) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(Double.BYTES * (z.length + labels.length))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (byte label : labels) {
      bytes.putDouble(label);
    }
    for (double value : z) {
      bytes.putDouble(value);
    }
    Files.write(file, bytes.array());
  }

  private static double sklearn(Path script, Path file, int n, int d) throws Exception {
    Process process =
        new ProcessBuilder(
                "/usr/bin/python3",
                "-W",
                "ignore",
                script.toString(),
                file.toString(),
                n + "",
                d + "")
            .redirectErrorStream(true)
            .start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
    if (process.waitFor() != 0) {
      throw new IOException(said);
    }
    return Double.parseDouble(said);
  }

  private static double cpuSeconds() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() * 1e-9;
  }

  /** Heap of the tails of one simulation when both are full, by what many of them take. */
  private static void memory() {
    int copies = 40;
    TailAccumulator[] all = new TailAccumulator[copies];
    int[] particles = new int[TARGETS];
    Arrays.setAll(particles, i -> i);
    long before = used();
    for (int c = 0; c < copies; c++) {
      all[c] = TailAccumulator.of(CAPACITY);
      Random random = new Random(c);
      for (long t = 0; t < 20; t++) {
        all[c].accept(1000 * t, particles, random.doubles(TARGETS).toArray());
      }
    }
    double each = (double) (used() - before) / copies;
    System.out.printf(
        Locale.ROOT,
        "tails of K = %d: %.0f bytes of heap, %.1f a sample kept (%d tails)%n",
        CAPACITY,
        each,
        each / (2 * CAPACITY),
        all.length * 2);
  }

  private static long used() {
    for (int i = 0; i < 4; i++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
