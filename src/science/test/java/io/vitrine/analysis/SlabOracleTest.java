package io.vitrine.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitrine.TestData;
import io.vitrine.model.Frame;
import io.vitrine.model.Target;
import io.vitrine.relaxation.Keep;
import io.vitrine.relaxation.RelaxationSpec;
import io.vitrine.relaxation.RelaxationTracker;
import io.vitrine.relaxation.Statics;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A film with a free z, whose particles leave the box. */
final class SlabOracleTest extends SystemOracle {
  SlabOracleTest() {
    super("slab.extxyz", List.of("A", "B"), 3, "z");
  }

  @Test
  void statics_ofAFilm_areThoseOfWavevectorsInItsPlane() throws IOException {
    Frame frame = read(TestData.file("systems/slab.extxyz")).get(0);
    RelaxationTracker tracker =
        RelaxationTracker.of(RelaxationSpec.standard(), List.of(Target.A), 1000);
    List<Statics> found = tracker.accept(frame, Keep.in(new HashMap<>())).statics();
    JsonNode golden =
        new ObjectMapper().readTree(TestData.file("systems/slab.statics.json").toFile());
    int compared = 0;
    for (Statics.Reading reading : found.get(0).readings()) {
      JsonNode expected = golden.get(reading.quantity());
      if (expected == null) {
        continue;
      }
      compared++;
      double value = expected.isArray() ? expected.get(1).asDouble() : expected.asDouble();
      assertThat(reading.value()).isCloseTo(value, within(1e-9 * value));
      if (expected.isArray()) {
        assertThat(reading.wavevector()).isCloseTo(expected.get(0).asDouble(), within(1e-12));
      }
    }
    assertThat(compared).isEqualTo(4);
    assertThat(found).allSatisfy(statics -> assertThat(statics.pairs()).isEmpty());
    frame = frame.toBuilder().box(frame.box().periodic(false, false, false)).build();
    assertThat(tracker.accept(frame, Keep.in(new HashMap<>())).statics()).isEmpty();
  }
}
