package io.vitrine.runner.flink;

import io.vitrine.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Debian's LAMMPS running 512 particles of the mixture at T = 0.6, in a session of its own. */
final class Lammps {
  /** Who the particles are and where they begin. */
  static final Path START =
      Path.of(System.getProperty("vitrine.root"), "testdata/imd/start512.data");

  private static final Path LMP = Path.of("/usr/bin/lmp");
  private static final Path FORCES =
      Path.of(System.getProperty("vitrine.root"), "testdata/ka512/ka.inc");

  private final Process process;
  private final Path log;

  private Lammps(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Skips the test where there is none. */
  static void need() {
    Assumptions.assumeTrue(Files.exists(LMP), "skipped: " + LMP + " is not there");
  }

  /** Starts it in a folder, where what it writes goes. */
  static Lammps start(Path folder, String commands) throws IOException {
    Path input =
        Files.writeString(
            Files.createDirectories(folder).resolve("in.lmp"),
            String.join(
                "\n",
                "units lj",
                "atom_style atomic",
                "read_data " + START,
                "include " + FORCES,
                "neighbor 0.3 bin",
                "timestep 0.005",
                "fix 1 all nvt temp 0.6 0.6 0.5",
                "thermo 1000",
                commands,
                ""));
    Path log = folder.resolve("lmp.txt");
    ProcessBuilder command =
        new ProcessBuilder(List.of("setsid", "--wait", "" + LMP, "-in", "" + input, "-log", "none"))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    // Two that start at once fail in MPI_Init over one folder of sessions.
    command.environment().put("TMPDIR", folder.toString());
    return new Lammps(command.start(), log);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  String output() throws IOException {
    return Files.readString(log);
  }

  /** Waits for the end as long as it works; returns the exit code. */
  int await() throws InterruptedException {
    return Patience.exit(process);
  }

  void end() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
