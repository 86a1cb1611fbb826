package io.vitrine.runner.direct;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitrine.pipelines.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The python package over a run of ours: its own tests and its examples. */
final class PythonPackageIT {
  private static final Path ROOT = Path.of(System.getProperty("vitrine.root"));
  private static final String PYTHON = "/usr/bin/python3";

  @TempDir private Path folder;

  @Test
  void package_overARun_passesItsTests() throws Exception {
    Assumptions.assumeTrue(
        python("-c", "import numpy, h5py, sklearn, gsd") == 0,
        "needs Debian's python3-numpy, python3-h5py, python3-sklearn and python3-gsd");
    Path run = folder.resolve("run");
    Ran ran =
        Ran.run(
            List.of(new DirectRuntime()),
            "monitor",
            "--runner",
            "direct",
            "--frames",
            "replay:" + ROOT.resolve("testdata/ka512/ka512_T0.60.gsd") + "?T=0.6&dt=0.005&id=a",
            "--export",
            "hops=" + run.resolve("hops.h5"),
            "--output",
            run.toString(),
            "--json");
    assertThat(ran.exit()).as(ran.err()).isZero();

    int exit = python("-m", "unittest", "discover", "-s", ROOT.resolve("python/tests").toString());

    assertThat(exit).as(Files.readString(folder.resolve("log"))).isZero();
    assertThat(folder.resolve("log"))
        .content()
        .containsPattern("Ran [1-9][0-9]* tests")
        .endsWith("OK\n"); // none skipped
  }

  private int python(String... words) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder();
    builder.command().add(PYTHON);
    builder.command().addAll(List.of(words));
    builder.environment().put("PYTHONPATH", ROOT.resolve("python").toString());
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    builder.environment().put("VITRINE_RUN", folder.resolve("run").toString());
    builder.environment().put("VITRINE_TESTDATA", ROOT.resolve("testdata").toString());
    Path log = folder.resolve("log");
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    try {
      return builder.start().waitFor();
    } catch (IOException e) {
      Files.writeString(log, PYTHON + ": " + e.getMessage());
      return 127;
    }
  }
}
