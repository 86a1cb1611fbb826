package io.vitrine.streaming.io.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vitrine.format.FileUnits;
import io.vitrine.format.ReaderOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameUriTest {
  @Test
  void parse_everyPart_isThere() {
    FrameUri uri = FrameUri.parse("replay:runs/cold.gsd?T=0.47&dt=0.005&id=cold-1");
    assertThat(uri.scheme()).isEqualTo(FrameScheme.REPLAY);
    assertThat(uri.path()).isEqualTo(Path.of("runs/cold.gsd"));
    assertThat(uri.id()).isEqualTo("cold-1");
    assertThat(uri.temperature()).isEqualTo(0.47);
    assertThat(uri.readerOptions("cold-1", false).dt()).isEqualTo(0.005);
  }

  @ParameterizedTest
  @CsvSource({
    "'replay:runs/cold run.gsd', cold_run",
    "'follow:a/b.lammpstrj?T=0.5', b",
    "'replay:.hidden', _hidden",
    "'kafka://h:9092/cold.run?T=0.5', cold.run",
    "'imd://127.0.0.1:9999?types=a.data', imd-9999",
    "'simulate:?T=0.5', simulate-T0.5-seed1",
    "'simulate:?T=0.5&seed=3', simulate-T0.5-seed3"
  })
  void id_notGiven_isMadeOfWhatIsThere(String text, String id) {
    assertThat(FrameUri.parse(text).id()).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "runs/cold.gsd",
        "ftp:cold.gsd",
        "replay:",
        "replay:?T=0.5",
        "replay:a.gsd?temperature=0.5",
        "replay:a.gsd?seed=1",
        "replay:a.gsd?T=0.5&T=0.6",
        "replay:a.gsd?T=cold",
        "replay:a.gsd?T=0",
        "replay:a.gsd?dt=-0.005",
        "replay:a.gsd?dt=nan",
        "replay:a.gsd?id=a/b",
        "replay:a.gsd?id=..",
        "replay:a.gsd?id=",
        "kafka:cold",
        "kafka://h/cold",
        "kafka://h:9092",
        "kafka://h:99999/cold",
        "kafka://h:9092/a/b",
        "kafka://h:9092/cold?types=a",
        "imd://h:9999",
        "imd://h?types=a.data",
        "imd://h:0?types=a.data",
        "imd://h:9999?types=a.data&every=0",
        "imd://h:9999?types=a.data&dt=0.005",
        "simulate:",
        "simulate:?T=0.5&N=10.5",
        "simulate:?T=0.5&seed=-1"
      })
  void parse_somethingWrong_isRefused(String text) {
    assertThatThrownBy(() -> FrameUri.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void parse_misspeltKey_namesTheKeysThereAre() {
    assertThatThrownBy(() -> FrameUri.parse("simulate:?T=0.5&sede=2"))
        .hasMessageContaining("'sede'")
        .hasMessageContaining("seed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "replay:a b+c.gsd?T=0.5&dt=0.005",
        "replay:a.gsd?types=x%2By%26z%25.txt",
        "kafka://h:9092/cold?T=0.5",
        "imd://[::1]:9999?T=0.5&types=a.data&every=0.5",
        "simulate:?T=0.5&N=1000&seed=3"
      })
  void toString_parsedAgain_isTheSame(String text) {
    FrameUri uri = FrameUri.parse(text);
    FrameUri again = FrameUri.parse(uri.toString());
    assertThat(again.toString()).isEqualTo(uri.toString());
    assertThat(again.identity()).isEqualTo(uri.identity());
    assertThat(again.get("types")).isEqualTo(uri.get("types"));
  }

  @Test
  void identity_anotherFolderOrPace_isTheSame() {
    String identity = FrameUri.parse("replay:/a/x.gsd?T=0.5&pace=10").identity();
    assertThat(FrameUri.parse("replay:b/x.gsd?T=0.5").identity()).isEqualTo(identity);
    assertThat(FrameUri.parse("follow:b/x.gsd?T=0.5&poll=1").identity()).isEqualTo(identity);
    assertThat(FrameUri.parse("replay:b/x.gsd?T=0.6").identity()).isNotEqualTo(identity);
    assertThat(FrameUri.parse("replay:b/y.gsd?T=0.5").identity()).isNotEqualTo(identity);
  }

  @Test
  void parse_pathThatIsThere_isTakenAsTyped(@TempDir Path dir) throws IOException {
    for (String name : List.of("a?b.gsd", "50%25.gsd", "a%20b.gsd", "x&T=1#y.gsd", "q?T=2.gsd")) {
      Path file = Files.createFile(dir.resolve(name));
      FrameUri uri = FrameUri.parse("replay:" + file + "?T=0.5");
      assertThat(uri.path()).isEqualTo(file);
      assertThat(uri.temperature()).isEqualTo(0.5);
      FrameUri again = FrameUri.parse(uri.toString());
      assertThat(again.path()).isEqualTo(file);
      assertThat(again.identity()).isEqualTo(uri.identity());
    }
  }

  @Test
  void parse_pathThatIsNotThere_mayBePercentEncoded(@TempDir Path dir) throws IOException {
    Path file = Files.createFile(dir.resolve("a b%c?d+e.gsd"));
    FrameUri uri = FrameUri.parse("follow:" + dir + "/a%20b%25c%3Fd+e.gsd?T=0.5");
    assertThat(uri.path()).isEqualTo(file);
    assertThat(FrameUri.parse("follow:" + dir + "/50%.gsd?T=0.5").path())
        .isEqualTo(dir.resolve("50%.gsd"));
    assertThat(FrameUri.parse("follow:" + dir + "/run%201.*.gsd").path())
        .isEqualTo(dir.resolve("run 1.*.gsd"));
  }

  @Test
  void readerOptions_unitsAndNames_areThoseGiven() {
    FrameUri uri = FrameUri.parse("replay:a.gsd?length=3.4&time=2.15&names=Cu:A,Zr:B");
    ReaderOptions options = uri.readerOptions("s", false);
    assertThat(options.units()).isEqualTo(new FileUnits(3.4, 2.15));
    assertThat(options.names()).isEqualTo(Map.of("Cu", "A", "Zr", "B"));
    assertThat(uri.identity()).contains("length=3.4").contains("time=2.15").contains("names=");
    assertThatThrownBy(() -> FrameUri.parse("replay:a.gsd?length=3.4"))
        .hasMessageContaining("length and time must be given together");
    assertThatThrownBy(() -> FrameUri.parse("replay:a.gsd?names=Cu"))
        .hasMessageContaining("OLD:NEW");
  }
}
