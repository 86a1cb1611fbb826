package io.vitrine.benchmarks;

import io.vitrine.results.ResultsReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What a results store carries: many simulations at a steady rate into PostgreSQL, minute by
 * minute; then as many windows as can be, into PostgreSQL and SQLite in turn.
 *
 * <p>Arguments: store of the run whose rows are played, server ({@code jdbc:postgresql://HOST:PORT}
 * of the user vitrine), process of the server, folder for SQLite, minutes, simulations, windows a
 * second of each, windows between writes of totals, rounds, seconds of a round.
 */
public final class StoreStudy {
  private static final int WRITERS = 2;
  private static final double MILLION = 1e6;

  private final StoreLoad load;
  private final String server;
  private final long postmaster;
  private final int simulations;

  private StoreStudy(StoreLoad load, String server, long postmaster, int simulations) {
    this.load = load;
    this.server = server;
    this.postmaster = postmaster;
    this.simulations = simulations;
  }

  public static void main(String[] args) throws Exception {
    StoreLoad load;
    try (ResultsReader run = ResultsReader.open("jdbc:sqlite:" + args[0])) {
      load = new StoreLoad(run, Integer.parseInt(args[7]));
    }
    StoreStudy study =
        new StoreStudy(load, args[1], Long.parseLong(args[2]), Integer.parseInt(args[5]));
    double minutes = Double.parseDouble(args[4]);
    if (minutes > 0) {
      study.paced(minutes, Double.parseDouble(args[6]));
    }
    study.turns(Path.of(args[3]), Integer.parseInt(args[8]), Integer.parseInt(args[9]));
  }

  private void paced(double minutes, double each) throws Exception {
    String url = database("paced");
    say(
        "| minute | windows/s | rows/s | median lag, s | largest lag, s | MB | writer, cores"
            + " | PostgreSQL, cores |\n|---|---|---|---|---|---|---|---|");
    long start = System.nanoTime();
    long end = start + (long) (minutes * 60e9);
    List<StoreWriter> writers = writers(url, true, each * simulations, start, end);
    List<Thread> threads = start(writers);
    long windows = 0;
    double before = 0;
    double ownBefore = own();
    double serverBefore = server();
    for (int minute = 1; before < minutes * 60; minute++) {
      double until = Math.min(60.0 * minute, minutes * 60);
      Thread.sleep((long) (1000 * Math.max(0, until - (System.nanoTime() - start) / 1e9)));
      double now = (System.nanoTime() - start) / 1e9;
      double own = own();
      double other = server();
      StoreWriter.Done done = sum(writers);
      windows += done.windows();
      double seconds = now - before;
      double[] lags = done.lags();
      int n = lags.length;
      say(
          "| %d | %.0f | %.0f | %.2f | %.2f | %.0f | %.2f | %.2f |",
          minute,
          done.windows() / seconds,
          done.rows() / seconds,
          n == 0 ? Double.NaN : lags[n / 2],
          n == 0 ? Double.NaN : lags[n - 1],
          size(url) / MILLION,
          (own - ownBefore) / seconds,
          (other - serverBefore) / seconds);
      before = until;
      ownBefore = own;
      serverBefore = other;
    }
    join(writers, threads);
    windows += sum(writers).windows();
    say(
        "\n%d windows, %.0f bytes each with all that goes with them:\n",
        windows, size(url) / (double) windows);
    tables(url, windows);
  }

  /** Both databases in turn, from nothing, as fast as they go. */
  private void turns(Path folder, int rounds, int seconds) throws Exception {
    double[] ratios = new double[rounds];
    say(
        "\n| round | PostgreSQL, windows/s | SQLite, windows/s | ratio | bytes a window | SQLite |\n"
            + "|---|---|---|---|---|---|");
    for (int r = 0; r < rounds; r++) {
      String url = database("round" + r);
      double first = most(url, true, seconds);
      double firstSize = size(url) / (first * seconds);
      execute("DROP DATABASE round" + r);
      Path file = folder.resolve("round" + r + ".sqlite");
      double second = most("jdbc:sqlite:" + file, false, seconds);
      double secondSize = size(file) / (second * seconds);
      for (String suffix : List.of("", "-wal", "-shm")) {
        Files.deleteIfExists(Path.of(file + suffix));
      }
      ratios[r] = first / second;
      say(
          "| %d | %.0f | %.0f | %.2f | %.0f | %.0f |",
          r + 1, first, second, ratios[r], firstSize, secondSize);
    }
    Arrays.sort(ratios);
    if (rounds > 0) {
      say(
          "\nPostgreSQL over SQLite, windows a second: median %.2f of %d",
          ratios[rounds / 2], rounds);
    }
  }

  private double most(String url, boolean apart, int seconds) throws Exception {
    long start = System.nanoTime();
    List<StoreWriter> writers = writers(url, apart, 0, start, start + seconds * 1_000_000_000L);
    join(writers, start(writers));
    return sum(writers).windows() / ((System.nanoTime() - start) / 1e9);
  }

  /** Two TaskManagers have a connection each; the writers of one process share one. */
  private List<StoreWriter> writers(
      String url, boolean apart, double perSecond, long start, long end) {
    List<StoreWriter> writers = new ArrayList<>();
    for (int w = 0; w < WRITERS; w++) {
      List<String> own = new ArrayList<>();
      for (int s = w; s < simulations; s += WRITERS) {
        own.add(String.format(Locale.ROOT, "T0.6-seed%03d", s));
      }
      String spelling = apart && w > 0 ? url + "&socketTimeout=0" : url;
      writers.add(new StoreWriter(load, spelling, own, perSecond / WRITERS, start, end));
    }
    return writers;
  }

  private static List<Thread> start(List<StoreWriter> writers) {
    List<Thread> threads = writers.stream().map(Thread::new).toList();
    threads.forEach(Thread::start);
    return threads;
  }

  private static void join(List<StoreWriter> writers, List<Thread> threads) throws Exception {
    for (Thread thread : threads) {
      thread.join();
    }
    for (StoreWriter writer : writers) {
      writer.check();
    }
  }

  private static StoreWriter.Done sum(List<StoreWriter> writers) {
    long windows = 0;
    long rows = 0;
    double[] lags = new double[0];
    for (StoreWriter writer : writers) {
      StoreWriter.Done done = writer.take();
      windows += done.windows();
      rows += done.rows();
      int n = lags.length;
      lags = Arrays.copyOf(lags, n + done.lags().length);
      System.arraycopy(done.lags(), 0, lags, n, done.lags().length);
    }
    Arrays.sort(lags);
    return new StoreWriter.Done(windows, rows, lags);
  }

  private String url(String name) {
    return server + "/" + name + "?user=vitrine";
  }

  private String database(String name) throws SQLException {
    execute("CREATE DATABASE " + name);
    return url(name);
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url("postgres"));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static long size(String url) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("SELECT pg_database_size(current_database())")) {
      found.next();
      return found.getLong(1);
    }
  }

  private static long size(Path file) throws IOException {
    return Files.size(file);
  }

  /** What each table weighs with its index. */
  private static void tables(String url, long windows) throws SQLException {
    say("| table | MB | bytes a window | of these, index |\n|---|---|---|---|");
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                "SELECT relname, pg_total_relation_size(oid), pg_indexes_size(oid) FROM pg_class"
                    + " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
                    + " AND pg_total_relation_size(oid) > 1000000 ORDER BY 2 DESC")) {
      while (found.next()) {
        say(
            "| %s | %.1f | %.0f | %.0f |",
            found.getString(1),
            found.getLong(2) / MILLION,
            found.getLong(2) / (double) windows,
            found.getLong(3) / (double) windows);
      }
    }
  }

  /** CPU time of this process, s. */
  private static double own() {
    return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
            .getProcessCpuTime()
        / 1e9;
  }

  /** CPU time of the server and its children, those that have ended as well, s. */
  private double server() throws IOException {
    double ticks = 0;
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      for (Path process :
          processes.filter(p -> p.getFileName().toString().matches("\\d+")).toList()) {
        String stat;
        try {
          stat = Files.readString(process.resolve("stat"));
        } catch (IOException gone) {
          continue; // it has ended, and its parent has its time
        }
        String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        boolean itself = process.getFileName().toString().equals(String.valueOf(postmaster));
        if (itself || Long.parseLong(words[1]) == postmaster) {
          ticks += Double.parseDouble(words[11]) + Double.parseDouble(words[12]);
        }
        if (itself) {
          ticks += Double.parseDouble(words[13]) + Double.parseDouble(words[14]);
        }
      }
    }
    return ticks / 100;
  }

  @SuppressWarnings("AnnotateFormatMethod")
  private static void say(String format, Object... values) {
    System.out.printf(Locale.ROOT, format + "%n", values);
    System.out.flush();
  }
}
