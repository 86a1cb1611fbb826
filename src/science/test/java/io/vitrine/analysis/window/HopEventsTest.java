package io.vitrine.analysis.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.model.Box;
import io.vitrine.model.Frame;
import io.vitrine.model.Particles;
import io.vitrine.results.rows.HopEventRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Two targets, 30 and 10 in this order, with a B between them. */
final class HopEventsTest {
  private static final AnalysisSpec SPEC = AnalysisSpec.standard();
  private static final Particles PARTICLES =
      Particles.of(new int[] {30, 20, 10}, new byte[] {0, 1, 0});

  @Test
  void accept_runsOfWindowsAboveTheThreshold_areHopsWithTheEarliestLargestValue() {
    // Of exactly p_c is not above it.
    List<HopEventRow> found =
        events(
            window(0, 5, 0.1, 0.2),
            window(1, 6, 0.3, 0.1),
            window(2, 7, 0.7, 0.25),
            window(3, 8, 0.7, 0.1),
            window(4, 9, 0.2, 0.1),
            window(5, 10, 0.21, 0.1));

    assertThat(found)
        .containsExactly(hop(10, 7, 7, 7, 0.25), hop(30, 6, 7, 8, 0.7), hop(30, 10, 10, 10, 0.21));
  }

  @Test
  void accept_missingWindow_endsTheHopAndTheNextOneBegins() {
    List<HopEventRow> found =
        events(window(0, 5, 0.3, 0), window(1, 6, 0.4, 0), window(2, 8, 0.5, 0));

    assertThat(found).containsExactly(hop(30, 5, 6, 6, 0.4), hop(30, 8, 8, 8, 0.5));
  }

  @Test
  void accept_hopThatGoesOn_isNotOver() {
    HopEvents events = HopEvents.of("study", SPEC);
    Kept<HoppingParticles> early = Kept.inMemory();

    assertThat(events.accept("run", window(0, 5, 0.3, 0.4), early)).isEmpty();
    assertThat(events.accept("run", window(1, 6, 0.3, 0.1), early))
        .containsExactly(hop(10, 5, 5, 5, 0.4));
  }

  @Test
  void accept_noParticleRearranges_noHop() {
    assertThat(events(window(0, 5, 0, Double.NaN), window(1, 6, 0.1, 0.2))).isEmpty();
  }

  /** Against a search through the whole table of values, with gaps and state through bytes. */
  @Test
  void accept_anyOrderAndStateAsBytes_equalsSearchThroughTheTable() throws IOException {
    Random random = new Random(4);
    List<HoppingParticles> windows = new ArrayList<>();
    TreeMap<Long, double[]> table = new TreeMap<>();
    for (int t = 5, n = 0; t < 200; t++) {
      if (t % 37 != 0) {
        double[] pHop = {0.4 * random.nextDouble(), 0.3 * random.nextDouble()};
        table.put(1000L * t, pHop);
        windows.add(window(n++, t, pHop));
      }
    }
    Collections.shuffle(windows, random);
    HopEvents events = HopEvents.of("study", SPEC);
    Kept<HoppingParticles> early = Kept.inMemory();
    List<HopEventRow> found = new ArrayList<>();
    for (HoppingParticles window : windows) {
      HoppingParticles travelled = HoppingParticles.fromBytes(window.toBytes());
      assertThat(travelled).isEqualTo(window).hasSameHashCodeAs(window);
      found.addAll(events.accept("run", travelled, early));
      byte[] bytes = events.encode();
      events = HopEvents.decode(bytes, "study", SPEC);
      assertThat(events.encode()).isEqualTo(bytes);
    }
    found.addAll(events.finish("run", early));

    assertThat(found).hasSizeGreaterThan(20).containsExactlyInAnyOrderElementsOf(searched(table));
  }

  private static List<HopEventRow> searched(Map<Long, double[]> table) {
    List<HopEventRow> hops = new ArrayList<>();
    for (int k = 0; k < 2; k++) {
      for (long begin : table.keySet()) {
        if (!above(table, begin, k) || above(table, begin - 1000, k)) {
          continue;
        }
        long time = begin;
        long end = begin;
        for (; above(table, end, k); end += 1000) {
          time = table.get(end)[k] > table.get(time)[k] ? end : time;
        }
        hops.add(
            new HopEventRow(
                "study",
                "run",
                k == 0 ? 30 : 10,
                "A",
                begin,
                time,
                end - 1000,
                table.get(time)[k]));
      }
    }
    return hops;
  }

  private static boolean above(Map<Long, double[]> table, long millis, int k) {
    return table.containsKey(millis) && table.get(millis)[k] > 0.2;
  }

  private static List<HopEventRow> events(HoppingParticles... windows) {
    HopEvents events = HopEvents.of("study", SPEC);
    Kept<HoppingParticles> early = Kept.inMemory();
    List<HopEventRow> found = new ArrayList<>();
    for (HoppingParticles window : windows) {
      found.addAll(events.accept("run", window, early));
    }
    found.addAll(events.finish("run", early));
    return found;
  }

  private static HoppingParticles window(long number, long time, double... pHop) {
    Frame frame =
        Frame.of("run")
            .at(200 * time, time - 2.0)
            .box(Box.cube(7))
            .particles(PARTICLES)
            .wrapped(new double[9], null)
            .build();
    HopFrame window =
        new HopFrame(
            number, 1000 * time, frame, pHop, null, null, new double[10], 0, new TreeMap<>());
    return HoppingParticles.of(window, SPEC);
  }

  private static HopEventRow hop(int particle, long begin, long time, long end, double pHop) {
    return new HopEventRow(
        "study", "run", particle, "A", 1000 * begin, 1000 * time, 1000 * end, pHop);
  }
}
