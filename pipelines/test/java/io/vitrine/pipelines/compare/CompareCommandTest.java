package io.vitrine.pipelines.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitrine.pipelines.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CompareCommandTest {
  private static final Path DATA =
      Path.of(System.getProperty("vitrine.root", "."), "testdata", "ka512", "ka512_T0.60.gsd");

  @TempDir Path folder;

  private Path study(String features) throws IOException {
    String uri = "replay:" + DATA.toAbsolutePath() + "?T=%s&dt=0.005&id=%s";
    return Files.writeString(
        folder.resolve("study.yaml"),
        String.format("frames: ['" + uri + "', '" + uri + "']%n", "0.6", "a", "0.7", "b")
            + "until: 60\ntrain-until: 30\nevery: 2\ntail-fraction: 0.05\n"
            + "features: "
            + features
            + "\n");
  }

  @Test
  void compare_twoLearnersOnTwoLists_makesOneTable() throws Exception {
    Path output = folder.resolve("out");
    Ran ran =
        Ran.run(
            List.of(),
            "compare-learners",
            "--study",
            study("[radial, 'fine,average:1']").toString(),
            "--output",
            output.toString(),
            "--json");

    assertThat(ran.exit()).as(ran.err()).isZero();
    JsonNode learners = new ObjectMapper().readTree(ran.out()).get("learners");
    assertThat(learners.findValuesAsText("learner"))
        .containsExactly("svm", "ridge", "svm", "ridge");
    assertThat(learners.findValuesAsText("columns")).containsExactly("100", "100", "176", "176");
    for (JsonNode each : learners) {
      JsonNode at = each.get("temperatures");
      assertThat(at).hasSize(2);
      // The second stream is the first one under another temperature, and is tested in whole.
      assertThat(at.get(0).get("windows").asInt()).isLessThan(at.get(1).get("windows").asInt());
      assertThat(at.get(1).get("r").asDouble()).isBetween(0.1, 1.0);
      assertThat(at.get(1).get("accuracy").asDouble()).isBetween(0.55, 1.0);
      assertThat(each.get("learning_curve").get("3").asDouble())
          .isEqualTo(at.get(0).get("r").asDouble());
    }
    List<String> lines = Files.readAllLines(output.resolve("learners.md"));
    assertThat(lines).hasSize(6).allMatch(line -> line.split("\\|", -1).length == 18);
    assertThat(Files.readString(output.resolve("learners.json"))).contains("\"learner\" : \"svm\"");
  }

  @Test
  void compare_badStudies_areRefusedInOneLine() throws Exception {
    refused("features: must be without cage and thermal:", study("[cage]"));
    refused("be a list of composition", study("[radical]"));
    refused("until", Files.writeString(folder.resolve("a.yaml"), "frames: []\n"));
    refused("no such file or folder", folder.resolve("none.yaml"));
  }

  private static void refused(String words, Path study) {
    Ran ran = Ran.run(List.of(), "compare-learners", "--study", study.toString());
    assertThat(ran.exit()).isNotZero();
    assertThat(ran.err()).contains(words).doesNotContain("Exception");
  }
}
