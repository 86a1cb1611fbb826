package io.vitrine.pipelines.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitrine.pipelines.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Study files: what is typed before what the file says before a default; refusals. */
final class StudyFileTest {
  @TempDir private Path folder;

  private Ran config(String yaml, String... typed) throws Exception {
    Path file = Files.writeString(folder.resolve("cold.yaml"), yaml);
    List<String> all =
        new ArrayList<>(List.of("monitor", "--study", file.toString(), "--print-config"));
    all.addAll(Arrays.asList(typed));
    return Ran.run(List.of(), all.toArray(String[]::new));
  }

  @Test
  void printConfig_valueInFile_standsBeforeTheDefault() throws Exception {
    Ran ran =
        config(
            "frames: ['simulate:?T=0.6&N=512', 'simulate:?T=0.8&N=512']\n"
                + "until: 50\ntail-fraction: 0.01\nno-model: true\nquiet: auto\n");
    assertThat(ran.err()).isEmpty();
    assertThat(ran.exit()).isZero();
    assertThat(ran.out())
        .contains("study: cold  # ")
        .contains("simulate:?N=512&T=0.6")
        .contains("simulate:?N=512&T=0.8")
        .contains("until: 50.0  # " + folder)
        .contains("tail-fraction: 0.01  # " + folder)
        .contains("no-model: true  # ")
        .contains("quiet: auto  # ")
        .contains("hop-threshold: 0.2  # default");
  }

  @Test
  void printConfig_typedValue_standsBeforeTheFile() throws Exception {
    Ran ran =
        config(
            "study: other\nframes: ['simulate:?T=0.6&N=512']\nuntil: 50\n",
            "--until",
            "70",
            "--frames",
            "simulate:?T=1.0&N=512");
    assertThat(ran.exit()).isZero();
    assertThat(ran.out())
        .contains("study: other  # ")
        .contains("until: 70.0  # typed")
        .contains("T=1.0")
        .doesNotContain("T=0.6");
  }

  @Test
  void printConfig_itsOwnOutputAsFile_saysTheSame() throws Exception {
    String yaml = "frames: ['simulate:?T=0.6&N=512']\nuntil: 50\nalarms: {stalled-seconds: 5}\n";
    String once = config(yaml).out();
    assertThat(values(config(once).out())).isEqualTo(values(once));
  }

  private static String values(String config) {
    return config.replaceAll(" *# .*", "");
  }

  @Test
  void file_unknownKey_isRefusedWithTheKeysThereAre() throws Exception {
    Ran ran = config("untill: 50\n");
    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("cold.yaml").contains("must be one of").contains("'untill'");
    assertThat(ran.err().lines()).hasSize(1);
  }

  @Test
  void file_listWhereOneValueBelongs_isRefused() throws Exception {
    Ran ran = config("until: [1, 2]\n");
    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("until must have a value").contains("[1,2]");
  }

  @Test
  void file_valueOfTheWrongType_isRefusedNamingTheFile() throws Exception {
    Ran ran = config("until: soon\n");
    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("cold.yaml").contains("'soon'");
  }
}
