package io.vitrine.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.vitrine.DumpFrames;
import io.vitrine.Npy;
import io.vitrine.model.Box;
import io.vitrine.model.Frame;
import io.vitrine.model.Particles;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class HopIndicatorTest {
  private static final WindowSpec STANDARD = WindowSpec.standard();
  private static final HopIndicator INCLUSIVE = HopIndicator.of(STANDARD, HopConvention.INCLUSIVE);

  @Test
  void measure_lammpsRun_givesNumpysNumbers() {
    // Six decimals in the text: rounding 5e-7 moves p_hop by up to 1.2e-6.
    List<Frame> run = DumpFrames.read("ka512/ka512_T0.60.lammpstrj");

    assertThat(largestError(run)).isLessThan(2e-6);
  }

  @Test
  void measure_lammpsRunWithoutImages_givesNumpysNumbers() {
    List<Frame> run = new ArrayList<>(DumpFrames.read("ka512/ka512_T0.60.lammpstrj"));
    run.replaceAll(DumpFrames::withoutImages);

    assertThat(largestError(run)).isLessThan(2e-6);
  }

  private static double largestError(List<Frame> run) {
    Npy expected = Npy.read("ka512/phop_ka512_T0.60.npy");
    int[] all = DumpFrames.all(512);
    double error = 0;
    for (int w = 0; w < expected.shape(0); w++) {
      double[] pHop = INCLUSIVE.measure(run.subList(w, w + 11), all).pHop();
      for (int i = 0; i < all.length; i++) {
        error = Math.max(error, Math.abs(pHop[i] - expected.at(w, i)));
      }
    }
    return error;
  }

  @Test
  void pHop_jumpAtTheCentre_isWorkedByHand() {
    // x = 0 for five frames, then a: inclusive means are a/6 and a.
    double a = 1.5;
    double[][] relative = path(f -> f < 5 ? -a : 0);

    // <(x - a)^2>_w1 = 5/6 a^2; <(x - a/6)^2>_w2 = 25/36 a^2.
    assertThat(INCLUSIVE.pHop(relative)[0])
        .isCloseTo(a * a * Math.sqrt(5.0 / 6 * 25 / 36), within(1e-14));
    assertThat(HopIndicator.of(STANDARD, HopConvention.HALF_OPEN).pHop(relative)[0])
        .isCloseTo(a * a, within(1e-14));
    assertThat(HopIndicator.of(STANDARD, HopConvention.EXCLUDE_CENTRE).pHop(relative)[0])
        .isCloseTo(a * a, within(1e-14));
  }

  @Test
  void pHop_jumpAfterTheCentre_tellsTheConventionsApart() {
    double[][] relative = path(f -> f <= 5 ? 0 : 1);

    // Half-open: w1 = 5 frames at 0, w2 = 0 and five times 1, mean 5/6.
    assertThat(HopIndicator.of(STANDARD, HopConvention.HALF_OPEN).pHop(relative)[0])
        .isCloseTo(Math.sqrt(25.0 / 36 * 5 / 6), within(1e-14));
    assertThat(HopIndicator.of(STANDARD, HopConvention.EXCLUDE_CENTRE).pHop(relative)[0])
        .isCloseTo(1, within(1e-14));
  }

  @Test
  void pHop_particleAtRest_isZero() {
    assertThat(INCLUSIVE.pHop(path(f -> 0))[0]).isZero();
  }

  @ParameterizedTest
  @EnumSource(HopConvention.class)
  void measure_coordinatesOf1e5_losesLessThan1e9(HopConvention convention) {
    Random random = new Random(5);
    List<Frame> near = new ArrayList<>();
    List<Frame> far = new ArrayList<>();
    // Steps of 1/1024 are exact at 1e5 too, so that only the kernel can lose digits.
    double[] r = new double[30];
    for (int f = 0; f < 11; f++) {
      double[] shifted = r.clone();
      for (int d = 0; d < r.length; d++) {
        r[d] += Math.rint(512 * random.nextGaussian()) / 1024;
        shifted[d] = r[d] + 1e5;
      }
      near.add(unwrapped(f, r.clone()));
      far.add(unwrapped(f, shifted));
    }
    HopIndicator indicator = HopIndicator.of(STANDARD, convention);
    int[] all = DumpFrames.all(10);

    double[] expected = indicator.measure(near, all).pHop();

    assertThat(expected[0]).isGreaterThan(0.1);
    assertThat(indicator.measure(far, all).pHop()).containsExactly(expected, within(1e-9));
  }

  @Test
  void measure_someTargets_givesTheSameBitsAsAll() {
    List<Frame> run = DumpFrames.read("ka512/ka512_T0.60.lammpstrj").subList(0, 11);
    double[] all = INCLUSIVE.measure(run, DumpFrames.all(512)).pHop();

    assertThat(INCLUSIVE.measure(run, new int[] {400, 7}).pHop()).containsExactly(all[400], all[7]);
  }

  @Test
  void measure_halfTauFrames_hasWindowOf21() {
    WindowSpec spec = WindowSpec.every(500);
    List<Frame> frames = new ArrayList<>();
    for (int f = 0; f < 21; f++) {
      frames.add(unwrapped(f, new double[] {f, 0, 0}).toBuilder().at(f, 0.5 * f).build());
    }

    WindowHops hops = HopIndicator.of(spec, HopConvention.INCLUSIVE).measure(frames, new int[1]);

    // Straight line: each half has variance 10 and the means are 10 apart.
    assertThat(hops.pHop()[0]).isCloseTo(110, within(1e-12));
    assertThat(hops.displacement()).containsExactly(20, 0, 0);
    assertThat(hops.displacement(1)).containsExactly(1, 0, 0);
    assertThat(hops.cumulativeDisplacement()).containsExactly(20);
  }

  @Test
  void measure_missingFrame_isRefused() {
    List<Frame> frames = new ArrayList<>();
    for (int f = 0; f < 12; f++) {
      if (f != 7) {
        frames.add(unwrapped(f, new double[3]));
      }
    }

    assertThatIllegalArgumentException()
        .isThrownBy(() -> INCLUSIVE.measure(frames, new int[1]))
        .withMessageContaining("must be 7 intervals of 1000 tau/1000, but was 8.0");
  }

  @Test
  void windowSpec_intervalNotDividingOneTau_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WindowSpec.every(300))
        .withMessage("frame interval (tau/1000) must divide 1000, but was 300");
    assertThat(STANDARD.frames()).isEqualTo(11);
    assertThat(STANDARD.structureFrame()).isEqualTo(3);
    assertThat(WindowSpec.every(200).lagFrames()).isEqualTo(10);
  }

  @Test
  void windowSpec_otherSpans_haveTheirFramesOrAreRefused() {
    WindowSpec four = new WindowSpec(1000, 4000, -2000);

    assertThat(four.frames()).isEqualTo(5);
    assertThat(four.structureFrame()).isEqualTo(4);
    assertThat(new WindowSpec(500, 3000, 500).halfFrames()).isEqualTo(3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WindowSpec(1000, 5000, 2000))
        .withMessage(
            "span of the window (tau/1000) must be a multiple of 2000 in (0, 1000000],"
                + " but was 5000");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WindowSpec(1000, 4000, 3000))
        .withMessage(
            "lag of the structure (tau/1000) must be a multiple of 1000 within 2000, but was 3000");
  }

  @Test
  void measure_windowOfFourTau_usesFiveFrames() {
    List<Frame> frames = new ArrayList<>();
    for (int f = 0; f < 5; f++) {
      frames.add(unwrapped(f, new double[] {f, 0, 0}));
    }
    WindowSpec spec = new WindowSpec(1000, 4000, 2000);

    WindowHops hops = HopIndicator.of(spec, HopConvention.INCLUSIVE).measure(frames, new int[1]);

    // Straight line: each half has variance 2/3 and the means are 2 apart.
    assertThat(hops.pHop()[0]).isCloseTo(2 / 3.0 + 4, within(1e-12));
  }

  @Test
  void named_everyLabel_isItsConvention() {
    for (HopConvention convention : HopConvention.values()) {
      assertThat(HopConvention.named(convention.label())).isEqualTo(convention);
    }
    assertThatIllegalArgumentException().isThrownBy(() -> HopConvention.named("closed"));
  }

  private static double[][] path(java.util.function.IntToDoubleFunction x) {
    double[][] relative = new double[11][];
    for (int f = 0; f < 11; f++) {
      relative[f] = new double[] {x.applyAsDouble(f), 0, 0};
    }
    return relative;
  }

  private static Frame unwrapped(int f, double[] r) {
    return Frame.of("test")
        .at(f, f)
        .box(Box.cube(10))
        .particles(Particles.numbered(0, new byte[r.length / 3]))
        .unwrapped(r)
        .build();
  }
}
