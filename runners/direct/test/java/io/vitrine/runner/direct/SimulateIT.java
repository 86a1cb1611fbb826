package io.vitrine.runner.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitrine.Patience;
import io.vitrine.engine.Restart;
import io.vitrine.format.ReadPosition;
import io.vitrine.format.ReaderOptions;
import io.vitrine.format.TrajectoryReader;
import io.vitrine.format.imd.ImdClient;
import io.vitrine.format.imd.ImdFrame;
import io.vitrine.format.trajectory.Trajectories;
import io.vitrine.model.Frame;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The simulator as a process of its own: killed and gone on, stopped, served. */
final class SimulateIT {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"gsd", "extxyz"})
  void simulate_killedTwiceAndGoneOn_writesTheSameBytes(String suffix) throws Exception {
    Path whole = folder.resolve("whole").resolve("run." + suffix);
    Path cut = folder.resolve("cut").resolve("run." + suffix);
    Files.createDirectory(whole.getParent());
    Files.createDirectory(cut.getParent());
    assertThat(Patience.exit(start(whole, 60))).isZero();

    // Once while it equilibrates, once while it runs.
    Path restart = cut.getParent().resolve("restart");
    Process first = start(cut, 60);
    Patience.until(() -> Files.exists(restart), first);
    first.destroyForcibly().waitFor();
    Process second = start(cut, 60);
    Patience.until(() -> Files.exists(cut) && Files.size(cut) > Files.size(whole) / 3, second);
    second.destroyForcibly().waitFor();
    assertThat(Files.size(cut)).isLessThan(Files.size(whole));
    assertThat(Patience.exit(start(cut, 60))).isZero();

    assertThat(frames(cut)).isEqualTo(frames(whole)).hasSize(61);
    if (!suffix.equals("gsd")) {
      // The index of a GSD file grows where writing went on.
      assertThat(cut).hasSameBinaryContentAs(whole);
    }
    assertThat(summary(cut)).contains("\"resumed\":true");
  }

  @Test
  void simulate_goneOnFurther_isTheLongerRun() throws Exception {
    Path whole = folder.resolve("whole").resolve("run.extxyz");
    Path cut = folder.resolve("cut").resolve("run.extxyz");
    Files.createDirectory(whole.getParent());
    Files.createDirectory(cut.getParent());
    assertThat(Patience.exit(start(whole, 40))).isZero();
    assertThat(Patience.exit(start(cut, 15))).isZero();
    assertThat(Patience.exit(start(cut, 40))).isZero();

    assertThat(cut).hasSameBinaryContentAs(whole);
  }

  /** Killed while it is judged and while it runs: the same verdict, the same bytes. */
  @Test
  void simulate_equilibrateAutoKilledTwice_writesTheSameBytes() throws Exception {
    Path whole = folder.resolve("whole").resolve("run.extxyz");
    Path cut = folder.resolve("cut").resolve("run.extxyz");
    Files.createDirectory(whole.getParent());
    Files.createDirectory(cut.getParent());
    assertThat(Patience.exit(judged(whole, "2000"))).as(Files.readString(err())).isZero();
    JsonNode found = new ObjectMapper().readTree(summary(whole)).path("equilibration");
    assertThat(found.path("verdict").asText()).isEqualTo("equilibrated");
    // At T = 1 tau_alpha is about 1, so the verdict takes its 100 tau; a false alarm, 300 more.
    assertThat(found.path("tau").asInt()).isBetween(100, 400);
    assertThat(found.path("tau_alpha").asDouble()).isBetween(0.7, 1.6);

    Path restart = cut.getParent().resolve("restart");
    Process first = judged(cut, "2000");
    Patience.until(() -> Files.exists(restart) && !Restart.read(restart).memory().isEmpty(), first);
    first.destroyForcibly().waitFor();
    assertThat(Restart.read(restart).running()).isFalse();
    Process second = judged(cut, "2000");
    Patience.until(() -> Files.exists(cut) && Files.size(cut) > Files.size(whole) / 3, second);
    second.destroyForcibly().waitFor();
    assertThat(Patience.exit(judged(cut, "2000"))).isZero();

    assertThat(cut).hasSameBinaryContentAs(whole);
    assertThat(new ObjectMapper().readTree(summary(cut)).path("equilibration")).isEqualTo(found);
  }

  @Test
  void simulate_notInEquilibriumInTime_failsWithTheNumbersAndGoesOn() throws Exception {
    Path file = folder.resolve("run.extxyz");

    assertThat(Patience.exit(judged(file, "30"))).isEqualTo(1);

    assertThat(Files.readString(err()))
        .contains("not in equilibrium after 30 tau at T=1.0 (--equilibrate-at-most): too short")
        .contains("tau_alpha = ");
    assertThat(file).doesNotExist();
    assertThat(Patience.exit(judged(file, "2000"))).isZero();
    assertThat(frames(file)).hasSize(31);
  }

  private Process judged(Path file, String atMost) throws IOException {
    return simulate(
        file.toString(),
        file.getParent(),
        7,
        30,
        "--equilibrate",
        "auto",
        "--equilibrate-at-most",
        atMost);
  }

  @Test
  void simulate_interrupted_endsAndGoesOn() throws Exception {
    Path cut = folder.resolve("run.extxyz");
    Process process = start(cut, 100_000);
    Patience.until(() -> Files.exists(cut) && Files.size(cut) > 0, process);
    process.destroy();

    assertThat(Patience.exit(process)).isZero();
    int before = frames(cut).size();
    assertThat(summary(cut)).contains("\"steps\":" + 200 * (before - 1));
    assertThat(Patience.exit(start(cut, before + 5))).isZero();
    assertThat(frames(cut)).hasSize(before + 6);
  }

  @Test
  void simulate_overImd_servesTheFramesOfTheFile() throws Exception {
    Path file = folder.resolve("run.extxyz");
    assertThat(Patience.exit(start(file, 5))).isZero();
    List<Frame> frames = frames(file);
    Process process =
        simulate("imd://127.0.0.1:0", Files.createDirectory(folder.resolve("served")), 7, 5);
    Path out = folder.resolve("out.txt");
    Patience.until(() -> Files.readString(err()).contains("Serving"), process);
    int port =
        Integer.parseInt(Files.readString(err()).replaceAll("(?s).*imd://[^:]*:(\\d+);.*", "$1"));

    List<ImdFrame> served = new ArrayList<>();
    try (ImdClient client = ImdClient.connect("127.0.0.1", port, 200)) {
      for (ImdFrame f = client.next(); f != null; f = client.next()) {
        served.add(f);
      }
    }

    Patience.exit(process);
    assertThat(new ObjectMapper().readTree(out.toFile()).path("steps").asLong()).isEqualTo(1000);
    assertThat(served).hasSameSizeAs(frames);
    for (int k = 0; k < served.size(); k++) {
      Frame frame = frames.get(k);
      for (int n = 0; n < 600; n++) {
        double unwrapped = frame.positions()[n] + frame.images()[n] * frame.box().lx();
        assertThat(served.get(k).positions()[n]).isEqualTo((float) unwrapped);
      }
    }
  }

  @Test
  void simulate_anotherMixtureAndTimeStep_isWhatTheFileHolds() throws Exception {
    Path file = folder.resolve("run.gsd");
    Process process =
        simulate(
            file.toString(),
            folder,
            7,
            3,
            "--density",
            "0.9",
            "--fraction-a",
            "0.65",
            "--dt",
            ".002");

    assertThat(Patience.exit(process)).as(Files.readString(err())).isZero();
    assertThat(summary(file)).contains("\"steps\":1500");
    Frame last = frames(file).get(3);
    assertThat(last.time()).isEqualTo(3);
    assertThat(last.count() / last.box().volume()).isCloseTo(0.9, within(1e-6));
    assertThat(last.particles().indicesOf(0)).hasSize(130);
  }

  @Test
  void simulate_anotherRunInTheRestart_isRefused() throws Exception {
    Path file = folder.resolve("run.extxyz");
    assertThat(Patience.exit(start(file, 2))).isZero();

    Process other = simulate(file.toString(), folder, 8, 2);

    assertThat(Patience.exit(other)).isEqualTo(1);
    assertThat(Files.readString(err())).contains("holds the run").contains("seed=7", "seed=8");
  }

  private Path err() {
    return folder.resolve("err.txt");
  }

  private String summary(Path file) throws IOException {
    assertThat(file).exists();
    return Files.readString(folder.resolve("out.txt"), StandardCharsets.UTF_8);
  }

  private Process start(Path file, int until) throws IOException {
    return simulate(file.toString(), file.getParent(), 7, until);
  }

  private Process simulate(String output, Path beside, long seed, int until, String... more)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                DirectMain.class.getName(),
                "simulate",
                "--T",
                "1.0",
                "--N",
                "200",
                "--seed",
                String.valueOf(seed),
                "--until",
                String.valueOf(until),
                "--restart",
                beside.resolve("restart").toString(),
                "--output",
                output,
                "--json"));
    command.addAll(List.of(more));
    return new ProcessBuilder(command)
        .redirectOutput(folder.resolve("out.txt").toFile())
        .redirectError(err().toFile())
        .start();
  }

  private static List<Frame> frames(Path file) throws IOException {
    List<Frame> frames = new ArrayList<>();
    try (TrajectoryReader reader =
        Trajectories.open(file, ReaderOptions.finished("run", 0.005), ReadPosition.START)) {
      for (Frame f = reader.next(); f != null; f = reader.next()) {
        frames.add(f);
      }
    }
    return frames;
  }
}
