package io.vitrine.pipelines.paper;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The reproductions in {@code docs}, recomputed from their files by numpy and scipy. */
final class KeptReproductionTest {
  private static final Path KEPT =
      Path.of(System.getProperty("vitrine.root"), "docs", "reproduction");

  @Test
  void check_everyKeptReproduction_agreesWithItsReport() throws Exception {
    Assumptions.assumeTrue(
        python("-c", "import numpy, scipy").isEmpty(), "skipped: python3 has no numpy or no scipy");
    List<Path> kept;
    try (Stream<Path> all = Files.list(KEPT)) {
      kept = all.filter(f -> Files.exists(f.resolve("report.json"))).sorted().toList();
    }
    assertThat(kept).isNotEmpty();
    for (Path folder : kept) {
      String said = python(KEPT.resolve("check.py").toString(), folder.toString());
      Matcher numbers = Pattern.compile(": (\\d+) numbers, 0 do not agree").matcher(said);
      assertThat(numbers.find()).as(said).isTrue();
      assertThat(Integer.parseInt(numbers.group(1))).isGreaterThan(100);
    }
  }

  /** What python says. */
  private static String python(String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of("/usr/bin/python3"));
    command.addAll(List.of(words));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "no python3: " + e.getMessage();
    }
  }
}
