package io.vitrine.pipelines.propensity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitrine.engine.Integration;
import io.vitrine.engine.Interactions;
import io.vitrine.engine.Simulation;
import io.vitrine.format.ReadPosition;
import io.vitrine.format.ReaderOptions;
import io.vitrine.format.TrajectoryReader;
import io.vitrine.format.TrajectoryWriter;
import io.vitrine.format.trajectory.Trajectories;
import io.vitrine.model.Box;
import io.vitrine.model.Frame;
import io.vitrine.model.Particles;
import io.vitrine.pipelines.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Isoconfigurational ensembles: their numbers, and that threads and kills change none. */
final class PropensityCommandTest {
  private static final int COUNT = 216;
  private static final double[] TIMES = {0.5, 15, 25};

  @TempDir private Path folder;
  private Frame start;
  private Path startFile;

  @BeforeEach
  void simpleCubicStart() throws Exception {
    double edge = 6 * 1.07;
    double[] positions = new double[3 * COUNT];
    int[] ids = new int[COUNT];
    byte[] types = new byte[COUNT];
    for (int i = 0; i < COUNT; i++) {
      ids[i] = i + 1;
      types[i] = (byte) (i % 5 == 0 ? 1 : 0);
      positions[3 * i] = (i % 6 + 0.5) * 1.07;
      positions[3 * i + 1] = (i / 6 % 6 + 0.5) * 1.07;
      positions[3 * i + 2] = (Math.floorDiv(i, 36) + 0.5) * 1.07;
    }
    start =
        Frame.of("start")
            .at(0, 0)
            .box(Box.cube(edge))
            .particles(Particles.of(ids, types, List.of("A", "B")))
            .wrapped(positions, null)
            .build();
    startFile = folder.resolve("start.extxyz");
    try (TrajectoryWriter writer = Trajectories.create(startFile)) {
      writer.write(start);
    }
  }

  private Ran run(String output, String... more) {
    String[] words = {
      "propensity",
      "--start",
      startFile.toString(),
      "--T",
      "1.0",
      "--replicas",
      "3",
      "--json",
      "--output",
      folder.resolve(output).toString()
    };
    String[] all = java.util.Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return Ran.run(List.of(), all);
  }

  private double[] field(String file, String name) throws Exception {
    ReaderOptions options = ReaderOptions.finished("set", 1).with(name);
    try (TrajectoryReader reader =
        Trajectories.open(folder.resolve(file), options, ReadPosition.START)) {
      assertThat(reader.next().count()).isEqualTo(COUNT);
      return reader.property();
    }
  }

  /** The oracle is each trajectory on its own, written out tau by tau and unwrapped by hand. */
  @Test
  void propensity_ofThreeReplicas_isMeanAndErrorOfTheirDisplacements() throws Exception {
    Ran ran = run("set.extxyz", "--time", "2");
    assertThat(ran.exit()).as(ran.err()).isZero();
    double[] mean = field("set.extxyz", "propensity");
    double[] error = field("set.extxyz", "propensity_error");
    double[][] lengths = new double[3][COUNT];
    for (int r = 0; r < 3; r++) {
      Simulation simulation =
          Simulation.start(
              start, Interactions.kobAndersen(), Integration.nvt(), 1.0, Replica.seed(1, 0, r));
      double[] last = start.positions();
      double[] moved = new double[3 * COUNT];
      for (int s = 0; s < 40; s++) {
        simulation.advance(10);
        double[] now = simulation.frame("r").positions();
        for (int k = 0; k < moved.length; k++) {
          double d = now[k] - last[k];
          moved[k] += d - 6.42 * Math.rint(d / 6.42);
        }
        last = now;
      }
      for (int i = 0; i < COUNT; i++) {
        lengths[r][i] = Math.hypot(Math.hypot(moved[3 * i], moved[3 * i + 1]), moved[3 * i + 2]);
      }
    }
    for (int i = 0; i < COUNT; i++) {
      double a = lengths[0][i];
      double b = lengths[1][i];
      double c = lengths[2][i];
      double m = (a + b + c) / 3;
      double v = ((a - m) * (a - m) + (b - m) * (b - m) + (c - m) * (c - m)) / 2;
      assertThat(mean[i]).isCloseTo(m, within(1e-5));
      assertThat(error[i]).isCloseTo(Math.sqrt(v / 3), within(1e-5));
    }
    JsonNode summary = ran.json();
    assertThat(summary.get("propensity").get("mean").asDouble())
        .isCloseTo(java.util.Arrays.stream(mean).average().orElseThrow(), within(1e-12));
    assertThat(folder.resolve("set.extxyz.replicas")).doesNotExist();
  }

