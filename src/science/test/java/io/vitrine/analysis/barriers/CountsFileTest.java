package io.vitrine.analysis.barriers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CountsFileTest {
  private static final String HEADER =
      "model,bin_low,bin_high,temperature,structures,rearranging\n";

  @TempDir Path folder;

  @Test
  void read_twoModelsInAnyOrder_givesATableEach() throws IOException {
    Map<String, RateTable> tables =
        CountsFile.read(
            file(
                "# counts\nrearranging,temperature,bin_high,extra,bin_low,structures,model\n"
                    + "3,0.6,0.25,x,-0.25,100,\"a, b\"\n\n"
                    + "1,0.5,0.25,x,-0.25,1e2,\"a, b\"\n"
                    + "2,0.5,,x,0.25,50.0,c\r\n"));

    assertThat(tables).containsOnlyKeys("a, b", "c");
    RateTable first = tables.get("a, b");
    assertThat(first.temperature(0)).isEqualTo(0.5);
    assertThat(first.rearranging(0, 0)).isEqualTo(1);
    assertThat(first.probability(0, 1)).isEqualTo(0.03);
    assertThat(first.structures(0, 0)).isEqualTo(100);
    assertThat(tables.get("c").high(0)).isInfinite();
  }

  @Test
  void read_missingColumn_isRefusedByName() throws IOException {
    Path file = file("model,bin_low,bin_high,temperature,structures\n");

    assertThatThrownBy(() -> CountsFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("counts.csv line 1: a column rearranging was expected");
  }

  @Test
  void read_badLines_areRefusedWithTheirNumber() throws IOException {
    refused("a,0,1,0.5,10\n", "line 2: a field rearranging was expected");
    refused("a,0,1,0.5,ten,1\n", "line 2: numbers were expected");
    refused("a,0,1,0.5,10.5,1\n", "line 2: numbers were expected");
    refused("a,0,1,0.5,10,11\n", "line 2: rearranging must lie in [0, structures = 10]");
    refused("a,1,0,0.5,10,1\n", "line 2: bin_low must be < bin_high = 0.0, but was 1.0");
    refused("\"a,0,1,0.5,10,1\n", "line 2: a closing quote was expected");
    refused("a,0,1,0.5,10,1\na,0.5,1.5,0.5,10,1\n", "model a: bins must not overlap");
  }

  @Test
  void read_emptyFile_isRefused() throws IOException {
    Path file = file("");

    assertThatThrownBy(() -> CountsFile.read(file)).hasMessageContaining("but it is empty");
  }

  private void refused(String lines, String message) throws IOException {
    Path file = file(HEADER + lines);

    assertThatThrownBy(() -> CountsFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(message);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("counts.csv"), text);
  }
}
