package io.vitrine.runner.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitrine.FreePort;
import io.vitrine.Patience;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A Kafka broker on 127.0.0.1, a process of its own, its jars fetched by Maven. */
final class KafkaBroker {
  private static final Path MODULE =
      Path.of(System.getProperty("vitrine.root"), "runners", "flink");
  private static final Path JARS = MODULE.resolve("target/kafka-broker");

  private final Path folder;
  private final Path settings;
  private final int port;
  private Process process;

  private KafkaBroker(Path folder, Path settings, int port) {
    this.folder = folder;
    this.settings = settings;
    this.port = port;
  }

  /** Formats its storage in a folder and starts it. */
  static KafkaBroker start(Path folder) throws Exception {
    fetch(folder);
    int port = FreePort.find();
    int controller = FreePort.find();
    Path settings = folder.resolve("server.properties");
    Files.write(
        settings,
        List.of(
            "process.roles=broker,controller",
            "node.id=1",
            "controller.quorum.voters=1@127.0.0.1:" + controller,
            "listeners=PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controller,
            "controller.listener.names=CONTROLLER",
            "log.dirs=" + folder.resolve("log"),
            "num.partitions=3", // so that a topic not made by us is seen to be refused
            "offsets.topic.replication.factor=1",
            "transaction.state.log.replication.factor=1",
            "transaction.state.log.min.isr=1"));
    KafkaBroker broker = new KafkaBroker(folder, settings, port);
    List<String> format = List.of("format", "-t", "AAAAAAAAQAaAAAAAAAAAAQ", "-c", "" + settings);
    run(folder, broker.java("kafka.tools.StorageTool", format));
    broker.startAgain();
    return broker;
  }

  /** Starts it, as it was before; returns when its port is open. */
  void startAgain() throws Exception {
    process =
        new ProcessBuilder(java("kafka.Kafka", List.of("" + settings)))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("broker.txt").toFile()))
            .start();
    try {
      Patience.until(this::isOpen, process);
    } catch (AssertionError e) {
      throw new AssertionError(Files.readString(folder.resolve("broker.txt")), e);
    }
  }

  private boolean isOpen() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  String topic(String name) {
    return "kafka://" + address() + "/" + name;
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  private List<String> java(String main, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx384m", "-XX:+UseSerialGC", "-cp", JARS + File.separator + "*"));
    command.add(main);
    command.addAll(arguments);
    return command;
  }

  private static void fetch(Path folder) throws IOException, InterruptedException {
    if (Files.isDirectory(JARS)) {
      try (Stream<Path> jars = Files.list(JARS)) {
        if (jars.anyMatch(p -> p.getFileName().toString().startsWith("kafka_"))) {
          return;
        }
      }
    }
    List<String> command = new ArrayList<>(List.of("mvn", "-q", "-B"));
    command.addAll(List.of("-f", MODULE.resolve("broker/pom.xml").toString()));
    command.addAll(List.of("dependency:copy-dependencies", "-DincludeScope=runtime"));
    command.add("-DoutputDirectory=" + JARS);
    run(folder, command);
  }

  private static void run(Path folder, List<String> command)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile(folder, "tool", ".txt");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
    assertThat(Patience.exit(process)).as(Files.readString(out)).isZero();
  }
}
