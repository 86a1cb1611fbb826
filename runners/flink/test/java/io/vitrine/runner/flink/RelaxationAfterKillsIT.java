package io.vitrine.runner.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is remembered of the whole run survives SIGKILL: relaxation functions, verdicts and statics
 * of a run of the engine that is killed and started again are those of an undisturbed run.
 *
 * <p>{@code -Dvitrine.kills=10 -Dvitrine.tau=2000} makes it ten kills in 2,000 tau, {@code
 * -Dvitrine.seed=N} other moments.
 */
final class RelaxationAfterKillsIT {
  private static final int KILLS = Integer.getInteger("vitrine.kills", 2);
  private static final int LENGTH = Integer.getInteger("vitrine.tau", 120);
  private static final long SEED = Long.getLong("vitrine.seed", 1);

  private static final List<String> TABLES =
      List.of("relaxation_values", "verdicts", "statics_values", "pair_correlation_blocks");

  /** A kill comes up to so long after its time has been reached: amid a checkpoint, or not. */
  private static final int LATEST_MILLIS = 3_000;

  @TempDir private Path folder;

  @Test
  void monitor_killedAlongTheRun_endsWithTheRelaxationOfAnUndisturbedRun() throws Exception {
    Path undisturbed = folder.resolve("undisturbed");
    MonitorProcess plain = MonitorProcess.start(folder, arguments(undisturbed));
    assertThat(plain.await()).as(plain.err()).isZero();

    Path killed = folder.resolve("killed");
    Random random = new Random(SEED);
    for (int kill = 1; kill <= KILLS; kill++) {
      double reached = (kill - random.nextDouble()) * LENGTH / (KILLS + 1);
      MonitorProcess victim = MonitorProcess.start(folder, arguments(killed));
      while (victim.isAlive() && (newest(killed) < reached || checkpoints(killed).isEmpty())) {
        Thread.sleep(50);
      }
      Thread.sleep(random.nextInt(LATEST_MILLIS));
      victim.kill();
    }
    MonitorProcess last = MonitorProcess.start(folder, arguments(killed));
    assertThat(last.await()).as(last.err()).isZero();
    assertThat(last.out()).contains("\"resumed\":true");

    SortedMap<String, List<String>> expected =
        StoreContents.of(undisturbed.resolve("store.sqlite"));
    SortedMap<String, List<String>> found = StoreContents.of(killed.resolve("store.sqlite"));
    for (String table : TABLES) {
      assertThat(expected.get(table)).as(table).isNotEmpty();
      assertThat(found.get(table)).as(table).isEqualTo(expected.get(table));
    }
  }

  private static List<Path> checkpoints(Path run) throws IOException {
    return new Checkpoints(run.resolve("checkpoints")).newest().stream().toList();
  }

  /** Time of the newest frame in a run's store, tau; -1 before the first. */
  private static double newest(Path run) {
    Path store = run.resolve("store.sqlite");
    if (!Files.exists(store)) {
      return -1;
    }
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + store);
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("SELECT max(time_ms) FROM frames")) {
      long millis = found.next() ? found.getLong(1) : -1;
      return found.wasNull() ? -1 : millis / 1000.0;
    } catch (SQLException e) {
      return -1; // it is being made, or written to
    }
  }

  /** At T = 1 tau_alpha is about 2 tau, so 120 tau have every verdict's functions. */
  private static List<String> arguments(Path output) {
    return List.of(
        "monitor",
        "--frames",
        "simulate:?T=1.0&N=200&seed=5&pace=5&id=warm", // no run ends before it is killed
        "--until",
        "" + LENGTH,
        "--tail-fraction",
        "0.01",
        "--output",
        output.toString(),
        "--json");
  }
}
