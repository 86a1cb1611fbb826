package io.vitrine.runner.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that an earlier build paused goes on in this one: its savepoint opens. */
final class SavepointIT {
  private static final Path SAVED =
      Path.of(System.getProperty("vitrine.root"), "testdata", "savepoint");

  private static final double SCORE = 1e-4;

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
    int before = StoreContents.of(paused.resolve("store.sqlite")).get("windows").size();
    MonitorProcess resumed = MonitorProcess.start(folder, arguments(paused));
    assertThat(resumed.await()).as(resumed.err()).isZero();
    assertThat(resumed.out()).contains("\"resumed\":true");

    SortedMap<String, List<String>> found = StoreContents.of(paused.resolve("store.sqlite"));
    SortedMap<String, List<String>> expected =
        StoreContents.of(undisturbed.resolve("store.sqlite"));
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    for (String table : expected.keySet()) {
      List<String> rows = expected.get(table);
      assertThat(found.get(table)).as(table).hasSameSizeAs(rows);
      for (int n = 0; n < rows.size(); n++) {
        assertNear(found.get(table).get(n), rows.get(n));
      }
    }
    assertThat(before).isBetween(1, expected.get("windows").size() - 1);
  }

  /** Equal, but for scores: that of another build may err in another way within what it states. */
  private static void assertNear(String found, String expected) {
    String[] left = found.split(" ", -1);
    String[] right = expected.split(" ", -1);
    assertThat(left).as(expected).hasSameSizeAs(right);
    for (int c = 0; c < left.length; c++) {
      String column = right[c].substring(0, Math.max(0, right[c].indexOf('=')));
      String a = left[c].substring(Math.min(left[c].length(), column.length() + 1));
      String b = right[c].substring(Math.min(right[c].length(), column.length() + 1));
      if (column.endsWith("_score") && !a.equals(b)) {
        assertThat(Double.parseDouble(a)).isCloseTo(Double.parseDouble(b), within(SCORE));
      } else if (column.equals("payload") && !a.equals(b)) {
        assertNear(floats(a), floats(b));
      } else {
        assertThat(left[c]).as(expected).isEqualTo(right[c]);
      }
    }
  }

  private static void assertNear(float[] found, float[] expected) {
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.length; i++) {
      if (Float.compare(found[i], expected[i]) != 0) {
        assertThat(found[i]).isCloseTo(expected[i], within((float) SCORE));
      }
    }
  }

  private static float[] floats(String payload) {
    FloatBuffer numbers =
        ByteBuffer.wrap(Base64.getDecoder().decode(payload))
            .order(ByteOrder.LITTLE_ENDIAN)
            .asFloatBuffer();
    float[] all = new float[numbers.remaining()];
    numbers.get(all);
    return all;
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
