package io.vitrine.analysis.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.dynamics.FrameGate;
import io.vitrine.dynamics.UnusableException;
import io.vitrine.format.ReadPosition;
import io.vitrine.format.ReaderOptions;
import io.vitrine.format.TrajectoryReader;
import io.vitrine.format.trajectory.Trajectories;
import io.vitrine.model.Frame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files after public bug reports (testdata/field-time), whose p_hop numpy gives. */
class FieldTimeTest {
  private static final Path DATA = Path.of(System.getProperty("vitrine.testdata"), "field-time");
  private static final double DT = 0.005;

  private final Map<FrameGate.Verdict.Kind, Integer> kinds =
      new EnumMap<>(FrameGate.Verdict.Kind.class);
  private final List<HopFrame> windows = new ArrayList<>();
  private int notes;

  @ParameterizedTest
  @CsvSource({
    "log-spaced-tail.lammpstrj,        5.0,     7, 0, 0, 1e-5",
    "time-rounded.lammpstrj,           12350.7, 0, 0, 0, 1e-5",
    "thinned-to-the-end.lammpstrj,     5.0,    24, 0, 0, 1e-5",
    "offgrid-start.extxyz,             5.185,   0, 0, 0, 1e-5",
    "parts-overlap/run.*.lammpstrj,    5.0,     0, 5, 0, 1e-5",
    "overlap-rewrapped.lammpstrj,      5.0,     0, 1, 0, 1e-4",
    "time-restarts-once.lammpstrj,     5.0,     0, 0, 1, 1e-5",
    "box-breathes-images.lammpstrj,    5.0,     0, 0, 0, 0.01"
  })
  void windows_ofFieldFile_areThoseOfTheCleanRun(
      String file, double first, int thinned, int repeated, int told, double tolerance)
      throws Exception {
    read(file, DT);
    double[][] expected = expected();
    assertThat(windows).hasSize(14);
    for (int w = 0; w < 14; w++) {
      assertThat(windows.get(w).timeMillis()).isEqualTo(Math.round(1000 * (first + w)));
      assertThat(windows.get(w).pHop()).containsExactly(expected[w], within(tolerance));
    }
    assertThat(kinds.getOrDefault(FrameGate.Verdict.Kind.THINNED, 0)).isEqualTo(thinned);
    assertThat(kinds.getOrDefault(FrameGate.Verdict.Kind.REPEATED, 0)).isEqualTo(repeated);
    assertThat(kinds.getOrDefault(FrameGate.Verdict.Kind.REFUSED, 0)).isZero();
    assertThat(notes).isEqualTo(told);
  }

  @Test
  void windows_frameOfAMinimiser_isThinned() throws Exception {
    read("minimiser-frame.gsd", DT);
    double[][] expected = expected();
    assertThat(windows).hasSize(13);
    assertThat(kinds.get(FrameGate.Verdict.Kind.THINNED)).isEqualTo(1);
    // The file's frame of step 166 is the second of the clean run.
    for (int w = 1; w < 13; w++) {
      assertThat(windows.get(w).pHop()).containsExactly(expected[w + 1], within(1e-5));
    }
  }

  @Test
  void windows_runGoneOnFromAnOlderRestart_endsBeforeAnyWindowJoinsTheTwo() throws Exception {
    assertThatThrownBy(() -> read("overlap-other-numbers.lammpstrj", DT))
        .isInstanceOf(UnusableException.class)
        .hasMessageContaining("step 1800")
        .hasMessageContaining("step 2600");
    assertThat(windows).hasSize(4);
    double[][] expected = expected();
    for (int w = 0; w < 4; w++) {
      assertThat(windows.get(w).pHop()).containsExactly(expected[w], within(1e-5));
    }
  }

  @Test
  void windows_timeThatBeginsAnewWithoutDt_saysWhatToGive() {
    assertThatThrownBy(() -> read("time-restarts-once.lammpstrj", Double.NaN))
        .isInstanceOf(UnusableException.class)
        .hasMessageContaining("begins anew at step 2400")
        .hasMessageContaining("dt=");
  }

  @Test
  void windows_stepsBeyondWhatTimesCanHold_endsAtOnce() {
    assertThatThrownBy(() -> read("steps-beyond-2-53.lammpstrj", DT))
        .isInstanceOf(UnusableException.class)
        .hasMessageContaining("9007199254740800");
  }

  private void read(String file, double dt) throws IOException, UnusableException {
    AnalysisSpec spec = AnalysisSpec.standard();
    WindowSlide slide = new WindowSlide(spec, dt, frame -> frame);
    WindowMeasure measure = WindowMeasure.of(spec);
    try (TrajectoryReader reader =
        Trajectories.open(
            DATA.resolve(file), ReaderOptions.finished("field", dt), ReadPosition.START)) {
      for (Frame frame = reader.next(); frame != null; frame = reader.next()) {
        FrameGate.Verdict verdict = slide.accept(frame);
        kinds.merge(verdict.kind(), 1, Integer::sum);
        notes += verdict.note() == null ? 0 : 1;
        if (verdict.kind() == FrameGate.Verdict.Kind.ACCEPTED && !slide.complete().isEmpty()) {
          windows.add(measure.measure(slide.complete(), slide.number()));
        }
      }
    }
  }

  /** p_hop [14][91] of the A particles. */
  private static double[][] expected() throws IOException {
    return Files.readAllLines(DATA.resolve("p_hop.csv")).stream()
        .map(
            line ->
                Arrays.stream(line.split(",")).skip(1).mapToDouble(Double::parseDouble).toArray())
        .toArray(double[][]::new);
  }
}
