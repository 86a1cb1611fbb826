package io.vitrine.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vitrine.DumpFrames;
import io.vitrine.Npy;
import io.vitrine.model.Box;
import io.vitrine.model.FeatureSpec;
import io.vitrine.model.Frame;
import io.vitrine.model.Particles;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RadialStructureTest {
  private static final FeatureSpec SPEC = FeatureSpec.standard();
  private static List<Frame> run;

  @BeforeAll
  static void readRun() {
    run = DumpFrames.read("ka512/ka512_T0.60.lammpstrj");
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 30})
  void features_lammpsRun_givesNumpysNumbers(int f) {
    // numpy had full precision; from the six decimals of the text it is itself off by 5.7e-5 in
    // frame 3 and 5.9e-5 in frame 30, each in one value of 41,000, and below 5e-5 in all others.
    Npy expected = Npy.read("ka512/features_frame" + f + ".npy");
    Frame frame = run.get(f);
    int[] a = frame.particles().indicesOf(0);

    double[] features = RadialStructure.exact(SPEC).features(frame, a);

    int above = 0;
    for (int k = 0; k < features.length; k++) {
      double error = Math.abs(features[k] - expected.values()[k]);
      assertThat(error).isLessThan(6e-5);
      above += error > 5e-5 ? 1 : 0;
    }
    assertThat(features).hasSize(410 * 100);
    assertThat(above).isLessThanOrEqualTo(1);
  }

  @Test
  void reference_onePair_isTheGaussian() {
    Frame pair =
        Frame.of("pair")
            .box(Box.cube(30))
            .particles(Particles.numbered(1, new byte[] {0, 1}))
            .wrapped(new double[] {29.5, 1, 1, 0.83, 1, 1}, null)
            .build();

    double[] features = RadialStructure.reference(SPEC).features(pair, new int[] {0, 1});

    for (int k = 0; k < 50; k++) {
      double off = 0.1 * (k + 1) - 1.33;
      double g = Math.exp(-off * off / 0.08);
      assertThat(features[50 + k]).isCloseTo(g, within(1e-12));
      assertThat(features[100 + k]).isCloseTo(g, within(1e-12));
      assertThat(features[k]).isZero();
      assertThat(features[150 + k]).isZero();
    }
  }
}
