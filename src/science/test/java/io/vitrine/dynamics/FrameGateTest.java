package io.vitrine.dynamics;

import static io.vitrine.dynamics.FrameGate.Verdict.Kind.ACCEPTED;
import static io.vitrine.dynamics.FrameGate.Verdict.Kind.REFUSED;
import static io.vitrine.dynamics.FrameGate.Verdict.Kind.THINNED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vitrine.model.Box;
import io.vitrine.model.Frame;
import io.vitrine.model.Particles;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameGateTest {
  private static final Particles THREE = Particles.numbered(1, new byte[] {0, 1, 0});

  private final FrameGate gate = FrameGate.of(new TimeGrid(1000));

  @Test
  void judge_framesInARow_acceptsEachAtItsGridTime() throws Exception {
    assertThat(verdicts(3, 4.0004, 4.9996)).containsOnly(ACCEPTED);
    assertThat(gate.state().expectedMillis()).isEqualTo(6000);
    assertThat(gate.state().accepted()).isEqualTo(3);
    assertThat(gate.state().missing()).isZero();
  }

  @Test
  void judge_gap_countsTheGridPointsPassed() throws Exception {
    verdicts(0, 1, 2, 3, 7);
    assertThat(gate.state().missing()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(doubles = {5, 4, 0, -3, 5.0005})
  void judge_timeAlreadyPassed_isRefusedWithBothTimes(double time) throws Exception {
    verdicts(3, 4, 5);
    FrameGate.State before = gate.state();
    FrameGate.Verdict verdict = gate.judge(frame(time, THREE));
    assertThat(verdict.kind()).isEqualTo(REFUSED);
    assertThat(verdict.reason()).contains(time + " tau").contains("6.0 tau");
    assertThat(gate.state().expectedMillis()).isEqualTo(before.expectedMillis());
    assertThat(verdicts(6)).containsExactly(ACCEPTED);
  }

  @Test
  void judge_framesBetweenGridPoints_areThinnedAndCounted() throws Exception {
    assertThat(verdicts(0, 0.25, 0.5, 0.75, 1, 1.25))
        .containsExactly(ACCEPTED, THINNED, THINNED, THINNED, ACCEPTED, THINNED);
    assertThat(gate.state().thinned()).isEqualTo(4);
    assertThat(gate.state().missing()).isZero();
  }

  @Test
  void judge_offTheGridAtTheRightSpacing_isRefused() throws Exception {
    assertThat(verdicts(0, 1, 2, 3, 4, 5.4)).endsWith(ACCEPTED, REFUSED);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
  void judge_timeThatIsNoNumber_isRefused(double time) throws Exception {
    assertThat(gate.judge(frame(time, THREE)).reason()).contains("time is " + time);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.NEGATIVE_INFINITY, 1e10})
  void judge_coordinateThatIsNoPlace_isRefusedByParticleAndAxis(double coordinate)
      throws Exception {
    verdicts(0);
    double[] xyz = new double[9];
    xyz[7] = coordinate;
    FrameGate.Verdict verdict = gate.judge(frame(1, THREE).toBuilder().wrapped(xyz, null).build());
    assertThat(verdict.reason()).contains("y of particle 3").contains("" + coordinate);
    assertThat(verdicts(1)).as("the same time may come again, whole").containsExactly(ACCEPTED);
  }

  @Test
  void judge_otherParticles_areRefusedAndTheFirstOnesRemain() throws Exception {
    verdicts(0);
    assertThat(gate.judge(frame(1, Particles.numbered(1, new byte[2]))).reason())
        .contains("2 particles, expected 3");
    assertThat(gate.judge(frame(1, Particles.numbered(2, new byte[] {0, 1, 0}))).reason())
        .contains("ids or types");
    assertThat(gate.judge(frame(1, Particles.numbered(1, new byte[] {0, 0, 0}))).reason())
        .contains("ids or types");
    assertThat(verdicts(1)).containsExactly(ACCEPTED);
  }

  @Test
  void resume_fromAnyState_judgesAsTheGateThatWentOn() throws Exception {
    double[] times = {0, 0.5, 1, 2, 1, 2.5, 3, 5, 5.5};
    for (int stop = 0; stop <= times.length; stop++) {
      FrameGate through = FrameGate.of(new TimeGrid(1000));
      FrameGate stopped = FrameGate.of(new TimeGrid(1000));
      for (int f = 0; f < times.length; f++) {
        if (f == stop) {
          stopped = FrameGate.resume(new TimeGrid(1000), stopped.state());
        }
        // New instances: only the contents may count.
        assertThat(stopped.judge(frame(times[f], Particles.numbered(1, new byte[] {0, 1, 0}))))
            .isEqualTo(through.judge(frame(times[f], THREE)));
      }
      assertThat(stopped.state()).isEqualTo(through.state());
      assertThat(stopped.judge(frame(9, Particles.numbered(5, new byte[] {0, 1, 0}))).kind())
          .isEqualTo(REFUSED);
    }
  }

  @Test
  void judge_spacingCoarserThanTheInterval_refusesTheTrajectory() throws Exception {
    verdicts(0, 2, 4);
    assertThatThrownBy(() -> gate.judge(frame(6, THREE)))
        .isInstanceOf(FrameGate.SpacingException.class)
        .hasMessageContaining("2.0 tau apart")
        .hasMessageContaining("1.0 tau");
  }

  @Test
  void judge_spacingThatDoesNotDivideTheInterval_refusesTheTrajectory() throws Exception {
    verdicts(0, 0.3, 0.6);
    assertThatThrownBy(() -> gate.judge(frame(0.9, THREE)))
        .isInstanceOf(FrameGate.SpacingException.class)
        .hasMessageContaining("0.3 tau apart");
  }

  @Test
  void judge_spacingWithAGapAtTheStart_goesByTheSmallest() throws Exception {
    assertThat(verdicts(0, 2, 3, 4, 5)).containsOnly(ACCEPTED);
  }

  private List<FrameGate.Verdict.Kind> verdicts(double... times) throws Exception {
    List<FrameGate.Verdict.Kind> kinds = new ArrayList<>();
    for (double time : times) {
      FrameGate.Verdict verdict = gate.judge(frame(time, THREE));
      kinds.add(verdict.kind());
      if (verdict.kind() == ACCEPTED) {
        assertThat(verdict.millis()).isEqualTo(1000 * Math.round(time));
      }
    }
    return kinds;
  }

  private static Frame frame(double time, Particles particles) {
    return Frame.of("s")
        .at(0, time)
        .box(Box.cube(5))
        .particles(particles)
        .wrapped(new double[3 * particles.count()], null)
        .build();
  }
}
