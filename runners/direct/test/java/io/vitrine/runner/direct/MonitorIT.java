package io.vitrine.runner.direct;

import static org.assertj.core.api.Assertions.assertThat;

import io.jhdf.HdfFile;
import io.vitrine.pipelines.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job from the command line on the direct runner: results, refusals, bad input. */
final class MonitorIT {
  private static final Path DATA = Path.of(System.getProperty("vitrine.root"), "testdata", "ka512");

  /** Six decimals of text and float32 of GSD; a perfect program shows 9e-7 and 1.1e-6. */
  private static final double P_HOP_TOLERANCE = 2e-6;

  @TempDir private Path folder;

  private static Ran run(String... arguments) {
    return Ran.run(List.of(new DirectRuntime()), arguments);
  }

  private Ran monitor(String frames, String output, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "monitor",
                "--runner",
                "direct",
                "--no-model",
                "--frames",
                frames,
                "--output",
                folder.resolve(output).toString(),
                "--json"));
    arguments.addAll(Arrays.asList(more));
    return run(arguments.toArray(new String[0]));
  }

  @Test
  void monitor_threeFormatsOfOneRun_giveTheReferencePHop() throws Exception {
    double[][] reference = referencePHop();
    for (String name :
        List.of(
            "ka512_T0.60.lammpstrj",
            "ka512_T0.60.gsd",
            "ka512_T0.60_unwrapped_unsorted.lammpstrj")) {
      Path hops = folder.resolve(name + ".h5");
      Ran ran =
          monitor(
              "replay:" + DATA.resolve(name) + "?T=0.6&dt=0.005",
              name,
              "--particles",
              "all",
              "--export",
              "hops=" + hops);
      assertThat(ran.exit()).as(ran.err()).isZero();
      assertThat(ran.json().get("windows").asInt()).isEqualTo(51);
      assertThat(ran.json().get("windows_incomplete").asInt()).isZero();
      try (HdfFile file = new HdfFile(hops)) {
        double[][] pHop = (double[][]) file.getDatasetByPath("p_hop").getData();
        int[] particles = (int[]) file.getDatasetByPath("particle").getData();
        int firstId = name.endsWith(".gsd") ? 0 : 1;
        assertThat(particles[0]).isEqualTo(firstId);
        double worst = 0;
        for (int f = 0; f < reference.length; f++) {
          for (int i = 0; i < particles.length; i++) {
            double off = pHop[f][i] - reference[f][particles[i] - firstId];
            worst = Math.max(worst, Math.abs(off));
          }
        }
        assertThat(worst).as(name).isLessThan(P_HOP_TOLERANCE);
      }
    }
  }

  @Test
  void monitor_atTheEnd_saysWhatWasFoundWhereThingsAreAndWhatIsNext() throws Exception {
    Ran ran = monitor("replay:" + DATA.resolve("ka512_T0.60.gsd") + "?T=0.6&dt=0.005", "found");
    assertThat(ran.exit()).as(ran.err()).isZero();
    int[] large =
        Pattern.compile("(?m)^(\\d+) 1 ")
            .matcher(frames().get(0))
            .results()
            .mapToInt(row -> Integer.parseInt(row.group(1)) - 1)
            .toArray();
    int values = 0;
    int hops = 0;
    double sum = 0;
    for (double[] window : referencePHop()) {
      for (int i : large) {
        sum += window[i];
        hops += window[i] > 0.2 ? 1 : 0;
        values++;
      }
    }
    String set = folder.resolve("found/training/fluidity.h5").toString();
    assertThat(ran.err())
        .contains("61 frames, 51 windows, 0 incomplete, 0 dead letters in ")
        .contains("ka512_T0.60, T = 0.6, 0 to 60 tau: too short to tell equilibrium (")
        .contains(
            String.format(
                java.util.Locale.ROOT,
                "  %.3g%% of the A particles rearrange (p_hop > 0.2), mean p_hop %.3g sigma^2, in"
                    + " 51 windows of 10 tau",
                100.0 * hops / values,
                sum / values))
        .contains("  ./vitrine train " + set + " --output ")
        .contains("  ./vitrine serve " + folder.resolve("found"));
    assertThat(ran.json().get("alarms")).isEmpty();
  }

  @Test
  void monitor_liquidHotterThanDeclared_saysSo() throws Exception {
    String hot = folder.resolve("hot.gsd").toString();
    assertThat(run("simulate", "--T", "1.2", "--N", "300", "--until", "25", "--output", hot).exit())
        .isZero();
    Ran ran = monitor("replay:" + hot + "?T=0.6&dt=0.005", "wrong");
    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(ran.err()).containsPattern("alarm: temperature: measured T = 1[.][12]");
    assertThat(ran.json().get("alarms").get(0).get("kind").asText()).isEqualTo("temperature");
    Ran without = monitor("replay:" + hot + "?dt=0.005", "without");
    assertThat(without.err()).contains("vitrine: hot: no T given (T= in the URI)");
  }

  /** Float32 positions move a feature by 2e-5. */
  private static final double FEATURE_TOLERANCE = 5e-5;

  @Test
  void monitor_exportsAndTrainingSet_pairPHopWithTheStructureTwoTauBefore() throws Exception {
    Path hops = folder.resolve("hops.h5");
    Path features = folder.resolve("features.h5");
    Ran ran =
        monitor(
            "replay:" + DATA.resolve("ka512_T0.60.gsd") + "?T=0.6&dt=0.005",
            "aligned",
            "--tail-fraction",
            "0.1",
            "--at",
            "3,30",
            "--export",
            "hops=" + hops,
            "--export",
            "features=" + features);
    assertThat(ran.exit()).as(ran.err()).isZero();
    try (HdfFile exported = new HdfFile(features);
        HdfFile moved = new HdfFile(hops);
        HdfFile set = new HdfFile(folder.resolve("aligned/training/fluidity.h5"))) {
      double[][][] g = (double[][][]) exported.getDatasetByPath("features").getData();
      int[] particles = (int[]) exported.getDatasetByPath("particle").getData();
      assertThat(particles).hasSize(410);
      for (int t = 0; t < 2; t++) {
        double[] reference = npy("features_frame" + (t == 0 ? 3 : 30) + ".npy");
        for (int i = 0; i < particles.length; i++) {
          for (int k = 0; k < 100; k++) {
            assertThat(Math.abs(g[t][i][k] - reference[100 * i + k])).isLessThan(FEATURE_TOLERANCE);
          }
        }
      }
      double[] time = (double[]) set.getDatasetByPath("time").getData();
      double[] structure = (double[]) set.getDatasetByPath("structure_time").getData();
      double[] value = (double[]) set.getDatasetByPath("p_hop").getData();
      int[] who = (int[]) set.getDatasetByPath("particle").getData();
      float[][] rows = (float[][]) set.getDatasetByPath("features").getData();
      double[][] pHop = (double[][]) moved.getDatasetByPath("p_hop").getData();
      double[] times = (double[]) moved.getDatasetByPath("time").getData();
      int compared = 0;
      for (int s = 0; s < time.length; s++) {
        assertThat(structure[s]).isEqualTo(time[s] - 2);
        int i = Arrays.binarySearch(particles, who[s]);
        assertThat(value[s]).isEqualTo(pHop[Arrays.binarySearch(times, time[s])][i]);
        if (structure[s] == 3 || structure[s] == 30) {
          for (int k = 0; k < 100; k++) {
            assertThat(rows[s][k]).isEqualTo((float) g[structure[s] == 3 ? 0 : 1][i][k]);
          }
          compared++;
        }
      }
      assertThat(compared).isGreaterThan(10);
    }
  }

  @Test
  void monitor_replayedAgainIntoTheSameStore_changesNothing() throws Exception {
    String frames = "replay:" + DATA.resolve("ka512_T0.60.gsd") + "?T=0.6&dt=0.005&id=cold";
    String store = "jdbc:sqlite:" + folder.resolve("shared.sqlite");
    assertThat(monitor(frames, "first", "--store", store).exit()).isZero();
    List<String> before = contents(store);
    assertThat(before).hasSizeGreaterThan(100);
    assertThat(monitor(frames, "second", "--store", store).exit()).isZero();
    assertThat(contents(store)).isEqualTo(before);
  }

  @Test
  void monitor_doneAlready_saysSoAndChangesNothing() throws Exception {
    String frames = "replay:" + DATA.resolve("ka512_T0.60.gsd") + "?T=0.6&dt=0.005&id=cold";
    assertThat(monitor(frames, "run").exit()).isZero();
    Ran again = monitor(frames, "run");
    assertThat(again.exit()).isZero();
    assertThat(again.err()).contains("done already");
    assertThat(again.json().get("windows").asInt()).isEqualTo(51);
    Ran other = monitor(frames, "run", "--convention", "half-open");
    assertThat(other.exit()).isEqualTo(1);
    assertThat(other.err()).contains("inclusive").contains("half-open");
  }

  @Test
  void monitor_anotherInputUnderTheSameName_isRefused() {
    String store = "jdbc:sqlite:" + folder.resolve("shared.sqlite");
    String name = "?T=0.6&dt=0.005&id=cold";
    assertThat(
            monitor("replay:" + DATA.resolve("ka512_T0.60.gsd") + name, "a", "--store", store)
                .exit())
        .isZero();
    Ran other =
        monitor("replay:" + DATA.resolve("ka512_T0.60.lammpstrj") + name, "b", "--store", store);
    assertThat(other.exit()).isEqualTo(1);
    assertThat(other.err().lines().filter(l -> l.startsWith("vitrine:"))).hasSize(1);
    assertThat(other.err()).contains("cold").doesNotContain("\tat ");
  }

  @Test
  void monitor_frameWithNaNAndAnotherWithFewerParticles_areDeadLettersAndGoodFramesUnharmed()
      throws Exception {
    List<String> frames = frames();
    frames.set(20, frames.get(20).replaceFirst("\n7 (\\d) \\S+ ", "\n7 $1 nan "));
    String fewer = frames.get(40);
    fewer = fewer.replace("NUMBER OF ATOMS\n512", "NUMBER OF ATOMS\n511");
    frames.set(40, fewer.stripTrailing().replaceFirst("\n[^\n]*\\z", ""));
    Path dump = folder.resolve("bad.lammpstrj");
    Files.write(dump, frames);
    Ran ran = monitor("replay:" + dump + "?T=0.6&dt=0.005", "bad");
    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(ran.json().get("frames").asInt()).isEqualTo(59);
    assertThat(ran.json().get("dead_letters").asInt()).isEqualTo(2);
    // Windows centred at 5..14, 26..34, 46..55: 10 + 9 + 10 of 51.
    assertThat(ran.json().get("windows").asInt()).isEqualTo(29);
    assertThat(ran.json().get("windows_incomplete").asInt()).isEqualTo(22);
    List<String> letters =
        contents("jdbc:sqlite:" + folder.resolve("bad/store.sqlite")).stream()
            .filter(row -> row.startsWith("dead_letters"))
            .toList();
    assertThat(letters).hasSize(2);
    assertThat(String.join("\n", letters)).contains("particle 7").contains("511");
  }

  @Test
  void monitor_unusableInput_isRefusedInOneLine() throws Exception {
    Path coarse = folder.resolve("coarse.lammpstrj");
    List<String> every = frames();
    List<String> second = new ArrayList<>();
    for (int f = 0; f < every.size(); f += 2) {
      second.add(every.get(f));
    }
    Files.write(coarse, second);
    Path junk = folder.resolve("junk.gsd");
    Files.writeString(junk, "this is not a trajectory");
    refused(1, "does not exist", "replay:" + folder.resolve("none.gsd") + "?T=1&dt=0.005");
    refused(1, "format", "replay:" + junk + "?T=1&dt=0.005");
    refused(1, "2.0 tau apart", "replay:" + coarse + "?T=1&dt=0.005");
    refused(1, "give dt=", "replay:" + DATA.resolve("ka512_T0.60.gsd") + "?T=0.6");
    refused(2, "'Temp'", "replay:x.gsd?Temp=1");
    refused(2, "must be > 0", "replay:x.gsd?T=-0.5");
    refused(2, "simulate:, replay:, follow:, imd: or kafka:", "x.gsd");
  }

  private void refused(int exit, String because, String frames) throws IOException {
    Ran ran = monitor(frames, "refused");
    assertThat(ran.exit()).as(frames).isEqualTo(exit);
    assertThat(ran.err()).contains(because).doesNotContain("\tat ");
    assertThat(ran.err().lines().filter(l -> l.startsWith("vitrine:"))).hasSize(1);
    assertThat(ran.json().get("error").asText()).contains(because);
  }

  @Test
  void monitor_scaledDump_isTimedByItsOwnTime() throws Exception {
    Ran ran =
        monitor("replay:" + DATA.resolve("ka512_scaled_10frames.lammpstrj") + "?T=0.6", "scaled");
    assertThat(ran.exit()).as("ten frames hold no window").isEqualTo(1);
    assertThat(ran.err()).contains("10 frames");
    List<String> frames =
        contents("jdbc:sqlite:" + folder.resolve("scaled/store.sqlite")).stream()
            .filter(row -> row.startsWith("frames "))
            .toList();
    assertThat(frames).hasSize(10);
    assertThat(frames.get(0)).contains("time_ms=160000").contains("step=12000");
  }

  @Test
  void monitor_twoSimulations_exportInAGroupEach() throws Exception {
    Path hops = folder.resolve("two.h5");
    Ran ran =
        run(
            "monitor",
            "--runner",
            "direct",
            "--no-model",
            "--frames",
            "simulate:?T=1.0&N=200&seed=1&id=a",
            "--frames",
            "simulate:?T=1.5&N=200&seed=2&id=b",
            "--until",
            "14",
            "--export",
            "hops=" + hops,
            "--output",
            folder.resolve("two").toString(),
            "--json");
    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(ran.json().at("/simulations/a/windows").asInt()).isEqualTo(5);
    assertThat(ran.json().at("/simulations/b/frames").asInt()).isEqualTo(15);
    try (HdfFile file = new HdfFile(hops)) {
      assertThat(file.getDatasetByPath("a/p_hop").getDimensions()).containsExactly(5, 160);
      assertThat(file.getDatasetByPath("b/time").getDimensions()).containsExactly(5);
    }
  }

  private static List<String> frames() throws IOException {
    String dump = Files.readString(DATA.resolve("ka512_T0.60.lammpstrj"));
    List<String> frames = new ArrayList<>();
    for (String text : dump.split("(?=ITEM: TIMESTEP)", -1)) {
      frames.add(text.stripTrailing());
    }
    return frames;
  }

  /** Rows of all tables but what says when and where they were written. */
  private static List<String> contents(String url) throws Exception {
    List<String> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(url);
        Statement tables = connection.createStatement();
        ResultSet names =
            tables.executeQuery("SELECT name FROM sqlite_master WHERE type = 'table'")) {
      while (names.next()) {
        String table = names.getString(1);
        try (Statement statement = connection.createStatement();
            ResultSet found = statement.executeQuery("SELECT * FROM " + table)) {
          while (found.next()) {
            StringBuilder row = new StringBuilder(table).append(' ');
            for (int c = 1; c <= found.getMetaData().getColumnCount(); c++) {
              row.append(found.getMetaData().getColumnName(c)).append('=');
              row.append(found.getString(c)).append(' ');
            }
            rows.add(row.toString());
          }
        }
      }
    }
    rows.sort(null);
    return rows;
  }

  /** The reference p_hop [51][512]. */
  static double[][] referencePHop() throws IOException {
    double[] values = npy("phop_ka512_T0.60.npy");
    double[][] pHop = new double[51][];
    for (int f = 0; f < pHop.length; f++) {
      pHop[f] = Arrays.copyOfRange(values, 512 * f, 512 * (f + 1));
    }
    return pHop;
  }

  /** Values of an npy file: little-endian float64, C order. */
  private static double[] npy(String name) throws IOException {
    byte[] bytes = Files.readAllBytes(DATA.resolve(name));
    int header = 10 + (bytes[8] & 0xff) + 256 * (bytes[9] & 0xff);
    double[] values = new double[(bytes.length - header) / Double.BYTES];
    java.nio.ByteBuffer.wrap(bytes, header, bytes.length - header)
        .slice()
        .order(java.nio.ByteOrder.LITTLE_ENDIAN)
        .asDoubleBuffer()
        .get(values);
    return values;
  }
}
