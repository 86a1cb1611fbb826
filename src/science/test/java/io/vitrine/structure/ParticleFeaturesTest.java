package io.vitrine.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.vitrine.model.FeatureSets;
import io.vitrine.model.Frame;
import io.vitrine.model.Particles;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Against numpy's sums over all images, in a box that is smaller than every cut-off. */
class ParticleFeaturesTest {
  @Test
  void of_everySetAndItsAverage_isWhatNumpySums() throws IOException {
    double[] expected = FeatureData.numpy();
    List<String> names = FeatureSets.parse(FeatureData.ALL).names();
    Frame frame = FeatureData.frame("frame.extxyz");

    double[] found =
        FeatureData.features(FeatureData.ALL).of(frame, FeatureData.frame("inherent.extxyz"));

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
    Frame frame = FeatureData.frame("frame.extxyz");
    Frame inherent = FeatureData.frame("inherent.extxyz");
    double[] thermal = FeatureData.features("fine,thermal:fine").of(frame, inherent);
    double[] twice = FeatureData.features("energy,average:2").of(frame, inherent);
    double[] once = FeatureData.features("energy,average:1").of(frame, inherent);
    double[] fineInherent = FeatureData.features("fine").of(inherent);
    double[] fineThermal = FeatureData.features("fine").of(frame);
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
    assertThat(
            FeatureData.features("composition,radial,fine,energy,angular,bond-order,average:1")
                .of(lone))
        .doesNotContain(Double.NaN)
        .startsWith(1.0)
        .contains(0.0);
  }

  @Test
  void of_cageWithoutInherentStructure_isRefused() throws IOException {
    Frame frame = FeatureData.frame("frame.extxyz");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FeatureData.features("cage").of(frame))
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
    assertThat(FeatureSets.parse(FeatureData.ALL)).hasToString(FeatureData.ALL);
    assertThat(FeatureSets.parse(FeatureData.ALL).count()).isEqualTo(538);
  }
}
