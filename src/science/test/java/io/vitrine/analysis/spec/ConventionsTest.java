package io.vitrine.analysis.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitrine.dynamics.HopConvention;
import io.vitrine.model.FeatureSpec;
import io.vitrine.model.Target;
import io.vitrine.relaxation.RelaxationSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConventionsTest {
  @Test
  void of_analysis_namesEverythingThatChangesANumberOfAWindow() {
    AnalysisSpec spec =
        new AnalysisSpec(
            500,
            8000,
            1500,
            HopConvention.HALF_OPEN,
            Target.named(List.of("A", "B"), "B"),
            0.3,
            FeatureSpec.standard(),
            TrainingSpec.standard(),
            true,
            new long[0],
            false,
            Quench.KA,
            RelaxationSpec.standard(),
            AnalysisSpec.BLOCK_PARTICLES);
    assertThat(Conventions.of(spec))
        .containsOnlyKeys(
            "hop_threshold", "interval", "lag", "p_hop_convention", "quench", "targets", "window")
        .containsEntry("window", 8.0)
        .containsEntry("interval", 0.5)
        .containsEntry("lag", 1.5)
        .containsEntry("hop_threshold", 0.3)
        .containsEntry("targets", "B")
        .containsEntry("p_hop_convention", "half-open")
        .containsEntry("quench", Quench.KA.text());
    assertThat(Conventions.of(spec.features())).containsOnlyKeys("cutoff", "delta", "radii");
  }
}
