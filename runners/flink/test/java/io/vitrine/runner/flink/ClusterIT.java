package io.vitrine.runner.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A JobManager and two TaskManagers, processes of their own; two jobs that write into one study of
 * one store, the second of which joins while the first runs; a TaskManager that both work on is
 * killed.
 */
final class ClusterIT {
  private static final Path ROOT = Path.of(System.getProperty("vitrine.root"));
  private static final Path WHOLE = ROOT.resolve("testdata/ka512/ka512_T0.60.extxyz");

  @TempDir private Path folder;

  private FlinkCluster cluster;

  @AfterEach
  void stopCluster() throws Exception {
    cluster.close();
  }

  @Test
  void monitor_secondJobJoinsAndTaskManagerKilled_endsWithTheResultsOfOneEmbeddedRun()
      throws Exception {
    Path growing = folder.resolve("growing.extxyz");
    Files.copy(WHOLE, growing);
    Path embedded = folder.resolve("embedded");
    run(arguments(embedded, growing, List.of("a", "b", "c"), List.of()));
    Path alone = folder.resolve("embedded-alone");
    run(arguments(alone, growing, List.of("c"), List.of()));

    cluster = FlinkCluster.start(folder, "--slots", "2");
    Path store = folder.resolve("study.sqlite");
    byte[] frames = Files.readAllBytes(WHOLE);
    Files.write(growing, Arrays.copyOf(frames, frames.length / 2));
    List<String> onCluster =
        List.of(
            "--flink-master",
            cluster.address(),
            "--parallelism",
            "2",
            "--store",
            "jdbc:sqlite:" + store);
    Path first = folder.resolve("first");
    MonitorProcess running =
        MonitorProcess.start(folder, arguments(first, growing, List.of("a", "b"), onCluster));
    FlinkCluster.awaitCheckpoint(running, first);
    Path second = folder.resolve("second");
    MonitorProcess joining =
        MonitorProcess.start(folder, arguments(second, growing, List.of("c"), onCluster));
    FlinkCluster.awaitCheckpoint(joining, second);
    assertThat(metrics()).containsAll(flinkMetricsOfTheDashboard());
    cluster.kill("taskmanager-1");
    cluster.startAgain();
    byte[] rest = Arrays.copyOfRange(frames, frames.length / 2, frames.length);
    Files.write(growing, rest, StandardOpenOption.APPEND);
    assertThat(running.await()).as(running.err()).isZero();
    assertThat(joining.await()).as(joining.err()).isZero();

    assertThat(StoreContents.of(store))
        .isEqualTo(StoreContents.of(embedded.resolve("store.sqlite")));
    assertThat(second.resolve("hops.h5")).hasSameBinaryContentAs(alone.resolve("hops.h5"));
  }

  @Test
  void monitor_pausedAndStartedAtOnceWhereTheClusterAnswersLate_goesOnToTheEnd() throws Exception {
    cluster = FlinkCluster.start(folder, "--taskmanagers", "1", "--slots", "2");
    cluster.answerLate(600);
    Path growing = folder.resolve("growing.extxyz");
    byte[] frames = Files.readAllBytes(WHOLE);
    Files.write(growing, Arrays.copyOf(frames, frames.length / 2));
    Path output = folder.resolve("paused");
    List<String> arguments =
        arguments(
            output, growing, List.of("a"), List.of("--flink-master", cluster.address(), "--json"));
    MonitorProcess first = MonitorProcess.start(folder, arguments);
    FlinkCluster.awaitCheckpoint(first, output);
    first.interrupt();
    assertThat(first.await()).as(first.err()).isZero();
    assertThat(first.out()).contains("\"paused\":true");

    Files.write(growing, frames);
    MonitorProcess second = MonitorProcess.start(folder, arguments);
    assertThat(second.await()).as(second.err()).isZero();
    assertThat(second.out())
        .contains("\"resumed\":true", "\"windows\":51")
        .doesNotContain("\"paused\":true");
    assertThat(output.resolve("DONE")).exists();
  }

  private void run(List<String> arguments) throws Exception {
    MonitorProcess process = MonitorProcess.start(folder, arguments);
    assertThat(process.await()).as(process.err()).isZero();
  }

  /** Names of the figures that the three processes offer to Prometheus. */
  private Set<String> metrics() throws Exception {
    String settings = Files.readString(cluster.folder().resolve("conf/settings"));
    Matcher port = Pattern.compile("metrics: (\\d+)").matcher(settings);
    assertThat(port.find()).isTrue();
    Set<String> names = new HashSet<>();
    for (int p = 0; p < 3; p++) {
      URI uri =
          URI.create("http://127.0.0.1:" + (Integer.parseInt(port.group(1)) + p) + "/metrics");
      HttpRequest request = HttpRequest.newBuilder(uri).build();
      String text =
          HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
      text.lines()
          .filter(line -> !line.startsWith("#"))
          .forEach(l -> names.add(l.replaceAll("[{ ].*", "")));
    }
    return names;
  }

  private static Set<String> flinkMetricsOfTheDashboard() throws IOException {
    String dashboard =
        Files.readString(ROOT.resolve("runners/flink/deploy/grafana-dashboard.json"));
    Set<String> names = new HashSet<>();
    Matcher name = Pattern.compile("flink_\\w+").matcher(dashboard);
    while (name.find()) {
      names.add(name.group());
    }
    assertThat(names).isNotEmpty();
    return names;
  }

  private static List<String> arguments(
      Path output, Path frames, List<String> simulations, List<String> more) {
    List<String> arguments = new ArrayList<>(List.of("monitor", "--until", "60"));
    for (String id : simulations) {
      arguments.addAll(List.of("--frames", "follow:" + frames + "?T=0.6&dt=0.005&id=" + id));
    }
    arguments.addAll(List.of("--tail-fraction", "0.01", "--output", output.toString()));
    arguments.addAll(List.of("--export", "hops=" + output.resolve("hops.h5")));
    arguments.addAll(more);
    return arguments;
  }
}
