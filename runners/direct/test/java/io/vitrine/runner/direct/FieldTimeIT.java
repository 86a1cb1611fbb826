package io.vitrine.runner.direct;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitrine.pipelines.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Frames off the grid and frames that come again, from the command line: counts, lines, exit. */
final class FieldTimeIT {
  private static final Path DATA =
      Path.of(System.getProperty("vitrine.root"), "testdata", "field-time");

  @TempDir private Path folder;

  @Test
  void monitor_fieldFilesAtOnce_countsTellsAndFailsWhereItMust() throws Exception {
    Path brief = folder.resolve("brief.lammpstrj");
    String all = Files.readString(DATA.resolve("log-spaced-tail.lammpstrj"));
    Files.writeString(brief, all.substring(0, all.indexOf("ITEM: TIMESTEP\n1800\n")));
    List<String> arguments =
        new ArrayList<>(List.of("monitor", "--runner", "direct", "--no-model", "--json"));
    arguments.addAll(List.of("--output", folder.resolve("run").toString()));
    for (Path file :
        List.of(
            DATA.resolve("log-spaced-tail.lammpstrj"),
            DATA.resolve("thinned-to-the-end.lammpstrj"),
            DATA.resolve("parts-overlap/run.*.lammpstrj"),
            DATA.resolve("time-restarts-once.lammpstrj"),
            DATA.resolve("overlap-other-numbers.lammpstrj"),
            brief)) {
      arguments.addAll(List.of("--frames", "replay:" + file + "?T=0.6&dt=0.005"));
    }

    Ran ran = Ran.run(List.of(new DirectRuntime()), arguments.toArray(new String[0]));

    assertThat(ran.exit()).isEqualTo(1);
    JsonNode each = ran.json().get("simulations");
    assertCounts(each.get("log-spaced-tail"), 24, 14, 7, 0);
    assertCounts(each.get("thinned-to-the-end"), 24, 14, 24, 0);
    assertCounts(each.get("run._"), 24, 14, 0, 5);
    assertCounts(each.get("time-restarts-once"), 24, 14, 0, 0);
    assertCounts(each.get("overlap-other-numbers"), 14, 4, 0, 0);
    assertCounts(each.get("brief"), 9, 0, 0, 0);
    assertThat(ran.json().get("frames_repeated").asInt()).isEqualTo(5);
    assertThat(ran.err().lines().filter(FieldTimeIT::isTold))
        .hasSize(6)
        .anyMatch(line -> line.matches(".*log-spaced-tail: step .* such frames are left out.*"))
        .anyMatch(line -> line.matches(".*thinned-to-the-end: .*; is dt=0.005 right[?]"))
        .anyMatch(line -> line.contains("run._: step 1800 came again with the same positions"))
        .anyMatch(line -> line.contains("time-restarts-once: time does not go on at step 2400"))
        .anyMatch(line -> line.matches(".*other-numbers: step 1800 .*behind step 2600 .*"))
        .anyMatch(line -> line.contains("brief: no window came out of 9 frames"));
  }

  /** A line of the program, but for alarms, which depend on when the store is looked at. */
  private static boolean isTold(String line) {
    return line.startsWith("vitrine: ") && !line.startsWith("vitrine: alarm: ");
  }

  private static void assertCounts(
      JsonNode simulation, int frames, int windows, int thinned, int repeated) {
    assertThat(simulation.get("frames").asInt()).isEqualTo(frames);
    assertThat(simulation.get("windows").asInt()).isEqualTo(windows);
    assertThat(simulation.get("frames_thinned").asInt()).isEqualTo(thinned);
    assertThat(simulation.get("frames_repeated").asInt()).isEqualTo(repeated);
    assertThat(simulation.get("windows_incomplete").asInt()).isZero();
    assertThat(simulation.get("dead_letters").asInt()).isZero();
  }
}
