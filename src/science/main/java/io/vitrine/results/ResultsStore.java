package io.vitrine.results;

import io.vitrine.results.rows.ResultRow;
import io.vitrine.results.rows.RowKind;
import io.vitrine.results.rows.SimulationRow;
import io.vitrine.results.rows.SnapshotRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The writing end of a results store: SQLite ({@code jdbc:sqlite:FILE}, write-ahead log) or
 * PostgreSQL ({@code jdbc:postgresql://HOST/DB?user=NAME}; password from PGPASSWORD or ~/.pgpass).
 *
 * <p>Opening creates what is missing; several processes may do so at once. {@link #apply} is one
 * transaction; a key that exists already is overwritten, an identical row changes nothing, totals
 * never move back to fewer windows. One connection serves all handles of one URL in a JVM, so that
 * its threads queue here and not in the database. A database that is busy, restarting or out of
 * connections is tried again a bounded number of times, which is counted.
 *
 * <p>Thread-safe. Cost: one commit (SQLite: one fsync) a call, so rows should come in batches.
 */
public final class ResultsStore implements AutoCloseable {
  private static final int ATTEMPTS = 8;
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final Map<String, Writer> WRITERS = new HashMap<>();

  private final Writer writer;
  private boolean closed;

  private ResultsStore(Writer writer) {
    this.writer = writer;
  }

  /** Opens the store and creates its tables and views if they are missing. */
  public static ResultsStore open(String url) throws StoreException {
    return open(url, InstantSource.system());
  }

  /** Opens the store with a clock for the {@code wall_*} columns. */
  static ResultsStore open(String url, InstantSource clock) throws StoreException {
    synchronized (WRITERS) {
      Writer writer = WRITERS.get(url);
      if (writer == null) {
        writer = new Writer(url, clock);
        writer.apply(List.of(), 0);
        WRITERS.put(url, writer);
      }
      writer.handles++;
      return new ResultsStore(writer);
    }
  }

  /** Refuses a URL no store can have, without connecting. */
  public static void check(String url) {
    Dialect.of(url);
  }

  /** Writes all rows in one transaction, or none. */
  public void apply(List<? extends ResultRow> rows) throws StoreException {
    apply(rows, 0);
  }

  /**
   * The same; then thins the windows of the simulations that have some among the rows.
   *
   * @param keepWindows newest windows of a simulation that stay; of older ones every tenth does. 0
   *     for all
   */
  public void apply(List<? extends ResultRow> rows, long keepWindows) throws StoreException {
    if (closed) {
      throw new StoreException("store " + writer.url + " is closed", null);
    }
    writer.apply(rows, keepWindows);
  }

  /** How often a transaction had to be tried again since the store was opened. */
  public long retries() {
    return writer.retries.get();
  }

  /** Lets go of the store; the last handle of a URL closes the connection. */
  @Override
  public void close() throws StoreException {
    synchronized (WRITERS) {
      if (!closed) {
        closed = true;
        if (--writer.handles == 0) {
          WRITERS.remove(writer.url);
          writer.close();
        }
      }
    }
  }

  /** The one connection to a URL. */
  private static final class Writer {
    private final String url;
    private final Dialect dialect;
    private final InstantSource clock;
    private final AtomicLong retries = new AtomicLong();
    private int handles;
    private Connection connection;

    /** Whether windows of the store were thinned: those that come again must go again. */
    private boolean thinned;

    Writer(String url, InstantSource clock) {
      this.url = url;
      this.dialect = Dialect.of(url);
      this.clock = clock;
    }

    synchronized void apply(List<? extends ResultRow> rows, long keepWindows)
        throws StoreException {
      for (int attempt = 1; ; attempt++) {
        try {
          if (connection == null) {
            connection = dialect.connect(url, false);
            dialect.begin(connection);
            Schema.ensure(connection, dialect);
            thinned = Schema.holds(connection, "retention");
            dialect.commit(connection);
          }
          if (!rows.isEmpty()) {
            dialect.begin(connection);
            write(rows);
            dialect.commit(connection);
            thinned |= keepWindows > 0;
            if (thinned) {
              new Retention(connection, dialect).after(rows, keepWindows);
            }
          }
          return;
        } catch (DifferentInputException e) {
          abandon(false);
          throw e;
        } catch (SQLException e) {
          boolean again = dialect.passes(e);
          abandon(true);
          if (!again || attempt == ATTEMPTS) {
            throw failure(e, attempt);
          }
          retries.incrementAndGet();
          pause(FIRST_PAUSE_MILLIS << (attempt - 1));
        }
      }
    }

    private void write(List<? extends ResultRow> rows)
        throws SQLException, DifferentInputException {
      long wall = clock.millis();
      Map<RowKind, Upsert> upserts = new EnumMap<>(RowKind.class);
      Map<List<String>, SnapshotRow> shown = new LinkedHashMap<>();
      for (ResultRow row : rows) {
        if (row instanceof SimulationRow simulation) {
          SimulationUpsert.write(connection, simulation, wall);
        } else {
          upserts.computeIfAbsent(row.kind(), Upsert::new).add(row);
        }
        if (row instanceof SnapshotRow snapshot) {
          shown.put(List.of(row.study(), snapshot.simulation()), snapshot);
        }
      }
      for (Upsert upsert : upserts.values()) {
        upsert.write(connection, dialect, wall);
      }
      for (SnapshotRow snapshot : shown.values()) {
        Snapshots.prune(connection, snapshot);
      }
    }

    /** Rolls back; a connection that failed is not used again. */
    private void abandon(boolean drop) {
      if (connection == null) {
        return;
      }
      try {
        if (drop) {
          connection.close(); // which rolls back
        } else {
          dialect.rollback(connection);
          return;
        }
      } catch (SQLException ignored) {
        // It is the first error that is reported.
      }
      connection = null;
    }

    private static void pause(long millis) throws StoreException {
      try {
        Thread.sleep(millis);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StoreException("interrupted while waiting for the store", e);
      }
    }

    private StoreException failure(SQLException e, int attempts) {
      String times = attempts > 1 ? " (" + attempts + " attempts)" : "";
      return new StoreException("store " + url + ": " + message(e) + times, e);
    }

    synchronized void close() throws StoreException {
      if (connection != null) {
        try {
          connection.close();
        } catch (SQLException e) {
          throw failure(e, 1);
        } finally {
          connection = null;
        }
      }
    }
  }

  /** The first line of what the database said; a batch hides the reason one level down. */
  static String message(SQLException e) {
    SQLException reason = e.getNextException() == null ? e : e.getNextException();
    return String.valueOf(reason.getMessage()).lines().findFirst().orElse("unknown error");
  }
}
