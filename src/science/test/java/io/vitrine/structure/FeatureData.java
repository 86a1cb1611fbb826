package io.vitrine.structure;

import io.vitrine.TestData;
import io.vitrine.engine.Interactions;
import io.vitrine.format.ReadPosition;
import io.vitrine.format.ReaderOptions;
import io.vitrine.format.TrajectoryReader;
import io.vitrine.format.trajectory.Trajectories;
import io.vitrine.model.FeatureSets;
import io.vitrine.model.Frame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;

/** A frame in a box smaller than every cut-off, and what numpy makes of it. */
final class FeatureData {
  /** The sets of {@link #numpy}. */
  static final String ALL = "composition,radial,fine,energy,cage,angular,bond-order,average:1";

  private FeatureData() {}

  static Frame frame(String name) throws IOException {
    ReaderOptions options = ReaderOptions.finished("x", 1).with("propensity");
    try (TrajectoryReader reader =
        Trajectories.open(TestData.file("features/" + name), options, ReadPosition.START)) {
      return reader.next();
    }
  }

  static ParticleFeatures features(String sets) {
    Interactions ka = Interactions.kobAndersen();
    return ParticleFeatures.of(FeatureSets.parse(sets), ka.energies()::at, ka.largestCutoff());
  }

  /** Features of all particles, summed by numpy over all images. */
  static double[] numpy() throws IOException {
    byte[] bytes = Files.readAllBytes(TestData.file("features/features.f64"));
    double[] values = new double[bytes.length / Double.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(values);
    return values;
  }
}
