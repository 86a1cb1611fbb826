package io.vitrine.results;

import io.vitrine.FreePort;
import io.vitrine.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A private PostgreSQL of the Debian package, on a free port of 127.0.0.1, in a folder that goes.
 */
public final class PostgresCluster implements AutoCloseable {
  private static final Path PACKAGES = Path.of("/usr/lib/postgresql");

  private final Path bin;
  private final Path folder;
  private final int port;

  private PostgresCluster(Path bin, Path folder, int port) {
    this.bin = bin;
    this.folder = folder;
    this.port = port;
  }

  /** Why no cluster can be had here; empty where one can. */
  public static Optional<String> missing() {
    if (newest().isEmpty()) {
      return Optional.of("no PostgreSQL below " + PACKAGES + " (Debian package postgresql)");
    }
    if (root() && !Files.isExecutable(Path.of("/usr/sbin/runuser"))) {
      return Optional.of("PostgreSQL does not run as root, and there is no runuser");
    }
    return Optional.empty();
  }

  /** Makes and starts a cluster with one superuser, {@code vitrine}, and no password. */
  public static PostgresCluster start() throws IOException {
    Path folder = Files.createTempDirectory("vitrine-pg");
    if (root()) {
      run(List.of("chown", "postgres", folder.toString()));
    }
    PostgresCluster cluster = new PostgresCluster(newest().orElseThrow(), folder, FreePort.find());
    String data = folder.resolve("data").toString();
    cluster.as("initdb", "-D", data, "-U", "vitrine", "-A", "trust", "-N", "-E", "UTF8");
    cluster.as(
        "pg_ctl",
        "-D",
        data,
        "-w",
        "-l",
        folder.resolve("log").toString(),
        "-o",
        "-p " + cluster.port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories= -F",
        "start");
    return cluster;
  }

  /** An empty database of that name. */
  public String database(String name) throws IOException {
    as("createdb", "-h", "127.0.0.1", "-p", "" + port, "-U", "vitrine", name);
    return url(name);
  }

  String url(String name) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + name + "?user=vitrine";
  }

  /** Stops and starts the server; connections are lost. */
  void restart() throws IOException {
    as("pg_ctl", "-D", folder.resolve("data").toString(), "-w", "-m", "immediate", "restart");
  }

  @Override
  public void close() throws IOException {
    as("pg_ctl", "-D", folder.resolve("data").toString(), "-w", "-m", "immediate", "stop");
    if (root()) {
      run(
          List.of(
              "runuser", "-u", "postgres", "--", "rm", "-rf", folder.resolve("data").toString()));
    }
    try (Stream<Path> left = Files.walk(folder)) {
      left.sorted(java.util.Comparator.reverseOrder()).forEach(PostgresCluster::delete);
    }
  }

  private void as(String program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    if (root()) {
      command.addAll(List.of("runuser", "-u", "postgres", "--"));
    }
    command.add(bin.resolve(program).toString());
    command.addAll(List.of(arguments));
    run(command);
  }

  private static void run(List<String> command) throws IOException {
    Path output = Files.createTempFile("vitrine-pg", ".out");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(Path.of("/").toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (Patience.exit(process) != 0) {
        throw new IOException(command + " failed: " + Files.readString(output));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } finally {
      Files.delete(output);
    }
  }

  private static Optional<Path> newest() {
    if (!Files.isDirectory(PACKAGES)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(PACKAGES)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(java.util.Comparator.naturalOrder());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean root() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
