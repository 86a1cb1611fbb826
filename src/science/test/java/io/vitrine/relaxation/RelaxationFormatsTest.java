package io.vitrine.relaxation;

import io.vitrine.TestData;
import io.vitrine.format.ReadPosition;
import io.vitrine.format.ReaderOptions;
import io.vitrine.format.TrajectoryReader;
import io.vitrine.format.trajectory.Trajectories;
import io.vitrine.model.Frame;
import io.vitrine.model.Target;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every format, with and without its image flags, against numpy on the same file. */
final class RelaxationFormatsTest {
  private static final ReaderOptions OPTIONS = ReaderOptions.finished("run", 0.005);
  private static final List<String> FILES =
      List.of(
          "ka512_T0.60.gsd",
          "ka512_T0.60.h5",
          "ka512_T0.60.extxyz",
          "ka512_T0.60_unwrapped_unsorted.lammpstrj",
          "ka512_T0.60_f64_31frames_fixedstep.h5");

  @Test
  void report_filesOfAllFormats_isNumpys() throws Exception {
    for (String name : FILES) {
      agree(name, true);
    }
  }

  @Test
  void report_filesOfAllFormatsWithoutImageFlags_isNumpysWithThem() throws Exception {
    for (String name : FILES) {
      agree(name, false);
    }
  }

  private static void agree(String name, boolean images) throws Exception {
    Keep keep = Keep.in(new HashMap<>());
    RelaxationSpec spec = new RelaxationSpec(3, List.of(7.25, 2.0), 0.3);
    RelaxationTracker tracker = RelaxationTracker.of(spec, List.of(Target.A), 1000);
    try (TrajectoryReader reader =
        Trajectories.open(TestData.file("ka512/" + name), OPTIONS, ReadPosition.START)) {
      for (Frame frame = reader.next(); frame != null; frame = reader.next()) {
        boolean strip = !images && !frame.unwrapped();
        Frame seen = strip ? frame.toBuilder().wrapped(frame.positions(), null).build() : frame;
        tracker.accept(seen, keep);
      }
    }
    RelaxationOracleTest.agree(tracker.report(keep).orElseThrow().points(), "A", name);
  }
}
