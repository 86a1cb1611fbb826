package io.vitrine.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people are told when they typed something else than they meant: one line. */
final class WordingTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "monitor --ouput X        | vitrine: unknown option --ouput, did you mean --output?",
        "monitor --untl=3         | vitrine: unknown option --untl, did you mean --until?",
        "monitor --xyzzy          | vitrine: unknown option --xyzzy",
        "monitro                  | vitrine: unknown command monitro, did you mean monitor?",
        "sreve runs/default       | vitrine: unknown command sreve, did you mean serve?",
        "banana                   | vitrine: unknown command banana",
        "monitor runs/default     | vitrine: 'runs/default' is no option, and monitor takes no such word",
        "simulate --output x.gsd  | vitrine: --T must be given, the temperature of the thermostat in epsilon/k (--T 0.47)",
        "monitor --frames simulate:?N=9 | vitrine: --frames simulate: must say its temperature (simulate:?T=0.47), but was 'simulate:?N=9'",
        "analyze                  | vitrine: analyze must be given counts: --store RUN_FOLDER or --counts FILE.csv, but was given neither",
        "serve                    | vitrine: serve must be given one run folder or store (./vitrine serve runs/default), but was none",
      })
  void run_mistake_isToldInOneLine(String typed, String told) {
    Ran ran = Ran.run(List.of(), typed.split(" +"));
    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err().lines().findFirst()).contains(told);
    assertThat(ran.err().lines().filter(l -> l.startsWith("vitrine:"))).hasSize(1);
  }

  @Test
  void serve_whatIsNoRun_saysWhatIsExpected(@TempDir Path folder) {
    Ran missing = Ran.run(List.of(), "serve", folder.resolve("none").toString());
    assertThat(missing.exit()).isEqualTo(1);
    assertThat(missing.err()).contains("none: does not exist, expected a run folder");
    Ran empty = Ran.run(List.of(), "serve", folder.toString());
    assertThat(empty.err()).contains("holds no run, expected a run folder");
  }

  @Test
  void analyze_runFolderWithoutItsStore_namesTheStore(@TempDir Path folder) throws Exception {
    Path store = folder.resolve("elsewhere.sqlite");
    Files.writeString(folder.resolve("run.json"), "{\"store\": \"jdbc:sqlite:" + store + "\"}");
    Ran ran = Ran.run(List.of(), "analyze", "--store", folder.toString());
    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.err()).contains("elsewhere.sqlite");
  }
}
