package io.vitrine.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables and figures of {@code analyze} from a plain table of counts. */
final class AnalyzeCommandTest {
  @TempDir private Path folder;

  /** Counts of ln(T P_R) = dE (1/T0 - 1/T) with T0 = 1, dE = 4 - x. */
  private Path counts() throws Exception {
    StringBuilder csv =
        new StringBuilder("model,bin_low,bin_high,temperature,structures,rearranging\n");
    for (int x = -1; x <= 1; x++) {
      for (double t : new double[] {0.5, 0.6, 0.7, 0.8}) {
        long n = 1_000_000;
        long hops = (long) (n * Math.exp((4 - x) * (1 - 1 / t)) / t);
        csv.append("m,").append(x - 0.5).append(',').append(x + 0.5).append(',').append(t);
        csv.append(',').append(n).append(',').append(hops).append('\n');
      }
    }
    return Files.writeString(folder.resolve("counts.csv"), csv.toString());
  }

  @Test
  void analyze_counts_writesTablesAndFiguresOfTheLaw() throws Exception {
    Path figures = folder.resolve("figures");
    int exit =
        Vitrine.run(
            List.of(), "analyze", "--counts", counts().toString(), "--output", figures.toString());
    assertThat(exit).isZero();
    for (String name : List.of("P_R-m", "collapse-m", "dE", "Sigma")) {
      for (String suffix : List.of(".svg", ".png", ".csv")) {
        assertThat(figures.resolve(name + suffix)).isNotEmptyFile();
      }
    }
    assertThat(Files.readString(figures.resolve("dE.svg"))).contains("viewBox=\"0 0 760 520\"");
    List<String> rows = Files.readAllLines(figures.resolve("dE.csv"));
    assertThat(rows.get(0)).isEqualTo("series,x,y,error");
    for (int x = -1; x <= 1; x++) {
      String[] cells = rows.get(x + 2).split(",", -1);
      assertThat(Double.parseDouble(cells[1])).isEqualTo(x);
      assertThat(Double.parseDouble(cells[2])).isBetween(3.99 - x, 4.01 - x);
    }
  }
}
