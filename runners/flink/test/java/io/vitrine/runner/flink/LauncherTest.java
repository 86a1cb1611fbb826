package io.vitrine.runner.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitrine.Patience;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./vitrine} of a release tells Java; a script stands in for Java. */
final class LauncherTest {
  private static final String JAVA =
      """
      #!/bin/sh
      if [ "$1" = -version ]; then echo 'openjdk version "17.0.1"' >&2; else echo " $* "; fi
      """;

  @TempDir private Path folder;

  @BeforeEach
  void release() throws Exception {
    Files.copy(Path.of(System.getProperty("vitrine.root"), "vitrine"), folder.resolve("vitrine"));
    Path java = Files.createDirectories(folder.resolve("java/bin")).resolve("java");
    Files.writeString(java, JAVA);
    assertThat(java.toFile().setExecutable(true)).isTrue();
    Files.createFile(Files.createDirectories(folder.resolve("lib")).resolve("vitrine.jar"));
  }

  @Test
  void monitor_threads_boundWhatJavaCountsByProcessors() throws Exception {
    assertThat(launched("monitor", "--threads", "3")).contains(" -XX:ActiveProcessorCount=3 ");
    assertThat(launched("monitor", "--threads=12")).contains(" -XX:ActiveProcessorCount=12 ");
  }

  @Test
  void monitor_noThreads_boundsOnlyTheCompilers() throws Exception {
    assertThat(launched("monitor", "--threads", "many"))
        .contains(" -XX:CICompilerCount=2 ")
        .doesNotContain("ActiveProcessorCount");
  }

  @Test
  void simulate_threads_leavesJavaAlone() throws Exception {
    assertThat(launched("simulate", "--threads", "2"))
        .doesNotContain("ActiveProcessorCount")
        .doesNotContain("CICompilerCount");
  }

  /** Java takes the last one of two options. */
  @Test
  void monitor_optionsOfTheUser_comeBehindItsOwn() throws Exception {
    assertThat(launched("monitor").indexOf("-Xms64m"))
        .isBetween(0, launched("monitor").indexOf("-Xms512m"));
  }

  private String launched(String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("sh", folder.resolve("vitrine").toString()));
    command.addAll(List.of(words));
    Path out = folder.resolve("out");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
    builder.environment().put("JAVA_HOME", folder.resolve("java").toString());
    builder.environment().put("VITRINE_JAVA_OPTS", "-Xms512m");
    int exit = Patience.exit(builder.start());
    String text = Files.readString(out);
    assertThat(exit).as(text).isZero();
    return text;
  }
}
