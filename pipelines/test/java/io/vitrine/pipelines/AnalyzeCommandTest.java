package io.vitrine.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitrine.results.ResultsStore;
import io.vitrine.results.bins.Binning;
import io.vitrine.results.bins.CounterBin;
import io.vitrine.results.rows.CounterBlock;
import io.vitrine.results.rows.EquilibriumRow;
import io.vitrine.results.rows.FrameRow;
import io.vitrine.results.rows.HistogramTotal;
import io.vitrine.results.rows.ResultRow;
import io.vitrine.results.rows.RunState;
import io.vitrine.results.rows.SimulationRow;
import io.vitrine.serving.Dashboard;
import io.vitrine.serving.ServingOptions;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
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

  /** Two simulations of 20 blocks; the first two blocks of "ages" hop ten times as often. */
  private String store() throws Exception {
    String url = "jdbc:sqlite:" + folder.resolve("store.sqlite");
    List<ResultRow> rows = new ArrayList<>();
    for (String id : List.of("ages", "steady")) {
      double temperature = id.equals("ages") ? 0.5 : 0.8;
      rows.add(simulation(id, temperature));
      rows.add(new FrameRow("default", id, 0, 0, -1, 5, temperature, 0));
      boolean ages = id.equals("ages");
      rows.add(
          new EquilibriumRow(
              "default",
              id,
              1_000_000,
              ages ? "ageing" : "equilibrated",
              ages ? 100 : 0,
              ages ? 60 : 5,
              1,
              0,
              Double.NaN,
              "U/N goes from -6.1 to -6.2"));
      for (int b = 0; b < 20; b++) {
        CounterBin bin = new CounterBin(0, 1000, ages && b < 2 ? 500 : 50);
        rows.add(
            new CounterBlock("default", id, "m", "v", temperature, 50_000, b, 50, List.of(bin)));
      }
    }
    try (ResultsStore store = ResultsStore.open(url)) {
      store.apply(rows);
    }
    return url;
  }

  private static long hops(Path figures) throws Exception {
    return Files.readAllLines(figures.resolve("rates-m.csv")).stream()
        .map(line -> line.split(",", -1))
        .filter(cells -> cells[2].equals("0.5"))
        .mapToLong(cells -> Long.parseLong(cells[4]))
        .sum();
  }

  @Test
  void analyze_storeOfAnAgeingRun_countsFromWhereItIsStationaryAndSaysSo() throws Exception {
    Path figures = folder.resolve("figures");
    Ran ran =
        Ran.run(List.of(), "analyze", "--store", store(), "--output", figures.toString(), "--json");

    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(hops(figures)).isEqualTo(18 * 50);
    assertThat(ran.err().lines().filter(l -> l.contains("equilibrium")))
        .containsExactly(
            "ages is not in equilibrium (ageing: U/N goes from -6.1 to -6.2); counted from 100.0"
                + " tau on");
    assertThat(ran.json().path("from").asText()).isEqualTo("auto");
    JsonNode ages = ran.json().path("simulations").path("ages");
    assertThat(ages.path("from").asDouble()).isEqualTo(100);
    assertThat(ages.path("verdict").asText()).isEqualTo("ageing");
    assertThat(ages.path("block_tau").asDouble()).isEqualTo(150);
    assertThat(figures.resolve("counted.csv"))
        .hasContent(
            """
            simulation,verdict,since,from,tau_alpha,block_tau
            ages,ageing,100.0,100.0,60.0,150.0
            steady,equilibrated,0.0,0.0,5.0,50.0
            """);
  }

  @Test
  void analyze_storeFromZero_countsAll() throws Exception {
    Path figures = folder.resolve("figures");
    Ran ran =
        Ran.run(
            List.of(),
            "analyze",
            "--store",
            store(),
            "--from",
            "0",
            "--output",
            figures.toString(),
            "--json");

    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(hops(figures)).isEqualTo(18 * 50 + 2 * 500);
    assertThat(ran.json().path("from").asText()).isEqualTo("0");
  }

  @Test
  void analyze_fromWithoutMeaning_isRefused() throws Exception {
    assertThat(Ran.run(List.of(), "analyze", "--store", store(), "--from", "x").err())
        .contains("--from must be auto or a number of tau, but was 'x'");
    String counts = counts().toString();
    assertThat(Ran.run(List.of(), "analyze", "--counts", counts, "--from", "5").err())
        .contains("--from must go with --store, but was '5'");
    assertThat(Ran.run(List.of(), "analyze", "--store", store(), "--from", "5000").err())
        .contains("holds no counters to fit, counted from 5000");
  }

  /** Four temperatures that obey the law, in blocks with noise; versions "old" and "new". */
  private String lawful() throws Exception {
    String url = "jdbc:sqlite:" + folder.resolve("lawful.sqlite");
    Random noise = new Random(3);
    try (ResultsStore store = ResultsStore.open(url)) {
      for (String version : List.of("new", "old")) {
        List<ResultRow> rows = new ArrayList<>();
        for (double t : new double[] {0.5, 0.6, 0.7, 0.8}) {
          rows.add(simulation("T" + t, t));
          rows.add(new FrameRow("default", "T" + t, 0, 0, -1, 5, t, 0));
          for (int b = 0; b < 10; b++) {
            List<CounterBin> bins = new ArrayList<>();
            for (int x = -1; x <= 1; x++) {
              double p = Math.exp((4 - x) * (1 - 1 / t)) / t * (1 + 0.1 * noise.nextGaussian());
              bins.add(new CounterBin(50 * x, 100_000, Math.round(100_000 * p)));
            }
            rows.add(new CounterBlock("default", "T" + t, "m", version, t, 50_000, b, 50, bins));
          }
        }
        rows.add(new HistogramTotal("default", "T0.5", "score:m", 1, Binning.RAW_SCORE, HALF));
        rows.add(new HistogramTotal("default", "T0.5", "score:n", 1, Binning.RAW_SCORE, HALF));
        store.apply(rows);
      }
    }
    return url;
  }

  private static final List<HistogramTotal.Bin> HALF = List.of(new HistogramTotal.Bin(25, 7));

  private static SimulationRow simulation(String id, double temperature) {
    return new SimulationRow(
        "default",
        id,
        id,
        "file",
        "inclusive",
        temperature,
        1000,
        800,
        1000,
        10_000,
        1000,
        1001,
        RunState.FINISHED,
        "");
  }

  @Test
  void analyze_store_findsWhatThePageShows() throws Exception {
    String url = lawful();
    JsonNode analyzed = Ran.run(List.of(), "analyze", "--store", url, "--json").json();
    JsonNode page;
    try (Dashboard dashboard = Dashboard.start(ServingOptions.local(url));
        InputStream answer = dashboard.address().resolve("api/physics").toURL().openStream()) {
      page = new ObjectMapper().readTree(answer);
    }

    JsonNode range = page.path("ranges").get(1);
    assertThat(range.path("below").get(0).asDouble()).isEqualTo(0.85);
    assertThat(range.path("T0").asDouble()).isBetween(0.9, 1.1);
    for (String name : List.of("T0", "T0_low", "T0_high", "T0_chi2", "T0_systematic")) {
      assertThat(range.path(name).isNumber()).as(name).isTrue();
      assertThat(range.path(name)).as(name).isEqualTo(analyzed.path(name));
    }
    for (String name : List.of("dE", "dE_error", "chi2", "Sigma", "Sigma_error")) {
      assertThat(range.path("fits").findValues(name))
          .as(name)
          .hasSize(3)
          .isEqualTo(analyzed.path("bins").findValues(name));
    }
  }

  @Test
  void analyze_severalVersions_writesTheNewestAndTheOthersOnRequest() throws Exception {
    String url = lawful();
    Path one = folder.resolve("one");
    Path all = folder.resolve("all");
    Path old = folder.resolve("old");
    for (Path output : List.of(one, all, old)) {
      List<String> typed =
          new ArrayList<>(List.of("analyze", "--store", url, "--output", output.toString()));
      typed.addAll(
          output == all
              ? List.of("--all-versions")
              : output == old ? List.of("--model", "m@new") : List.of());
      assertThat(Vitrine.run(List.of(), typed.toArray(String[]::new))).isZero();
    }

    assertThat(names(one)).contains("barriers-m.csv", "score_m.svg", "score_n.svg").hasSize(21);
    assertThat(names(all)).contains("barriers-m@new.csv", "barriers-m@old.csv");
    assertThat(names(old)).contains("barriers-m.csv", "score_m.svg").doesNotContain("score_n.svg");
    // "old" was stored last: it is the newest.
    assertThat(Files.readString(one.resolve("rates-m.csv")))
        .isEqualTo(Files.readString(all.resolve("rates-m@old.csv")));
    assertThat(Files.readString(old.resolve("rates-m.csv")))
        .isEqualTo(Files.readString(all.resolve("rates-m@new.csv")));
  }

  private static List<String> names(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).toList();
    }
  }
}
