package io.vitrine.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.vitrine.TestData;
import io.vitrine.engine.Interactions;
import io.vitrine.format.ReadPosition;
import io.vitrine.format.ReaderOptions;
import io.vitrine.format.TrajectoryReader;
import io.vitrine.format.trajectory.Trajectories;
import io.vitrine.model.FeatureSets;
import io.vitrine.model.Frame;
import io.vitrine.model.Particles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Against numpy's sums over all images, in a box that is smaller than every cut-off. */
class ParticleFeaturesTest {
  private static final String ALL =
      "composition,radial,fine,energy,cage,angular,bond-order,average:1";

  private static Frame frame(String name) throws IOException {
    ReaderOptions options = ReaderOptions.finished("x", 1).with("propensity");
    try (TrajectoryReader reader =
        Trajectories.open(TestData.file("features/" + name), options, ReadPosition.START)) {
      return reader.next();
    }
  }

  private static ParticleFeatures of(String sets) {
    Interactions ka = Interactions.kobAndersen();
    return ParticleFeatures.of(FeatureSets.parse(sets), ka.energies()::at, ka.largestCutoff());
  }

  private static double[] expected() throws IOException {
    byte[] bytes = Files.readAllBytes(TestData.file("features/features.f64"));
    double[] values = new double[bytes.length / Double.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(values);
    return values;
  }

  @Test
  void of_everySetAndItsAverage_isWhatNumpySums() throws IOException {
    double[] expected = expected();
    List<String> names = FeatureSets.parse(ALL).names();
    Frame frame = frame("frame.extxyz");

    double[] found = of(ALL).of(frame, frame("inherent.extxyz"));

    assertThat(found).hasSameSizeAs(expected);
    int d = names.size();
    for (int k = 0; k < d; k++) {
      double squares = 0;
      for (int i = 0; i < frame.count(); i++) {
        squares += expected[i * d + k] * expected[i * d + k];
      }
      // The fast Gauss transform errs by 1e-6 of a deviation; the rest by rounding.
      double allowed = 2e-7 * Math.sqrt(squares / frame.count()) + 1e-9;
      for (int i = 0; i < frame.count(); i++) {
        assertThat(found[i * d + k])
            .as("%s of particle %d", names.get(k), i)
            .isCloseTo(expected[i * d + k], within(allowed));
      }
    }
  }

  @Test
  void of_thermalSetsAndSeveralAverages_areTheFramesOwnAndAveragesOfAverages() throws IOException {
    Frame frame = frame("frame.extxyz");
    Frame inherent = frame("inherent.extxyz");
    double[] thermal = of("fine,thermal:fine").of(frame, inherent);
    double[] twice = of("energy,average:2").of(frame, inherent);
    double[] once = of("energy,average:1").of(frame, inherent);
    double[] fineInherent = of("fine").of(inherent);
    double[] fineThermal = of("fine").of(frame);
    for (int i = 0; i < frame.count(); i++) {
      for (int k = 0; k < 88; k++) {
        assertThat(thermal[i * 176 + k]).isEqualTo(fineInherent[i * 88 + k]);
        assertThat(thermal[i * 176 + 88 + k]).isEqualTo(fineThermal[i * 88 + k]);
      }
      assertThat(twice[i * 6 + 2]).isEqualTo(once[i * 4 + 2]);
    }
    double[] firsts = new double[2 * frame.count()];
    for (int i = 0; i < frame.count(); i++) {
      System.arraycopy(once, 4 * i + 2, firsts, 2 * i, 2);
    }
    double[] again = NeighbourAverage.of(NeighbourAverage.sort(inherent), firsts, 2);
    for (int i = 0; i < frame.count(); i++) {
      assertThat(twice[i * 6 + 5]).isEqualTo(again[2 * i + 1]);
    }
  }

  @Test
  void of_loneParticle_hasNoNeighboursAndNoNaN() {
    Frame lone =
        Frame.of("x")
            .box(io.vitrine.model.Box.cube(40))
            .particles(Particles.numbered(0, new byte[1]))
            .wrapped(new double[3], null)
            .build();
    assertThat(of("composition,radial,fine,energy,angular,bond-order,average:1").of(lone))
        .doesNotContain(Double.NaN)
        .startsWith(1.0)
        .contains(0.0);
  }

  @Test
  void of_cageWithoutInherentStructure_isRefused() throws IOException {
    Frame frame = frame("frame.extxyz");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of("cage").of(frame))
        .withMessageContaining("inherent");
  }

  @Test
  void parse_badLists_areRefusedWithTheValue() {
    for (String bad :
        List.of(
            "",
            "softness",
            "average:1",
            "radial,average:0",
            "radial,radial",
            "thermal:cage",
            "radial,,fine",
            "fine,average:9,average:8")) {
      assertThatIllegalArgumentException()
          .as(bad)
          .isThrownBy(() -> FeatureSets.parse(bad))
          .withMessageContaining("must");
    }
    assertThat(FeatureSets.parse(ALL)).hasToString(ALL);
    assertThat(FeatureSets.parse(ALL).count()).isEqualTo(538);
  }
}
