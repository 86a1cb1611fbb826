package io.vitrine.runner.direct;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitrine.pipelines.DocumentedCommands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the commands of README and docs as they are printed, page by page in a folder of its own
 * that holds the files they name, in processes of their own on the direct runner.
 *
 * <p>Shortened: runs of the built-in engine. Left to tests of their own: what needs a broker
 * (KafkaIT), a cluster (ClusterIT), an engine (ImdIT), PostgreSQL (PostgresStoreIT), what does not
 * end by itself ({@code serve}, {@code stop}), the paper (ReproduceIT) and the comparison of
 * learners (CompareCommandTest).
 */
final class DocumentedCommandsIT {
  private static final Path DATA = Path.of(System.getProperty("vitrine.root"), "testdata", "ka512");
  private static final List<String> ELSEWHERE =
      List.of("kafka://", "imd://", "--flink-master", "jdbc:postgresql", "--store runs/default");
  private static final List<String> COMMANDS_ELSEWHERE =
      List.of("serve", "stop", "reproduce", "forward", "compare-learners");

  @TempDir private Path folder;

  @TestFactory
  Stream<DynamicTest> commands_ofEachPage_end() {
    return DocumentedCommands.pages().stream()
        .filter(page -> !page.endsWith("docs/inputs.md")) // InputsIT runs those beside LAMMPS
        .map(page -> DynamicTest.dynamicTest(page.getFileName().toString(), () -> run(page)));
  }

  private void run(Path page) throws Exception {
    Path here = Files.createDirectory(folder.resolve(page.getFileName().toString()));
    prepare(here);
    for (List<String> words : DocumentedCommands.of(page)) {
      String line = String.join(" ", words);
      if (ELSEWHERE.stream().noneMatch(line::contains)
          && !COMMANDS_ELSEWHERE.contains(words.get(0))) {
        run(here, words);
      }
    }
  }

  private static void prepare(Path here) throws IOException {
    for (String name :
        List.of("run.gsd", "run.h5", "run.lammpstrj", "hot.gsd", "first.gsd", "second.gsd")) {
      String suffix = name.substring(name.lastIndexOf('.'));
      Files.copy(DATA.resolve("ka512_T0.60" + suffix), here.resolve(name));
    }
    withLabels(here.resolve("train.extxyz"), 0, 3);
    withLabels(here.resolve("test.extxyz"), 20, 1);
    Files.writeString(here.resolve("cold.yaml"), "frames: ['replay:run.gsd?T=0.6&dt=0.005']\n");
    StringBuilder counts =
        new StringBuilder("model,bin_low,bin_high,temperature,structures,rearranging\n");
    for (double t : new double[] {0.45, 0.5, 0.55, 0.6}) {
      long hops = Math.round(1e6 * Math.exp(3 - 3 / t));
      counts.append("m,-0.25,0.25,").append(t).append(",1000000,").append(hops).append('\n');
    }
    Files.writeString(here.resolve("counts.csv"), counts);
  }

  /**
   * Some frames of the extended XYZ file with a column more: propensity, here a number at random.
   */
  private static void withLabels(Path file, int first, int frames) throws IOException {
    List<String> lines = Files.readAllLines(DATA.resolve("ka512_T0.60.extxyz"));
    int length = 2 + Integer.parseInt(lines.get(0).trim());
    Random random = new Random(7);
    List<String> out = new ArrayList<>();
    for (int i = first * length; i < (first + frames) * length; i++) {
      String line = lines.get(i);
      out.add(
          switch (i % length) {
            case 0 -> line;
            case 1 -> line.replaceFirst("(Properties=\\S+)", "$1:propensity:R:1");
            default -> line + " " + random.nextDouble();
          });
    }
    Files.write(file, out);
  }

  private static void run(Path here, List<String> documented) throws Exception {
    List<String> words = new ArrayList<>(documented);
    if (words.get(0).equals("simulate")) {
      int until = words.indexOf("--until") + 1;
      words.set(until, String.valueOf(Double.parseDouble(words.get(until)) / 10));
    } else if (words.get(0).equals("propensity")) {
      words.set(words.indexOf("--time") + 1, "2");
    } else if (words.get(0).equals("monitor")) {
      words.addAll(List.of("--runner", "direct"));
      words.replaceAll(word -> word.equals("--ui") ? "--ui=127.0.0.1:0" : word);
      if (!words.contains("--frames") && !words.contains("--until")) {
        words.addAll(List.of("--until", "12"));
      }
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                DirectMain.class.getName()));
    command.addAll(words);
    Path log = here.resolve("log");
    int exit =
        new ProcessBuilder(command)
            .directory(here.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start()
            .waitFor();
    assertThat(exit).as(words + "\n" + Files.readString(log)).isZero();
  }
}