  @Test
  void propensity_ofSeveralTimesAndThreads_writesTheSameBytesAndGsd() throws Exception {
    assertThat(run("one.extxyz", "--time", "1.5,0.5").exit()).isZero();
    assertThat(run("two.extxyz", "--time", "0.5,1.5", "--threads", "3").exit()).isZero();
    assertThat(folder.resolve("two.extxyz")).hasSameBinaryContentAs(folder.resolve("one.extxyz"));
    assertThat(run("three.gsd", "--time", "0.5,1.5").exit()).isZero();
    double[] text = field("one.extxyz", "propensity_1_5");
    double[] binary = field("three.gsd", "propensity_1_5");
    for (int i = 0; i < COUNT; i++) {
      assertThat(binary[i]).isCloseTo(text[i], within(1e-6));
    }
  }

  @Test
  void replica_stoppedAnywhereOrKilled_endsInTheSameBits() throws Exception {
    double[][] whole = replica("whole", "q").run(ka(), Integration.nvt(), 1.0, 5, () -> false);
    // 25 tau have the marks 0.5, 10, 15, 20 and 25.
    for (int after = 0; after < 5; after++) {
      String name = "stopped" + after;
      AtomicInteger asked = new AtomicInteger();
      int last = after;
      double[][] stopped =
          replica(name, "q")
              .run(ka(), Integration.nvt(), 1.0, 5, () -> asked.getAndIncrement() == last);
      assertThat(stopped).isNull();
      assertThat(replica(name, "q").run(ka(), Integration.nvt(), 1.0, 5, () -> false))
          .isDeepEqualTo(whole);
    }
    // A kill leaves the file of the last mark: here the one of 10 tau, as nothing is asked again.
    AtomicInteger asked = new AtomicInteger();
    try {
      replica("killed", "q")
          .run(
              ka(),
              Integration.nvt(),
              1.0,
              5,
              () -> {
                if (asked.getAndIncrement() == 3) {
                  throw new IllegalStateException("killed");
                }
                return false;
              });
    } catch (IllegalStateException killed) {
      assertThat(killed).hasMessage("killed");
    }
    assertThat(folder.resolve("killed")).exists();
    assertThat(replica("killed", "q").run(ka(), Integration.nvt(), 1.0, 5, () -> false))
        .isDeepEqualTo(whole);
  }

  @Test
  void replica_fileOfAnotherRequestOrCut_isRefusedByName() throws Exception {
    replica("kept", "one").run(ka(), Integration.nvt(), 1.0, 5, () -> true);
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> replica("kept", "two").run(ka(), Integration.nvt(), 1.0, 5, () -> true))
        .hasMessageContaining("kept: holds 'one', expected 'two'");
    byte[] bytes = Files.readAllBytes(folder.resolve("kept"));
    Files.write(folder.resolve("kept"), java.util.Arrays.copyOf(bytes, 9));
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> replica("kept", "one").run(ka(), Integration.nvt(), 1.0, 5, () -> true))
        .hasMessageContaining("kept: ends after 9 bytes");
  }

  @Test
  void propensity_ofBadWords_saysWhich() {
    assertThat(run("a.extxyz", "--time", "0.0012").err()).contains("--time", "0.0012");
    assertThat(run("a.extxyz", "--time", "1,1").err()).contains("name each time once");
    assertThat(run("a.lammpstrj", "--time", "1").err()).contains("--output", ".gsd or .extxyz");
    assertThat(run("a.extxyz", "--time", "1", "--replicas", "1").err()).contains("--replicas");
  }

  private static Interactions ka() {
    return Interactions.kobAndersen();
  }

  private Replica replica(String name, String request) {
    return new Replica(request, folder.resolve(name), start, TIMES);
  }
}
