package io.vitrine.runner.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitrine.FreePort;
import io.vitrine.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The inputs of {@code docs/inputs} as users copy them, with 512 particles and a short start. */
final class InputsIT {
  private static final Path INPUTS = Path.of(System.getProperty("vitrine.root"), "docs/inputs");
  private static final String SMALL = "-var cells 8 -var melt 1";
  private static final int FRAMES_OF_A_WINDOW = 11;

  /**
   * Stands in for SLURM's: the first job ends at 20 tau as if its time were up, once Vitrine has a
   * checkpoint to pause from; the second one goes on. Of a variable given twice LAMMPS takes the
   * first.
   */
  private static final String SRUN =
      """
      #!/bin/bash
      shift
      if [ -e run.restart ]; then exec "$@"; fi
      "$1" -var tau 20 "${@:2}" || exit
      rm run.done
      for ((k = 0; k < 3000; k++)); do
        find vitrine/checkpoints -name _metadata 2> /dev/null | grep -q . && exit 0
        sleep 0.1
      done
      exit 1
      """;

  @TempDir private Path folder;

  /** The jobs end well, and the store has each window once, as if there had been one job. */
  @Test
  void slurm_twoJobsOneAfterTheOther_watchTheWholeRun() throws Exception {
    Lammps.need();
    Path work = copied();
    Path bin = Files.createDirectories(folder.resolve("bin"));
    script(bin.resolve("srun"), SRUN);
    script(
        bin.resolve("vitrine"),
        """
        #!/bin/bash
        exec '%s' -Xmx1g -XX:+UseSerialGC -jar '%s' "$@"
        """
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"), MonitorProcess.jar()));

    assertThat(job(work, bin)).as(logs(work)).isZero();
    int windows = windows(work);
    assertThat(windows).isLessThan(40 + 1 - FRAMES_OF_A_WINDOW + 1);
    assertThat(work.resolve("vitrine/DONE")).doesNotExist();
    assertThat(job(work, bin)).as(logs(work)).isZero();

    assertThat(work.resolve("vitrine/DONE")).exists();
    assertThat(windows(work)).isEqualTo(40 + 1 - FRAMES_OF_A_WINDOW + 1);
    assertThat(StoreContents.of(store(work)).get("notices"))
        .singleElement()
        .asString()
        .contains("subject=repeated count=1 ");
    assertThat(StoreContents.of(store(work)).get("dead_letters")).isEmpty();
  }

  @Test
  void imd_liquidThatSendsItsFrames_isWatched() throws Exception {
    Lammps.need();
    Path work = copied();
    int port = FreePort.find();
    ProcessBuilder builder =
        new ProcessBuilder(
                Stream.of(
                        List.of("/usr/bin/lmp", "-in", "imd.lammps", "-log", "none"),
                        List.of(SMALL.split(" ", -1)),
                        List.of("-var", "tau", "20", "-var", "port", "" + port))
                    .flatMap(List::stream)
                    .toList())
            .directory(work.toFile())
            .redirectErrorStream(true)
            .redirectOutput(work.resolve("lammps.log").toFile());
    builder.environment().put("TMPDIR", work.toString());
    Process lammps = builder.start();
    try {
      Patience.until(() -> Files.exists(work.resolve("start.data")), lammps);
      MonitorProcess monitor =
          MonitorProcess.start(
              folder,
              List.of(
                  "monitor",
                  "--frames",
                  "imd://127.0.0.1:"
                      + port
                      + "?T=0.6&every=1&id=run&types="
                      + work.resolve("start.data"),
                  "--until",
                  "19",
                  "--output",
                  work.resolve("vitrine").toString(),
                  "--json"));
      assertThat(monitor.await()).as(monitor.err()).isZero();
      assertThat(Patience.exit(lammps)).as(logs(work)).isZero();
    } finally {
      lammps.destroyForcibly();
    }

    // Frames 1 to 20 get the times 1 to 20; the last one is beyond --until.
    assertThat(windows(work)).isEqualTo(19 - FRAMES_OF_A_WINDOW + 1);
    assertThat(StoreContents.of(store(work)).get("dead_letters")).isEmpty();
  }

  private Path copied() throws IOException {
    Path work = Files.createDirectories(folder.resolve("work"));
    try (Stream<Path> files = Files.list(INPUTS)) {
      for (Path file : files.toList()) {
        Files.copy(file, work.resolve(file.getFileName()));
      }
    }
    return work;
  }

  private static void script(Path file, String text) throws IOException {
    Files.writeString(file, text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private static int job(Path work, Path bin) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("bash", "slurm.sh")
            .directory(work.toFile())
            .redirectErrorStream(true)
            .redirectOutput(work.resolve("slurm.log").toFile());
    builder.environment().put("PATH", bin + ":" + System.getenv("PATH"));
    builder.environment().put("TMPDIR", work.toString());
    builder.environment().put("vitrine", bin.resolve("vitrine").toString());
    builder.environment().put("tau", "40");
    builder.environment().put("more", SMALL);
    return Patience.exit(builder.start());
  }

  private static Path store(Path work) {
    return work.resolve("vitrine/store.sqlite");
  }

  private static int windows(Path work) throws Exception {
    return StoreContents.of(store(work)).get("windows").size();
  }

  private static String logs(Path work) throws IOException {
    StringBuilder text = new StringBuilder();
    for (String name : List.of("slurm.log", "lammps.log", "vitrine.log")) {
      Path log = work.resolve(name);
      text.append(Files.exists(log) ? Files.readString(log) : "");
    }
    return text.toString();
  }
}
