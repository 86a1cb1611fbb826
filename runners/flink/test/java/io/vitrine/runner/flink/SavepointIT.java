package io.vitrine.runner.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that an earlier build paused goes on in this one: its savepoint opens. */
final class SavepointIT {
  private static final Path SAVED =
      Path.of(System.getProperty("vitrine.root"), "testdata", "savepoint");

  /** Tables with scores in them, a row a window. */
  private static final Set<String> SCORED = Set.of("windows", "snapshots", "predictions");

  /** What stands behind the key of such a row, which ends with its time or with a label. */
  private static final Pattern KEY = Pattern.compile("(?<= time_ms=\\d{1,9} | label=\\w{1,20} ).*");

  @TempDir private Path folder;

  @Test
  void monitor_savepointOfAnEarlierBuild_endsWithTheResultsOfAnUndisturbedRun() throws Exception {
    Path undisturbed = folder.resolve("undisturbed");
    MonitorProcess plain = MonitorProcess.start(folder, arguments(undisturbed));
    assertThat(plain.await()).as(plain.err()).isZero();

    Path paused = folder.resolve("paused");
    copy(SAVED.resolve("paused"), paused);
    Path description = paused.resolve("run.json");
    Files.writeString(
        description, Files.readString(description).replace("@HERE@", SAVED.toString()));
    SortedMap<String, List<String>> before = StoreContents.of(paused.resolve("store.sqlite"));
    MonitorProcess resumed = MonitorProcess.start(folder, arguments(paused));
    assertThat(resumed.await()).as(resumed.err()).isZero();
    assertThat(resumed.out()).contains("\"resumed\":true");

    SortedMap<String, List<String>> found = StoreContents.of(paused.resolve("store.sqlite"));
    SortedMap<String, List<String>> expected =
        StoreContents.of(undisturbed.resolve("store.sqlite"));
    assertThat(before.get("windows")).hasSizeBetween(1, expected.get("windows").size() - 1);
    for (String table : SCORED) {
      assertThat(found.get(table)).as(table).isEqualTo(continued(before, expected, table));
    }
    if (!Files.readString(SAVED.resolve("paused/run.json")).contains("hop_events")) {
      // A run that began without them goes on without them.
      assertThat(found.remove("hop_events")).isEmpty();
      assertThat(expected.remove("hop_events")).isNotEmpty();
    }
    found.keySet().removeAll(SCORED);
    expected.keySet().removeAll(SCORED);
    assertThat(found).isEqualTo(expected);
  }

  /**
   * Rows of the undisturbed run, but those that the earlier build wrote as it wrote them: kernels
   * of two builds may differ in the last digits of a score.
   */
  private static List<String> continued(
      SortedMap<String, List<String>> before,
      SortedMap<String, List<String>> expected,
      String table) {
    Map<String, String> rows = new TreeMap<>();
    expected.get(table).forEach(row -> rows.put(KEY.matcher(row).replaceAll(""), row));
    assertThat(rows).hasSameSizeAs(expected.get(table));
    before
        .get(table)
        .forEach(row -> rows.computeIfPresent(KEY.matcher(row).replaceAll(""), (k, v) -> row));
    return rows.values().stream().sorted().toList();
  }

  private static List<String> arguments(Path output) {
    List<String> arguments = new ArrayList<>(List.of("monitor", "--json"));
    arguments.addAll(
        List.of("--frames", "replay:" + SAVED.resolve("run.gsd") + "?T=1.0&dt=0.005&id=small"));
    arguments.addAll(List.of("--tail-fraction", "0.05", "--output", output.toString()));
    return arguments;
  }

  private static void copy(Path from, Path to) throws Exception {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }
}
