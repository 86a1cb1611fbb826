package io.vitrine.relaxation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class JudgeTest {
  private static final RelaxationTime SHORT = new RelaxationTime(5, 0.1, 4, 6);
  private static final RelaxationTime UNKNOWN =
      new RelaxationTime(Double.NaN, Double.NaN, 300, Double.NaN);

  /** scipy 1.10: linregress, and t of one value against four. */
  @Test
  void probability_driftAndOtherBeginning_isTwiceScipys() {
    double[] drift = {1.0, 1.3, 0.9, 1.6, 1.4, 2.1, 1.8, 2.2};
    double[] beginning = {5.0, 1.0, 1.2, 0.9, 1.1, 1.05, 0.95, 1.02};

    assertThat(Stationarity.probability(drift)).isCloseTo(2 * 0.004693304529030798, within(1e-9));
    assertThat(Stationarity.probability(beginning))
        .isCloseTo(2 * 1.2137181946019009e-5, within(1e-9));
    assertThat(Stationarity.probability(new double[] {1, 2, 3})).isEqualTo(1);
    assertThat(Stationarity.probability(new double[10])).isEqualTo(1);
  }

  @Test
  void judge_stationaryRunOf200RelaxationTimes_isEquilibrated() {
    Verdict verdict = Judge.judge(evidence(SHORT, t -> 0, 0.09, 9));

    assertThat(verdict.kind()).isEqualTo(Verdict.Kind.EQUILIBRATED);
    assertThat(verdict.since()).isEqualTo(100);
  }

  @Test
  void judge_relaxationTimeWithoutError_saysNone() {
    RelaxationTime one = new RelaxationTime(500, Double.NaN, 400, 600);

    assertThat(Judge.judge(evidence(one, t -> 0, 0.09, 9)).reasons())
        .contains("tau_alpha = 500.0 tau of one stretch, run 1000 tau")
        .noneMatch(reason -> reason.contains("NaN"));
  }

  @Test
  void judge_driftOfTheEnergy_isAgeing() {
    Verdict verdict = Judge.judge(evidence(SHORT, t -> 3e-4 * t, 0.09, 9));

    assertThat(verdict.kind()).isEqualTo(Verdict.Kind.AGEING);
    assertThat(verdict.reasons()).anyMatch(r -> r.startsWith("U/N goes from"));
  }

  @Test
  void judge_beginningThatDiffers_isEquilibratedSinceItsEnd() {
    Verdict verdict = Judge.judge(evidence(SHORT, t -> t < 100 ? 0.5 : 0, 0.09, 9));

    assertThat(verdict.kind()).isEqualTo(Verdict.Kind.EQUILIBRATED);
    assertThat(verdict.since()).isBetween(180.0, 300.0);
  }

  @Test
  void judge_compositionFarAboveThatBeyond_isAWave() {
    Verdict verdict = Judge.judge(evidence(SHORT, t -> 0, 0.36, 9));

    assertThat(verdict.kind()).isEqualTo(Verdict.Kind.COMPOSITION_WAVE);
    assertThat(verdict.reasons()).anyMatch(r -> r.contains("below 3.29 times"));
  }

  /** scipy 1.10.1: stats.f.ppf([0.005, 0.995], 6, 116), as the verdict's limit. */
  @Test
  void band_ofTheLastHalf_isTheQuantilesOfF() {
    TimeBlocks waves = TimeBlocks.of(2, 8);
    for (int n = 0; n <= 1000; n += 10) {
      waves.add(n, n < 400 ? 9 : 0.2, n < 400 ? 9 : 0.1);
    }

    CompositionBand band = CompositionBand.of(waves, 1000, 3, 58);

    assertThat(band.ratio()).isCloseTo(2, within(1e-12));
    assertThat(band.low()).isCloseTo(0.1 * 0.1110414651046301, within(1e-9));
    assertThat(band.high()).isCloseTo(0.1 * 3.291850230492384, within(1e-9));
    assertThat(CompositionBand.of(TimeBlocks.of(2, 8), 1000, 3, 58).known()).isFalse();
  }

  @Test
  void judge_braggPeak_isACrystal() {
    assertThat(Judge.judge(evidence(SHORT, t -> 0, 0.36, 18)).kind())
        .isEqualTo(Verdict.Kind.CRYSTAL);
  }

  @Test
  void judge_tauAlphaBeyondTheRun_isFrozenOrAgeing() {
    assertThat(Judge.judge(evidence(UNKNOWN, t -> 0, 0.09, 9)).kind())
        .isEqualTo(Verdict.Kind.FROZEN);
    assertThat(Judge.judge(evidence(UNKNOWN, t -> t < 100 ? 0.5 : 0, 0.09, 9)).kind())
        .isEqualTo(Verdict.Kind.AGEING);
  }

  @Test
  void judge_fewRelaxationTimes_saysHowManyTauMore() {
    RelaxationTime slow = new RelaxationTime(80, 5, 72, 88);

    Verdict verdict = Judge.judge(evidence(slow, t -> 0, 0.09, 9));

    assertThat(verdict.kind()).isEqualTo(Verdict.Kind.TOO_SHORT);
    assertThat(verdict.reasons()).anyMatch(r -> r.equals("600.0 tau more make 20 tau_alpha"));
  }

  private interface Drift {
    double at(int t);
  }

  /** 1000 tau from 100 tau on, an energy of white noise, seeded: no test depends on luck. */
  private static Evidence evidence(
      RelaxationTime tau, Drift drift, double composition, double largest) {
    Random random = new Random(7);
    TimeBlocks energy = TimeBlocks.of(2, 8);
    TimeBlocks waves = TimeBlocks.of(2, 8);
    for (int t = 0; t <= 1000; t++) {
      double u = -7 + 0.05 * random.nextGaussian() + drift.at(t);
      energy.add(t, u, u * u);
      if (t % 10 == 0) {
        waves.add(t, composition, 0.09);
      }
    }
    double memory = tau.atMost();
    Evidence.Series series = new Evidence.Series("U/N", energy, 1, true, 1, memory);
    return new Evidence(100, 1, 1000, tau, List.of(series), waves, 3, 58, 0.417, largest, 1000, 0);
  }
}
