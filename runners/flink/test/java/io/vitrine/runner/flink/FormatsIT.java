package io.vitrine.runner.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jhdf.HdfFile;
import io.vitrine.FreePort;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One run of LAMMPS in every format and by every path: followed while LAMMPS, python3-gsd,
 * python3-h5py and Python write it, sent by IMD, forwarded to Kafka, and replayed.
 */
final class FormatsIT {
  private static final int TAU = 60;
  private static final double EXACT = 1e-6;
  private static final double FLOAT = 1e-5;

  /** Whose name the simulations have, too. */
  private static final Map<String, String> FILES =
      Map.of(
          "lammps", "run.lammpstrj",
          "lammps-gz", "run.lammpstrj.gz",
          "lammps-zst", "run.lammpstrj.zst",
          "gsd", "run.gsd",
          "h5md", "run.h5",
          "extxyz", "run.extxyz",
          "extxyz-gz", "run.extxyz.gz");

  private static final String DUMPS =
      """
      fix live all imd %d trate 200 unwrap on nowait off
      dump p all custom 200 run.lammpstrj id type x y z ix iy iz
      dump_modify p format float %%.15g
      dump g all custom/gz 200 run.lammpstrj.gz type xs ys zs ix iy iz id
      dump_modify g format float %%.15g
      dump z all custom/zstd 200 run.lammpstrj.zst id type xu yu zu
      dump_modify z format float %%.15g
      run 12000
      """;

  @TempDir private Path folder;

  @Test
  void monitor_anyFormatByAnyPath_givesTheSameHops() throws Exception {
    Lammps.need();
    PythonWriters.need();
    int port = FreePort.find();
    KafkaBroker broker = KafkaBroker.start(Files.createDirectories(folder.resolve("broker")));
    Path run = Files.createDirectories(folder.resolve("run"));
    Process python = PythonWriters.start(run, TAU + 1);
    Lammps lammps = Lammps.start(run, DUMPS.formatted(port));
    try {
      List<String> live = new ArrayList<>();
      FILES.forEach((id, file) -> live.add(uri("follow", run.resolve(file), id)));
      live.add("imd://127.0.0.1:" + port + "?T=0.6&types=" + Lammps.START + "&id=imd");
      live.add(broker.topic("run") + "?T=0.6&id=kafka");
      MonitorProcess monitor = monitor(live, folder.resolve("live"));
      MonitorProcess forward =
          MonitorProcess.start(
              folder,
              List.of(
                  "forward",
                  "--frames",
                  uri("follow", run.resolve("run.lammpstrj"), "run"),
                  "--until",
                  "" + TAU,
                  "--output",
                  broker.topic("run")));
      assertThat(lammps.await()).as(lammps.output()).isZero();
      assertThat(python.waitFor()).as(Files.readString(run.resolve("python.txt"))).isZero();
      assertThat(forward.await()).as(forward.err()).isZero();
      assertThat(monitor.await()).as(monitor.err()).isZero();
    } finally {
      python.destroyForcibly();
      lammps.end();
      broker.kill();
    }
    List<String> finished = new ArrayList<>();
    FILES.forEach((id, file) -> finished.add(uri("replay", run.resolve(file), id)));
    MonitorProcess replay = monitor(finished, folder.resolve("replayed"));
    assertThat(replay.await()).as(replay.err()).isZero();

    Hops expected = Hops.read(folder.resolve("replayed/hops.h5"), "lammps");
    assertThat(expected.byTime()).hasSize(TAU - 9);
    Map<String, Double> differences = new TreeMap<>();
    for (String id : FILES.keySet()) {
      for (String path : List.of("live", "replayed")) {
        Hops found = Hops.read(folder.resolve(path + "/hops.h5"), id);
        assertThat(found.byTime().keySet()).as(id).isEqualTo(expected.byTime().keySet());
        differences.put(path + " " + id, found.largestDifference(expected));
      }
    }
    Hops kafka = Hops.read(folder.resolve("live/hops.h5"), "kafka");
    assertThat(kafka.byTime().keySet()).isEqualTo(expected.byTime().keySet());
    differences.put("live kafka", kafka.largestDifference(expected));
    // IMD sends nothing of step 0.
    Hops imd = Hops.read(folder.resolve("live/hops.h5"), "imd");
    assertThat(imd.byTime()).hasSize(TAU - 10);
    differences.put("live imd", imd.largestDifference(expected));
    differences.forEach(
        (what, d) ->
            assertThat(d).as(what).isCloseTo(0, within(what.endsWith("imd") ? FLOAT : EXACT)));
  }

  private static String uri(String scheme, Path file, String id) {
    return scheme + ":" + file + "?T=0.6&dt=0.005&id=" + id;
  }

  private MonitorProcess monitor(List<String> frames, Path output) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("monitor"));
    for (String uri : frames) {
      arguments.addAll(List.of("--frames", uri));
    }
    arguments.addAll(
        List.of(
            "--until",
            "" + TAU,
            "--export",
            "hops=" + output.resolve("hops.h5"),
            "--output",
            output.toString(),
            "--json"));
    return MonitorProcess.start(folder, arguments);
  }

  /** p_hop of each particle by the time of the window. */
  private record Hops(Map<Double, double[]> byTime) {
    static Hops read(Path file, String simulation) {
      try (HdfFile hdf = new HdfFile(file)) {
        double[] times = (double[]) hdf.getDatasetByPath(simulation + "/time").getData();
        double[][] hops = (double[][]) hdf.getDatasetByPath(simulation + "/p_hop").getData();
        Map<Double, double[]> byTime = new TreeMap<>();
        for (int f = 0; f < times.length; f++) {
          byTime.put(times[f], hops[f]);
        }
        return new Hops(byTime);
      }
    }

    double largestDifference(Hops other) {
      double largest = 0;
      for (Map.Entry<Double, double[]> row : byTime.entrySet()) {
        double[] expected = other.byTime.get(row.getKey());
        assertThat(row.getValue()).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
          largest = Math.max(largest, Math.abs(row.getValue()[i] - expected[i]));
        }
      }
      return largest;
    }
  }
}
