package io.vitrine.dynamics;

import static io.vitrine.dynamics.FrameGate.Verdict.Kind.ACCEPTED;
import static io.vitrine.dynamics.FrameGate.Verdict.Kind.REFUSED;
import static io.vitrine.dynamics.FrameGate.Verdict.Kind.REPEATED;
import static io.vitrine.dynamics.FrameGate.Verdict.Kind.THINNED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vitrine.dynamics.FrameGate.Verdict.Kind;
import io.vitrine.model.Box;
import io.vitrine.model.Frame;
import io.vitrine.model.Particles;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameGateTest {
  private static final TimeGrid TAU = new TimeGrid(1000);
  private static final Particles THREE = Particles.numbered(1, new byte[] {0, 1, 0});
  private static final Box BOX = Box.cube(5);

  private FrameGate gate = FrameGate.of(TAU, Double.NaN);

  @Test
  void judge_framesInARow_acceptsEachAtItsGridTime() throws Exception {
    assertThat(verdicts(3, 4.0004, 4.9996)).containsOnly(ACCEPTED);
    assertThat(gate.expectedMillis()).isEqualTo(6000);
    assertThat(gate.accepted()).isEqualTo(3);
    assertThat(gate.missing()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"0.185, 185", "12345.7, 12345700", "-3.25, -3250"})
  void judge_firstFrameAnywhere_beginsTheGridThere(double first, long millis) throws Exception {
    for (int n = 0; n < 30; n++) {
      assertThat(gate.judge(frame(first + n)).millis()).isEqualTo(millis + 1000L * n);
    }
  }

  @Test
  void judge_gap_countsTheGridPointsPassed() throws Exception {
    verdicts(0, 1, 2, 3, 7);
    assertThat(gate.missing()).isEqualTo(3);
  }

  @Test
  void judge_framesBetweenGridPoints_areThinnedAndCounted() throws Exception {
    assertThat(verdicts(0, 0.25, 0.5, 0.75, 1, 1.25))
        .containsExactly(ACCEPTED, THINNED, THINNED, THINNED, ACCEPTED, THINNED);
    assertThat(gate.thinned()).isEqualTo(4);
    assertThat(gate.missing()).isZero();
  }

  @Test
  void judge_framesOfAMinimiserAndOfALogarithmicSeries_doNotEndTheRun() throws Exception {
    double[] times = {0, 0.83, 1, 2, 3, 4, 4.005, 4.01, 4.025, 4.05, 4.1, 4.25, 4.5, 5, 5.4};
    List<Kind> kinds = verdicts(times);
    for (int f = 0; f < times.length; f++) {
      assertThat(kinds.get(f)).isEqualTo(times[f] == Math.rint(times[f]) ? ACCEPTED : THINNED);
    }
  }

  @Test
  void judge_firstFrameStandsAlone_theGridBeginsWithThoseBehindIt() throws Exception {
    assertThat(verdicts(0.83, 1, 2, 3, 4))
        .containsExactly(ACCEPTED, THINNED, ACCEPTED, ACCEPTED, ACCEPTED);
    gate = FrameGate.of(TAU, Double.NaN);
    assertThat(verdicts(0.99, 1.985, 2.985, 3.985, 4.985))
        .as("no window may be whole that joins the two grids")
        .containsExactly(ACCEPTED, THINNED, ACCEPTED, ACCEPTED, ACCEPTED);
    gate = FrameGate.of(TAU, Double.NaN);
    assertThat(verdicts(0.995, 1, 1.5, 2, 2.5, 3, 3.5).subList(2, 7))
        .containsExactly(THINNED, ACCEPTED, THINNED, ACCEPTED, THINNED);
  }

  @Test
  void judge_manyFramesOffTheGrid_endTheRunWithBothSpacings() throws Exception {
    verdicts(0, 1, 2, 3, 4, 5.4, 6.4, 7.4, 8.4);
    assertThatThrownBy(() -> verdicts(9.4, 10.4))
        .isInstanceOf(UnusableException.class)
        .hasMessageContaining("1.0 tau apart")
        .hasMessageContaining("the last frame on it has the time 4.0 tau")
        .hasMessageContaining("miss the grid");
  }

  @ParameterizedTest
  @ValueSource(doubles = {2, 3, 0.3, 0.7, 0.4, 0.999, 1.001, 0.9999, 1.0001, 0.9995, 0.9999499})
  void judge_spacingThatDoesNotDivideTheInterval_refusesTheTrajectoryAtItsStart(double spacing) {
    assertThatThrownBy(() -> verdicts(every(spacing, 24)))
        .isInstanceOf(UnusableException.class)
        .hasMessageContaining(spacing == 0.9999499 ? "0.99995 tau apart" : spacing + " tau apart")
        .hasMessageContaining("1.0 tau");
    assertThat(gate.accepted()).isLessThanOrEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.99999, 1.00001, 1.0000001, 1 / 3.0, 0.125, 0.005, 1.0})
  void judge_spacingThatIsAlmostRight_isTakenForTheWholeRun(double spacing) throws Exception {
    int perTau = (int) Math.rint(1 / spacing);
    List<Kind> kinds = verdicts(every(spacing, 3000 * Math.min(perTau, 8)));
    for (int f = 0; f < kinds.size(); f++) {
      assertThat(kinds.get(f)).as("frame %d", f).isEqualTo(f % perTau == 0 ? ACCEPTED : THINNED);
    }
  }

  @Test
  void judge_jitterWithinAThousandth_isTaken() throws Exception {
    Random random = new Random(5);
    double[] times = DoubleStream.iterate(7, t -> t + 1).limit(500).toArray();
    for (int f = 1; f < times.length; f++) {
      times[f] += 0.00099 * (2 * random.nextDouble() - 1);
    }
    assertThat(verdicts(times)).containsOnly(ACCEPTED);
  }

  @Test
  void judge_spacingWithAGapAtTheStart_goesOn() throws Exception {
    assertThat(verdicts(0, 2, 3, 4, 5)).containsOnly(ACCEPTED);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
  void judge_timeThatIsNoNumber_isRefused(double time) throws Exception {
    assertThat(gate.judge(frame(time)).reason()).contains("time is " + time);
  }

  @ParameterizedTest
  @ValueSource(doubles = {4.5e13, -4.5e13, 1e300})
  void judge_timeTooLargeForMilliseconds_endsTheRunOrIsRefused(double time) throws Exception {
    assertThatThrownBy(() -> gate.judge(frame(time)))
        .isInstanceOf(UnusableException.class)
        .hasMessageContaining("too large");
    verdicts(0, 1);
    assertThat(gate.judge(frame(time)).kind()).isEqualTo(REFUSED);
    assertThat(verdicts(2)).containsExactly(ACCEPTED);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.NEGATIVE_INFINITY, 1e10})
  void judge_coordinateThatIsNoPlace_isRefusedByParticleAndAxis(double coordinate)
      throws Exception {
    verdicts(0);
    double[] xyz = new double[9];
    xyz[7] = coordinate;
    FrameGate.Verdict verdict = gate.judge(frame(1).toBuilder().wrapped(xyz, null).build());
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

  @ParameterizedTest
  @CsvSource({"20, 1", "20, 5", "20, 20", "1000, 700", "5000, 4990"})
  void judge_samePositionsAgain_areLeftOutAndCounted(int frames, int again) throws Exception {
    for (int f = 0; f < frames; f++) {
      gate.judge(walk(f, 1));
    }
    for (int f = frames - again; f < frames; f++) {
      assertThat(gate.judge(walk(f, 1)).kind()).isEqualTo(REPEATED);
    }
    assertThat(gate.judge(walk(frames, 1)).kind()).isEqualTo(ACCEPTED);
    assertThat(gate.repeated()).isEqualTo(again);
    assertThat(gate.repeatedStep()).isEqualTo(200L * (frames - again));
    assertThat(gate.missing()).isZero();
  }

  @Test
  void judge_samePositionsWithOtherImages_areTheSame() throws Exception {
    for (int f = 0; f < 12; f++) {
      gate.judge(walk(f, 1));
    }
    Frame frame = walk(8, 1);
    double[] xyz = frame.positions().clone();
    int[] images = frame.images().clone();
    xyz[3] += 2 * 5;
    images[3] -= 2;
    // As text with three digits has it.
    for (int i = 0; i < xyz.length; i++) {
      xyz[i] = Math.rint(1000 * xyz[i]) / 1000;
    }
    assertThat(gate.judge(frame.toBuilder().wrapped(xyz, images).build()).kind())
        .isEqualTo(REPEATED);
    assertThat(gate.judge(frame.toBuilder().wrapped(xyz, null).build()).kind())
        .as("without images the periodic positions count")
        .isEqualTo(REPEATED);
    images[3] += 1;
    Frame moved = frame.toBuilder().wrapped(xyz, images).build();
    assertThatThrownBy(() -> gate.judge(moved)).isInstanceOf(UnusableException.class);
  }

  @ParameterizedTest
  @CsvSource({"14, 5", "14, 14", "3000, 2500", "3000, 3000", "3000, 1"})
  void judge_otherPositionsAgain_endTheRunWithBothSteps(int frames, int again) throws Exception {
    for (int f = 0; f < frames; f++) {
      gate.judge(walk(f, 1));
    }
    assertThatThrownBy(
            () -> {
              for (int f = frames - again; f < frames; f++) {
                assertThat(gate.judge(walk(f, 2)).kind()).isEqualTo(REPEATED);
              }
            })
        .isInstanceOf(UnusableException.class)
        .hasMessageContaining("comes behind step " + 200 * (frames - 1))
        .hasMessageContaining("another path");
    assertThat(gate.accepted()).isEqualTo(frames);
  }

  @Test
  void judge_oneParticleMoved_isAnotherPath() throws Exception {
    gate.judge(walk(0, 1));
    double[] xyz = walk(0, 1).positions().clone();
    xyz[100] += 0.5;
    Frame moved = walk(0, 1).toBuilder().wrapped(xyz, walk(0, 1).images()).build();
    assertThatThrownBy(() -> gate.judge(moved)).isInstanceOf(UnusableException.class);
  }

  @Test
  void judge_frameBeforeTheFirst_endsTheRun() throws Exception {
    verdicts(22, 23);
    assertThatThrownBy(() -> verdicts(21))
        .isInstanceOf(UnusableException.class)
        .hasMessageContaining("21.0 tau")
        .hasMessageContaining("23.0 tau");
  }

  @Test
  void judge_frameOfAGap_comesLateAndIsRefusedWithBothTimes() throws Exception {
    verdicts(0, 1, 3);
    FrameGate.Verdict verdict = gate.judge(frame(2));
    assertThat(verdict.kind()).isEqualTo(REFUSED);
    assertThat(verdict.reason()).contains("2.0 tau").contains("4.0 tau");
    assertThat(verdicts(4)).containsExactly(ACCEPTED);
  }

  @Test
  void judge_timeBeginsAnewWhileStepsGoOn_goesOnBySteps() throws Exception {
    gate = FrameGate.of(TAU, 0.005);
    for (int f = 0; f < 24; f++) {
      FrameGate.Verdict verdict = gate.judge(at(200L * f, f % 12));
      assertThat(verdict.millis()).isEqualTo(1000L * f);
      assertThat(verdict.note() != null).isEqualTo(f == 12);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 12})
  void judge_timeStandsStillOrBeginsAnewWithoutDt_saysWhatToGive(int period) {
    assertThatThrownBy(
            () -> {
              for (int f = 0; f < 24; f++) {
                gate.judge(at(200L * f, f % period));
              }
            })
        .isInstanceOf(UnusableException.class)
        .hasMessageContaining("step " + 200 * period)
        .hasMessageContaining("dt=");
  }

  @Test
  void judge_timesOfSixDigits_areThoseOfTheSteps() throws Exception {
    gate = FrameGate.of(TAU, 0.005);
    for (int f = 0; f < 40; f++) {
      double said = Double.parseDouble(String.format(java.util.Locale.ROOT, "%.6g", 9980.74 + f));
      assertThat(gate.judge(at(200L * f, said)).millis()).isEqualTo(9980740 + 1000L * f);
    }
  }

  @Test
  void resume_fromAnyState_judgesAsTheGateThatWentOn() throws Exception {
    double[] times = {0, 0.5, 1, 2, 1, 2.5, 3, 5, 5.5};
    for (int stop = 0; stop <= times.length; stop++) {
      FrameGate through = FrameGate.of(TAU, Double.NaN);
      FrameGate stopped = FrameGate.of(TAU, Double.NaN);
      for (int f = 0; f < times.length; f++) {
        if (f == stop) {
          stopped = FrameGate.resume(TAU, Double.NaN, stopped.state());
        }
        // New instances: only the contents may count.
        Frame frame = frame(times[f], Particles.numbered(1, new byte[] {0, 1, 0}));
        assertThat(stopped.judge(frame)).isEqualTo(through.judge(frame(times[f])));
      }
      assertThat(stopped.state()).isEqualTo(through.state());
      assertThat(stopped.judge(frame(9, Particles.numbered(5, new byte[] {0, 1, 0}))).kind())
          .isEqualTo(REFUSED);
    }
  }

  @Test
  void state_ofALongRun_isBounded() throws Exception {
    for (int f = 0; f < 100_000; f++) {
      gate.judge(frame(f));
    }
    assertThat(gate.state().length).isLessThan(80_000);
  }

  private static double[] every(double spacing, int frames) {
    double[] times = new double[frames];
    for (int f = 0; f < frames; f++) {
      times[f] = f * spacing;
    }
    return times;
  }

  private List<Kind> verdicts(double... times) throws Exception {
    List<Kind> kinds = new ArrayList<>();
    for (double time : times) {
      kinds.add(gate.judge(frame(time)).kind());
    }
    return kinds;
  }

  private static Frame frame(double time) {
    return frame(time, THREE);
  }

  private static Frame frame(double time, Particles particles) {
    return Frame.of("s")
        .at(-1, time)
        .box(BOX)
        .particles(particles)
        .wrapped(new double[3 * particles.count()], null)
        .build();
  }

  private static Frame at(long step, double time) {
    return frame(time).toBuilder().at(step, time).build();
  }

  /** Particles that make thermal steps of 0.1 sigma, another path for another seed. */
  private static Frame walk(int tau, int seed) {
    int n = 64;
    double[] xyz = new double[3 * n];
    int[] images = new int[3 * n];
    Random places = new Random(7);
    Random steps = new Random(1000L * tau + seed);
    for (int i = 0; i < xyz.length; i++) {
      xyz[i] = 5 * places.nextDouble() + 0.1 * steps.nextGaussian();
      images[i] = places.nextInt(60) - 30;
    }
    return Frame.of("s")
        .at(200L * tau, tau)
        .box(BOX)
        .particles(Particles.numbered(1, new byte[n]))
        .wrapped(xyz, images)
        .build();
  }
}
