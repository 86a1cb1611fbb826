package io.vitrine.runner.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program next to a real broker. */
final class KafkaIT {
  private static final String RUN =
      System.getProperty("vitrine.root") + "/testdata/ka512/ka512_T0.60.lammpstrj";
  private static final String REPLAY = "replay:" + RUN + "?T=0.6&dt=0.005&id=cold";

  @TempDir private static Path shared;
  private static KafkaBroker broker;

  @TempDir private Path folder;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = KafkaBroker.start(shared);
  }

  @AfterAll
  static void stopBroker() throws Exception {
    broker.kill();
  }

  /** Forward, monitor and broker are killed while frames are on their way. */
  @Test
  void monitor_everythingKilledAndStartedAgain_equalsReplayBitForBit() throws Exception {
    Path replayed = folder.resolve("replayed");
    ended(monitor(REPLAY, replayed));

    String dump = Files.readString(Path.of(RUN));
    int half = dump.indexOf("ITEM: TIMESTEP", dump.length() / 2);
    Path growing = folder.resolve("cold.lammpstrj");
    String topic = broker.topic("cold");
    List<String> forward =
        List.of(
            "forward",
            "--frames",
            "follow:" + growing + "?T=0.6&dt=0.005",
            "--until",
            "60",
            "--output",
            topic,
            "--json");
    Path output = folder.resolve("out");
    MonitorProcess monitor = monitor(topic + "?T=0.6&id=cold", output); // the topic is awaited
    Files.writeString(growing, dump.substring(0, half));
    MonitorProcess forwarder = MonitorProcess.start(folder, forward);
    awaitWindows(output, monitor, 1);
    Checkpoints checkpoints = new Checkpoints(output.resolve("checkpoints"));
    while (monitor.isAlive() && checkpoints.newest().isEmpty()) {
      Thread.sleep(50);
    }
    forwarder.kill();
    assertThat(monitor.isAlive()).as(monitor.err()).isTrue();
    monitor.kill();
    broker.kill();

    Files.writeString(growing, dump.substring(half), StandardOpenOption.APPEND);
    broker.startAgain();
    forwarder = MonitorProcess.start(folder, forward);
    monitor = monitor(topic + "?T=0.6&id=cold", output);
    ended(forwarder);
    assertThat(forwarder.out()).contains("\"resumed\":true");
    ended(monitor);
    assertThat(monitor.out()).contains("\"resumed\":true").contains("\"frames\":61");
    assertThat(output.resolve("hops.h5")).hasSameBinaryContentAs(replayed.resolve("hops.h5"));
    assertThat(StoreContents.of(output.resolve("store.sqlite")).get("windows"))
        .hasSize(51)
        .isEqualTo(StoreContents.of(replayed.resolve("store.sqlite")).get("windows"));

    MonitorProcess complete = MonitorProcess.start(folder, forward);
    ended(complete);
    assertThat(complete.out()).contains("\"frames\":0");
  }

  @Test
  void monitor_recordsDeletedWhileItWasAway_failsWithTheReason() throws Exception {
    String topic = broker.topic("short");
    ended(forward("short"));
    Path output = folder.resolve("out");
    MonitorProcess monitor = monitor(topic + "?T=0.6&pace=2", output);
    Checkpoints checkpoints = new Checkpoints(output.resolve("checkpoints"));
    awaitWindows(output, monitor, 1);
    while (monitor.isAlive() && checkpoints.newest().isEmpty()) {
      Thread.sleep(50);
    }
    monitor.kill();
    try (Admin admin = admin()) {
      TopicPartition partition = new TopicPartition("short", 0);
      admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(60))).all().get();
    }
    MonitorProcess again = monitor(topic + "?T=0.6&pace=2", output);
    assertThat(again.await()).as(again.out()).isEqualTo(1);
    assertThat(again.err()).contains("deleted before they were read");
  }

  @Test
  void monitor_threePartitions_isRefused() throws Exception {
    try (Admin admin = admin()) {
      admin.createTopics(List.of(new NewTopic("three", 3, (short) 1))).all().get();
    }
    MonitorProcess monitor = monitor(broker.topic("three") + "?T=0.6", folder.resolve("out"));
    assertThat(monitor.await()).isEqualTo(1);
    assertThat(monitor.err()).contains("/three must have 1 partition").contains("but has 3");
    MonitorProcess forward = forward("three");
    assertThat(forward.await()).isEqualTo(1);
    assertThat(forward.err()).contains("/three must have 1 partition").contains("but has 3");
  }

  @Test
  void forward_frameAboveTheTopicsLimit_namesTheRemedy() throws Exception {
    try (Admin admin = admin()) {
      NewTopic narrow = new NewTopic("narrow", 1, (short) 1);
      narrow.configs(Map.of("max.message.bytes", "5000"));
      admin.createTopics(List.of(narrow)).all().get();
    }
    MonitorProcess forward = forward("narrow");
    assertThat(forward.await()).isEqualTo(1);
    assertThat(forward.err()).contains("max.message.bytes").contains("kafka-configs.sh");
  }

  private static Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", broker.address()));
  }

  private MonitorProcess forward(String topic) throws Exception {
    return MonitorProcess.start(
        folder, List.of("forward", "--frames", REPLAY, "--output", broker.topic(topic), "--json"));
  }

  private MonitorProcess monitor(String frames, Path output) throws Exception {
    return MonitorProcess.start(
        folder,
        List.of(
            "monitor",
            "--frames",
            frames,
            "--tail-fraction",
            "0.01",
            "--export",
            "hops=" + output.resolve("hops.h5"),
            "--output",
            output.toString(),
            "--json"));
  }

  private static void ended(MonitorProcess process) throws Exception {
    assertThat(process.await()).as(process.err()).isZero();
  }

  private static void awaitWindows(Path output, MonitorProcess monitor, int count)
      throws Exception {
    Path store = output.resolve("store.sqlite");
    while (monitor.isAlive()
        && (!Files.exists(store)
            || StoreContents.of(store).getOrDefault("windows", List.of()).size() < count)) {
      Thread.sleep(200);
    }
  }
}
