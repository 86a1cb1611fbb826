package io.vitrine.relaxation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitrine.DumpFrames;
import io.vitrine.TestData;
import io.vitrine.model.Frame;
import io.vitrine.model.Target;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Against numpy's brute force over all pairs of frames: testdata/relaxation/relaxation.py. */
final class RelaxationOracleTest {
  /** Sums over 410 particles and 60 origins in another order, and sin by another way. */
  private static final double RELATIVE = 1e-9;

  private static final RelaxationSpec SPEC = new RelaxationSpec(3, List.of(7.25, 2.0), 0.3);
  private static final List<Frame> FRAMES = DumpFrames.read("ka512/ka512_T0.60.lammpstrj");

  @Test
  void report_bothSpecies_isNumpys() throws Exception {
    List<RelaxationPoint> points = points(SPEC, FRAMES);

    agree(points, "A", "A");
    agree(points, "B", "B");
  }

  @Test
  void report_withoutImageFlags_isNumpysWithThem() throws Exception {
    agree(points(SPEC, FRAMES.stream().map(DumpFrames::withoutImages).toList()), "A", "A");
  }

  @Test
  void report_gaps_costThePairsThatTouchThem() throws Exception {
    List<Frame> frames =
        FRAMES.stream().filter(f -> f.time() != 20 && !(f.time() >= 33 && f.time() <= 36)).toList();

    agree(points(SPEC, frames), "A", "A without frames 20, 33..36");
  }

  @Test
  void report_twoDimensions_usesBesselFunctions() throws Exception {
    RelaxationSpec flat = new RelaxationSpec(2, SPEC.wavevectors(), SPEC.overlap());

    agree(points(flat, FRAMES), "A", "A in two dimensions");
  }

  @Test
  void accept_everyTenthFrame_givesCompositionOfThreeShells() throws Exception {
    Keep keep = Keep.in(new HashMap<>());
    RelaxationTracker tracker = tracker(SPEC);
    JsonNode golden = golden("S_cc");
    for (Frame frame : FRAMES) {
      long n = Math.round(frame.time());
      List<Statics.Reading> found =
          tracker.accept(frame, keep).statics().stream()
              .flatMap(s -> s.readings().stream())
              .filter(r -> r.quantity().startsWith(Statics.COMPOSITION))
              .toList();
      assertThat(found).hasSize(n % 10 == 0 ? 3 : 0);
      JsonNode expected = golden.get(String.valueOf(n));
      for (int shell = 0; expected != null && shell < 3; shell++) {
        double value = expected.get(shell).asDouble();
        assertThat(found.get(shell).value()).isCloseTo(value, within(RELATIVE * value));
        double k = 2 * Math.PI / frame.box().lx() * Math.sqrt(shell + 1);
        assertThat(found.get(shell).wavevector()).isCloseTo(k, within(1e-12));
      }
    }
  }

  private static RelaxationTracker tracker(RelaxationSpec spec) {
    return RelaxationTracker.of(spec, List.of(Target.A, new Target(List.of("A", "B"), 1)), 1000);
  }

  private static List<RelaxationPoint> points(RelaxationSpec spec, List<Frame> frames) {
    Keep keep = Keep.in(new HashMap<>());
    RelaxationTracker tracker = tracker(spec);
    frames.forEach(f -> tracker.accept(f, keep));
    return tracker.report(keep).orElseThrow().points();
  }

  static void agree(List<RelaxationPoint> points, String species, String set) throws Exception {
    JsonNode expected = golden("values").get(set);
    Map<String, Integer> found = new HashMap<>();
    for (RelaxationPoint point : points) {
      if (point.species().equals(species)) {
        String name =
            point.observable().equals("Fs")
                ? String.format("Fs/%s", point.wavevector() == 2 ? "2" : "7.25")
                : point.observable();
        JsonNode node = expected.get(name).get(String.valueOf(point.lagMillis() / 1000));
        assertThat(node).as("%s at %s", name, point.lag()).isNotNull();
        double value = node.asDouble();
        assertThat(point.value())
            .as("%s at %s tau of %s", name, point.lag(), set)
            .isCloseTo(value, within(RELATIVE * Math.abs(value)));
        found.merge(name, 1, Integer::sum);
      }
    }
    assertThat(found.keySet()).hasSize(expected.size());
    expected
        .fields()
        .forEachRemaining(e -> assertThat(found.get(e.getKey())).isEqualTo(e.getValue().size()));
  }

  private static JsonNode golden(String part) throws Exception {
    return new ObjectMapper()
        .readTree(TestData.file("relaxation/relaxation.json").toFile())
        .get(part);
  }
}
