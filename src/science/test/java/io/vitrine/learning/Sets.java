package io.vitrine.learning;

import io.vitrine.TestData;
import io.vitrine.model.FeatureSpec;
import io.vitrine.model.TrainingSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Random;

/** Training sets that tests share. */
public final class Sets {
  private Sets() {}

  /** The reference samples as they stand: z [628 * 100], label, frame and particle of each. */
  record Reference(double[] z, byte[] labels, double[] frames, int[] particles) {}

  static Reference reference() {
    List<String> lines;
    try {
      lines = Files.readAllLines(TestData.file("svm/svm_train_Z.csv"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> rows = lines.stream().filter(line -> !line.startsWith("#")).toList();
    int n = rows.size();
    Reference r = new Reference(new double[n * 100], new byte[n], new double[n], new int[n]);
    for (int i = 0; i < n; i++) {
      String[] cells = rows.get(i).split(",", -1);
      r.labels[i] = (byte) Double.parseDouble(cells[0]);
      r.frames[i] = Double.parseDouble(cells[1]);
      r.particles[i] = (int) Double.parseDouble(cells[2]);
      for (int k = 0; k < 100; k++) {
        r.z[i * 100 + k] = Double.parseDouble(cells[3 + k]);
      }
    }
    return r;
  }

  /** Two overlapping clouds of 4 features around -shift and +shift in the first feature. */
  public static TrainingSet clouds(int n, double shift, long seed) {
    FeatureSpec spec = FeatureSpec.evenly(1.0, 2, 0.2);
    Random random = new Random(seed);
    TrainingSet.Builder set = TrainingSet.of(spec).attribute(TrainingSet.TEMPERATURE, 1.2);
    for (int i = 0; i < n; i++) {
      int window = i / 50;
      int label = i % 2 == 0 ? 1 : -1;
      float[] f = new float[4];
      for (int k = 0; k < 4; k++) {
        f[k] = (float) (5 * k + (1 + k) * (random.nextGaussian() + (k == 0 ? label * shift : 0)));
      }
      set.add(label, new TrainingSet.Origin("hot", i % 50, 7.0 + window, 5.0 + window, 0.1), f, 0);
    }
    return set.build();
  }
}
