package io.vitrine.analysis.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vitrine.dynamics.HopConvention;
import io.vitrine.model.FeatureSpec;
import io.vitrine.model.Target;
import org.junit.jupiter.api.Test;

class AnalysisSpecTest {
  @Test
  void standard_paper_hasItsNumbers() {
    AnalysisSpec spec = AnalysisSpec.standard();
    assertThat(spec.window().frames()).isEqualTo(11);
    assertThat(spec.window().structureFrame()).isEqualTo(3);
    assertThat(spec.hopThreshold()).isEqualTo(0.2);
    assertThat(spec.tailFraction()).isEqualTo(0.00033);
    assertThat(spec.features().featureCount()).isEqualTo(100);
  }

  @Test
  void isBulkFrame_everyTenthInterval_isTrue() {
    assertThat(spec(1000, 0.2, 0.01, 5).isBulkFrame(20_000)).isTrue();
    assertThat(spec(1000, 0.2, 0.01, 5).isBulkFrame(-10_000)).isTrue();
    assertThat(spec(1000, 0.2, 0.01, 5).isBulkFrame(21_000)).isFalse();
    assertThat(spec(500, 0.2, 0.01, 5).isBulkFrame(5000)).isTrue();
  }

  @Test
  void exportsFeatures_timesAskedFor_only() {
    assertThat(spec(1000, 0.2, 0.01, 5).exportsFeatures(3000)).isTrue();
    assertThat(spec(1000, 0.2, 0.01, 5).exportsFeatures(4000)).isFalse();
  }

  @Test
  void of_numberOutOfRange_isRefusedByName() {
    assertThatThrownBy(() -> spec(1000, 0, 0.01, 5)).hasMessageContaining("hop threshold");
    assertThatThrownBy(() -> spec(1000, 0.2, 0, 5)).hasMessageContaining("tail fraction");
    assertThatThrownBy(() -> spec(1000, 0.2, 0.51, 5)).hasMessageContaining("tail fraction");
    assertThatThrownBy(() -> spec(1000, 0.2, 0.01, 0)).hasMessageContaining("tail capacity");
  }

  private static AnalysisSpec spec(int interval, double threshold, double fraction, int capacity) {
    return new AnalysisSpec(
        interval,
        10_000,
        2000,
        HopConvention.INCLUSIVE,
        Target.A,
        threshold,
        FeatureSpec.standard(),
        TrainingSpec.tails(fraction, capacity),
        false,
        new long[] {3000},
        false,
        Quench.OFF);
  }
}
