package io.vitrine.runner.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitrine.FreePort;
import io.vitrine.format.ReadPosition;
import io.vitrine.format.ReaderOptions;
import io.vitrine.format.TrajectoryReader;
import io.vitrine.format.trajectory.Trajectories;
import io.vitrine.model.Frame;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program beside real LAMMPS runs that serve IMD version 2: they are the user's. */
final class ImdIT {
  private static final int STALL_MILLIS = 10_000;
  private static final int STEPS_A_FRAME = 10;

  /** Runs on until the test says stop, at no step known beforehand. */
  private static final String UNTIL_STOP =
      "fix live all imd %d trate "
          + STEPS_A_FRAME
          + " unwrap on nowait %s\n"
          + "label again\nrun 2000\n"
          + "if \"$(is_file(stop)) == 0\" then \"jump SELF again\"\n";

  @TempDir private Path folder;

  /**
   * One run waits for its client, the other does not. Vitrine is stalled until the buffers between
   * are full, killed without a word, and comes again.
   */
  @Test
  void monitor_stalledThenKilledThenConnectedAgain_lammpsEndsWell() throws Exception {
    Lammps.need();
    int[] ports = {FreePort.find(), FreePort.find()};
    Lammps waits = Lammps.start(folder.resolve("waits"), UNTIL_STOP.formatted(ports[0], "off"));
    Lammps runs = Lammps.start(folder.resolve("runs"), UNTIL_STOP.formatted(ports[1], "on"));
    try {
      Path output = folder.resolve("out");
      MonitorProcess monitor = monitor(output, ports);
      Progress progress = new Progress(output.resolve("store.sqlite"), List.of(waits, runs));
      progress.await(monitor, 1);
      Checkpoints checkpoints = new Checkpoints(output.resolve("checkpoints"));
      while (monitor.isAlive() && checkpoints.newest().isEmpty()) {
        Thread.sleep(50);
      }

      monitor.stall();
      Thread.sleep(STALL_MILLIS);
      monitor.goOn();
      int windows = progress.count();
      progress.await(monitor, windows + 2);
      assertThat(monitor.isAlive()).as(monitor.err()).isTrue();
      monitor.kill();
      assertThat(waits.isAlive()).as(waits.output()).isTrue();
      assertThat(runs.isAlive()).as(runs.output()).isTrue();

      MonitorProcess again = monitor(output, ports);
      progress.awaitConnection(again);
      windows = progress.count();
      progress.await(again, windows + 2);
      Files.createFile(folder.resolve("waits/stop"));
      Files.createFile(folder.resolve("runs/stop"));
      assertThat(waits.await()).as(waits.output()).isZero();
      assertThat(runs.await()).as(runs.output()).isZero();
      assertThat(again.await()).as(again.err()).isZero();
      assertThat(again.out()).contains("\"resumed\":true");
      for (String id : List.of("waits", "runs")) {
        assertThat(progress.told(id)).hasSize(1);
        Path spool = output.resolve("spool");
        assertSpoolIsWhole(spool.resolve(id + ".gsd"), spool.resolve(id + ".notes"));
      }
    } finally {
      waits.end();
      runs.end();
    }
  }

  private MonitorProcess monitor(Path output, int[] ports) throws Exception {
    String query = "?T=0.6&every=" + STEPS_A_FRAME * 0.005 + "&types=" + Lammps.START + "&id=";
    return MonitorProcess.start(
        folder,
        List.of(
            "monitor",
            "--frames",
            "imd://127.0.0.1:" + ports[0] + query + "waits",
            "--frames",
            "imd://127.0.0.1:" + ports[1] + query + "runs",
            "--output",
            output.toString(),
            "--json"));
  }

  /**
   * Every frame came as it was sent: its particles are near where they were in the frame before, of
   * 0.05 tau ago, but where the spool notes that frames are missing. A torn frame is off by 1/12 of
   * the edge squared.
   */
  private static void assertSpoolIsWhole(Path spool, Path notes) throws Exception {
    Set<Long> noted = new HashSet<>();
    for (String line : Files.readAllLines(notes)) {
      noted.add(Long.parseLong(line.substring(0, line.indexOf('\t'))));
    }
    try (TrajectoryReader reader =
        Trajectories.open(spool, ReaderOptions.finished("s", 1), ReadPosition.START)) {
      double[] before = null;
      long count = 0;
      for (Frame frame = reader.next(); frame != null; frame = reader.next()) {
        double[] now = frame.positions();
        double edge = frame.box().lx();
        double sum = 0;
        for (int i = 0; before != null && i < now.length; i++) {
          double d = now[i] - before[i];
          d -= edge * Math.rint(d / edge);
          sum += d * d;
        }
        if (!noted.contains(count)) {
          assertThat(sum / now.length).as("frame " + count).isLessThan(edge * edge / 48);
        }
        before = now;
        assertThat(frame.step()).isEqualTo(++count);
      }
      assertThat(count).isGreaterThan(100);
    }
  }

  /** What the store says of the two simulations. */
  private record Progress(Path store, List<Lammps> engines) {
    /** Windows of that simulation which has fewer. */
    int count() throws Exception {
      if (!Files.exists(store)) {
        return 0;
      }
      List<String> windows = StoreContents.of(store).getOrDefault("windows", List.of());
      return (int) Math.min(of(windows, "waits").count(), of(windows, "runs").count());
    }

    void await(MonitorProcess monitor, int windows) throws Exception {
      while (monitor.isAlive() && count() < windows) {
        for (Lammps engine : engines) {
          assertThat(engine.isAlive()).as(engine.output()).isTrue();
        }
        Thread.sleep(200);
      }
    }

    /** Waits until the break between the connections is told of both. */
    void awaitConnection(MonitorProcess monitor) throws Exception {
      while (monitor.isAlive() && (told("waits").isEmpty() || told("runs").isEmpty())) {
        Thread.sleep(200);
      }
    }

    /** What is told of breaks between connections. */
    List<String> told(String simulation) throws Exception {
      return of(StoreContents.of(store).get("dead_letters"), simulation)
          .filter(row -> row.contains("a new connection begins"))
          .toList();
    }

    private static Stream<String> of(List<String> rows, String simulation) {
      return rows.stream().filter(row -> row.contains("simulation=" + simulation + " "));
    }
  }
}
