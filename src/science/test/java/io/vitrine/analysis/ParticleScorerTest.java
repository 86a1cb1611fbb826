package io.vitrine.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitrine.TestData;
import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.analysis.spec.Quench;
import io.vitrine.analysis.window.ModelScores;
import io.vitrine.dynamics.FrameGate;
import io.vitrine.learning.ModelJson;
import io.vitrine.model.Frame;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The colours of a run of testdata/windows, against what numpy makes of the same file. */
final class ParticleScorerTest {
  private static final double P_HOP_TOLERANCE = 1e-9;
  private static final double SCORE_TOLERANCE = 1e-4;

  private final List<Frame> frames = SystemOracle.read(TestData.file("systems/slab.extxyz"));
  private final List<ParticleScorer.Scored> scored = new ArrayList<>();

  @Test
  void accept_everyFrame_hasPHopOfItsTimeAndTheScoreOfItsStructure() throws Exception {
    score(frames);

    assertThat(scored).hasSize(24);
    for (int f = 0; f < 24; f++) {
      assertThat(scored.get(f).frame().time()).isEqualTo(f);
      boolean complete = f >= 5 && f < 19;
      assertThat(scored.get(f).complete()).isEqualTo(complete);
      agree(f, complete ? f : -1);
    }
  }

  /** A window that lacks frame 15 would have its centre between 10 and 20. */
  @Test
  void accept_oneFrameMissing_windowsWithItHaveNoPHop() throws Exception {
    List<Frame> some = new ArrayList<>(frames);
    some.remove(15);
    score(some);

    assertThat(scored).hasSize(23);
    for (int k = 0; k < 23; k++) {
      int f = k < 15 ? k : k + 1;
      assertThat(scored.get(k).frame().time()).isEqualTo(f);
      agree(k, f >= 5 && f < 10 ? f : -1);
    }
  }

  private void score(List<Frame> run) throws Exception {
    ModelScores model =
        ModelScores.of(
            List.of(ModelJson.read(TestData.file("systems/slab.model.json"))),
            Quench.OFF,
            (quench, of) -> null);
    ParticleScorer scorer =
        ParticleScorer.of(
            AnalysisSpec.standard(), Double.NaN, model, UnaryOperator.identity(), scored::add);
    for (Frame frame : run) {
      assertThat(scorer.accept(frame).kind()).isEqualTo(FrameGate.Verdict.Kind.ACCEPTED);
    }
    scorer.finish();
  }

  /** Particles that are not A have neither. */
  private void agree(int k, int window) throws Exception {
    JsonNode golden = new ObjectMapper().readTree(TestData.file("windows/windows.json").toFile());
    ParticleScorer.Scored each = scored.get(k);
    JsonNode scores = golden.path("scores").get((int) each.frame().time());
    Set<Integer> targets = new HashSet<>();
    for (int n = 0; n < golden.path("targets").size(); n++) {
      int i = golden.path("targets").get(n).asInt();
      targets.add(i);
      assertThat(each.scores()[0][i]).isCloseTo(scores.get(n).asDouble(), within(SCORE_TOLERANCE));
      if (window < 0) {
        assertThat(each.pHop()[i]).isNaN();
      } else {
        assertThat(each.pHop()[i])
            .isCloseTo(
                golden.path("p_hop").get(window - 5).get(n).asDouble(), within(P_HOP_TOLERANCE));
      }
    }
    for (int i = 0; i < each.frame().count(); i++) {
      if (!targets.contains(i)) {
        assertThat(each.pHop()[i]).isNaN();
        assertThat(each.scores()[0][i]).isNaN();
      }
    }
  }
}
