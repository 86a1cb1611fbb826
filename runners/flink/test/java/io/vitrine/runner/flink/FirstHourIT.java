package io.vitrine.runner.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of a newcomer on a fresh clone, to the release unpacked elsewhere. */
@Tag("long")
final class FirstHourIT {
  private static final Path ROOT = Path.of(System.getProperty("vitrine.root"));

  @TempDir private Path folder;

  @Test
  void firstHour_onAFreshClone_ends() throws Exception {
    Assumptions.assumeTrue(Files.isDirectory(ROOT.resolve(".git")), "needs a clone to clone from");
    Path log = folder.resolve("log");
    int exit =
        new ProcessBuilder(
                ROOT.resolve("src/benchmarks/first-hour").toString(),
                folder.resolve("hour").toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start()
            .waitFor();
    String said = Files.readString(log);

    assertThat(exit).as(said).isZero();
    assertThat(said).contains("from the clone to the first window", "a run of the release");
  }
}
