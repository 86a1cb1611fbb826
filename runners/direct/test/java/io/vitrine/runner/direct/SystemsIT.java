package io.vitrine.runner.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jhdf.HdfFile;
import io.vitrine.Npy;
import io.vitrine.TestData;
import io.vitrine.format.ReadPosition;
import io.vitrine.format.ReaderOptions;
import io.vitrine.format.TrajectoryReader;
import io.vitrine.format.run.TrainingSetFile;
import io.vitrine.format.trajectory.Trajectories;
import io.vitrine.model.TrainingSet;
import io.vitrine.pipelines.Ran;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The systems of testdata/systems through {@code monitor}, against numpy; and what is refused. */
final class SystemsIT {
  private static final int AT = 7;

  @TempDir private Path folder;

  private static Path data(String name) {
    return TestData.file("systems/" + name);
  }

  private Ran monitor(String frames, String... more) {
    List<String> arguments = new ArrayList<>(List.of("monitor", "--runner", "direct", "--json"));
    arguments.addAll(List.of("--frames", frames, "--output", folder.resolve("run").toString()));
    arguments.addAll(Arrays.asList(more));
    return Ran.run(List.of(new DirectRuntime()), arguments.toArray(new String[0]));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "plane.gsd            | Large | 3 | 2 | looks at 20 of 38 particles: species Large (20 Large, 10 Middle, 8 Small), in two dimensions",
        "triclinic.lammpstrj  | B     | 3 | 3 | looks at 16 of 60 particles: species B (36 A, 16 B, 8 C)",
        "slab.extxyz          | A     | 2 | 3 | looks at 48 of 60 particles: species A (48 A, 12 B), free along z",
        "polydisperse.gsd     | A     | 1 | 3 | looks at 60 of 60 particles: species A (60 A)",
      })
  void monitor_systemOfAnotherKind_hasNumpysNumbers(
      String file, String looked, int species, int dimensions, String said) throws Exception {
    String name = file.substring(0, file.indexOf('.'));
    Path hops = folder.resolve("hops.h5");
    Path features = folder.resolve("features.h5");
    Ran ran =
        monitor(
            "replay:" + data(file) + "?T=0.5&dt=0.005&id=s",
            "--model",
            data(name + ".model.json").toString(),
            "--particles",
            looked,
            "--wavevector",
            "7.25",
            "--wavevector",
            "2",
            "--tail-fraction",
            "0.05",
            "--export",
            "hops=" + hops,
            "--export",
            "features=" + features,
            "--at",
            String.valueOf(AT));

    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(ran.err()).contains("s: " + said);
    assertThat(ran.json().get("windows").asInt()).isEqualTo(14);
    assertThat(ran.json().get("dead_letters").asInt()).isZero();
    try (HdfFile found = new HdfFile(hops);
        HdfFile structure = new HdfFile(features)) {
      int[] rows = rows(found, file);
      Npy pHop = Npy.read("systems/" + name + ".p_hop.npy");
      double[][] measured = (double[][]) found.getDatasetByPath("p_hop").getData();
      double[][] scores = (double[][]) found.getDatasetByPath("score/" + name + ".model").getData();
      double[] score = Npy.read("systems/" + name + ".scores.npy").values();
      double[][][] vectors = (double[][][]) structure.getDatasetByPath("features").getData();
      Npy golden = Npy.read("systems/" + name + ".features.npy");
      int n = score.length;
      int width = golden.values().length / n;
      assertThat(width).isEqualTo(50 * species);
      for (int i = 0; i < rows.length; i++) {
        for (int w = 0; w < measured.length; w++) {
          assertThat(measured[w][i]).isCloseTo(pHop.values()[w * n + rows[i]], within(1e-9));
        }
        // The row of t = 9 has the score of the structure at 7.
        assertThat(scores[AT + 2 - 5][i]).isCloseTo(score[rows[i]], within(1e-4));
        for (int k = 0; k < width; k++) {
          double g = golden.values()[rows[i] * width + k];
          assertThat(vectors[0][i][k]).isCloseTo(g, within(1e-5));
        }
      }
    }
    TrainingSet set = TrainingSetFile.read(folder.resolve("run/training/fluidity.h5"));
    assertThat(set.spec().species()).hasSize(species);
    assertThat(set.spec().dimensions()).isEqualTo(dimensions);
    agreeOnRelaxation(name, looked);
  }

  /** Rows of the exported particles in numpy's arrays, which are by index. */
  private static int[] rows(HdfFile found, String file) {
    int[] particles = (int[]) found.getDatasetByPath("particle").getData();
    int first = file.endsWith(".gsd") ? 0 : 1;
    return Arrays.stream(particles).map(id -> id - first).toArray();
  }

  private void agreeOnRelaxation(String name, String species) throws Exception {
    JsonNode golden =
        new ObjectMapper().readTree(data(name + ".relaxation.json").toFile()).get(species);
    int compared = 0;
    try (Connection store =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("run/store.sqlite"));
        ResultSet row =
            store
                .createStatement()
                .executeQuery("SELECT observable, wavevector, lag, value FROM relaxation")) {
      for (; row.next(); compared++) {
        String observable = row.getString(1);
        String key =
            observable.equals("Fs") ? (row.getDouble(2) == 2 ? "Fs/2" : "Fs/7.25") : observable;
        double value = golden.get(key).get(String.valueOf(Math.round(row.getDouble(3)))).asDouble();
        assertThat(row.getDouble(4)).as(key).isCloseTo(value, within(1e-9));
      }
    }
    assertThat(compared).isEqualTo(6 * 19);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "slab.extxyz?names=B:C        | triclinic | species of the simulations with --model triclinic.model must be A, B, C, but was A, C",
        "plane.gsd?                   | triclinic | must be A, B, C (names=Large:A,Middle:B,Small:C in --frames renames), but was Large, Middle, Small",
        "plane.gsd?names=Large:A,Middle:B,Small:C | triclinic | dimensions of the simulations with --model triclinic.model must be 3, but was 2",
      })
  void monitor_modelOfAnotherKind_isRefusedInOneLine(String frames, String model, String reason) {
    Ran ran =
        monitor(
            "replay:" + data("plane.gsd").getParent() + "/" + frames + "&T=0.5&dt=0.005",
            "--model",
            data(model + ".model.json").toString());
    assertThat(ran.exit()).as(ran.err()).isEqualTo(2);
    assertThat(ran.err().lines().filter(l -> l.startsWith("vitrine:")))
        .singleElement()
        .asString()
        .contains(reason);
  }

  @Test
  void monitor_scaledDistances_hasNumpysFeaturesAndScores() throws Exception {
    Path features = folder.resolve("features.h5");
    Path hops = folder.resolve("hops.h5");
    Path particles = folder.resolve("particles.gsd");
    String[] words = {
      "--scale-distances",
      "diameter",
      "--model",
      data("polydisperse.scaled.model.json").toString(),
      "--export",
      "features=" + features,
      "--at",
      String.valueOf(AT),
      "--export",
      "hops=" + hops,
      "--export",
      "particles=" + particles,
      "--tail-fraction",
      "0.05"
    };
    String frames = "replay:" + data("polydisperse.gsd") + "?T=0.5&dt=0.005";
    Ran ran = monitor(frames, words);
    assertThat(ran.exit()).as(ran.err()).isZero();
    try (HdfFile found = new HdfFile(features);
        HdfFile scored = new HdfFile(hops)) {
      assertThat(found.getAttribute("scale_distances").getData()).isEqualTo("diameter");
      double[][][] vectors = (double[][][]) found.getDatasetByPath("features").getData();
      double[] golden = Npy.read("systems/polydisperse.scaled-features.npy").values();
      double[] score = Npy.read("systems/polydisperse.scaled-scores.npy").values();
      double[][] scores =
          (double[][]) scored.getDatasetByPath("score/polydisperse.scaled.model").getData();
      for (int i = 0; i < score.length; i++) {
        assertThat(scores[AT + 2 - 5][i]).isCloseTo(score[i], within(1e-4));
        for (int k = 0; k < 50; k++) {
          assertThat(vectors[0][i][k]).isCloseTo(golden[50 * i + k], within(1e-5));
        }
      }
    }
    TrainingSet set = TrainingSetFile.read(folder.resolve("run/training/fluidity.h5"));
    assertThat(set.spec().hasScaledDistances()).isTrue();
    try (TrajectoryReader reader =
        Trajectories.open(particles, ReaderOptions.finished("s", 1), ReadPosition.START)) {
      assertThat(reader.next().particles().diameters()).hasSize(60);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "slab.extxyz      | --scale-distances diameter | 1 | expected diameters (--scale-distances diameter), found none",
        "slab.extxyz      | --radii 1:3                | 2 | --radii must be FROM:TO:STEP, three numbers, but was '1:3'",
        "slab.extxyz      | --radii 1:3:0.3            | 2 | radii FROM:TO:STEP must have TO >= FROM, a whole number of steps",
        "slab.extxyz      | --delta -1                 | 2 | --delta must be > 0",
        "polydisperse.gsd | --radii 0.2:4:0.2 --model testdata/systems/polydisperse.model.json | 2 | structure functions of --model polydisperse.model must be those of the run, 20 radii from 0.2 to 4.0, delta 0.2, cut-off 5.2 (--radii, --delta, --scale-distances), but was 50 radii from 0.1 to 5.0",
        "polydisperse.gsd | --model testdata/systems/polydisperse.scaled.model.json | 2 | cut-off 6.2, distances in mean diameters",
      })
  void monitor_featuresThatDoNotFit_areRefusedInOneLine(
      String file, String options, int exit, String reason) {
    String typed = options.replace("testdata/", TestData.root() + "/testdata/");
    Ran ran = monitor("replay:" + data(file) + "?T=0.5&dt=0.005", typed.split(" ", -1));
    assertThat(ran.exit()).as(ran.err()).isEqualTo(exit);
    assertThat(ran.err().lines().filter(l -> l.startsWith("vitrine:")))
        .singleElement()
        .asString()
        .contains(reason);
  }

  @Test
  void monitor_radiiBeyondTheFirstPeak_areWarnedOf() throws Exception {
    Path features = folder.resolve("features.h5");
    Ran ran =
        monitor(
            "replay:" + data("slab.extxyz") + "?T=0.5&dt=0.005&id=s",
            "--radii",
            "2:4:0.5",
            "--delta",
            "0.3",
            "--export",
            "features=" + features,
            "--at",
            "7");
    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(ran.err())
        .containsPattern(
            "s: warning: the first peak of g\\(r\\), at 0?[.1]\\S+, lies outside the radii");
    try (HdfFile found = new HdfFile(features)) {
      assertThat((double[]) found.getAttribute("radii").getData())
          .containsExactly(2, 2.5, 3, 3.5, 4);
      assertThat(((double[][][]) found.getDatasetByPath("features").getData())[0][0]).hasSize(10);
    }
  }

  @Test
  void monitor_particlesOfSomeNames_exportsThem() throws Exception {
    Path hops = folder.resolve("hops.h5");
    Ran ran =
        monitor(
            "replay:" + data("triclinic.lammpstrj") + "?T=0.5&dt=0.005",
            "--particles",
            "C,A",
            "--export",
            "hops=" + hops);
    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(ran.err()).contains("species C (36 A, 16 B, 8 C)").contains("No scores");
    try (HdfFile found = new HdfFile(hops)) {
      byte[] types = (byte[]) found.getDatasetByPath("type").getData();
      assertThat(types).hasSize(44).contains(0, 2).doesNotContain(1);
      assertThat(found.getAttribute("species").getData()).isEqualTo("A,B,C");
      double[] pHop = ((double[][]) found.getDatasetByPath("p_hop").getData())[0];
      int[] rows = rows(found, "triclinic.lammpstrj");
      Npy golden = Npy.read("systems/triclinic.p_hop.npy");
      for (int i = 0; i < rows.length; i++) {
        assertThat(pHop[i]).isCloseTo(golden.values()[rows[i]], within(1e-9));
      }
    }
  }
}
