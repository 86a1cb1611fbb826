package io.vitrine.results;

import io.vitrine.model.Check;
import io.vitrine.results.rows.RowKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

/** What differs between the databases: connecting, locking the schema, and which errors pass. */
enum Dialect {
  SQLITE("jdbc:sqlite:", "org.sqlite.JDBC") {
    @Override
    Properties properties(boolean readOnly) {
      Properties properties = new Properties();
      properties.setProperty("busy_timeout", "10000");
      if (readOnly) {
        properties.setProperty("open_mode", "1"); // SQLITE_OPEN_READONLY
      } else {
        properties.setProperty("journal_mode", "WAL");
        properties.setProperty("synchronous", "FULL");
      }
      return properties;
    }

    /** By hand: this driver would begin the next transaction, and keep the lock, at commit. */
    @Override
    void begin(Connection connection) throws SQLException {
      execute(connection, "BEGIN IMMEDIATE");
    }

    @Override
    void commit(Connection connection) throws SQLException {
      execute(connection, "COMMIT");
    }

    @Override
    void rollback(Connection connection) throws SQLException {
      execute(connection, "ROLLBACK");
    }

    @Override
    void lockSchema(Statement statement) {
      // The transaction is immediate: it holds the write lock already.
    }

    @Override
    String probe(String name) {
      return "SELECT 1 FROM sqlite_master WHERE name = '" + name + "'";
    }

    @Override
    List<String> storage() {
      return List.of();
    }

    @Override
    void upsert(Connection connection, RowKind kind, Collection<Object[]> rows, long wall)
        throws SQLException {
      BinTotals totals = BinTotals.of(kind);
      if (totals == null) {
        Upsert.inBatches(connection, kind, rows, wall);
      } else {
        totals.oneByOne(connection, rows, wall);
      }
    }

    @Override
    boolean passes(SQLException e) {
      int code = e.getErrorCode() & 0xff;
      return code == 5 || code == 6; // SQLITE_BUSY, SQLITE_LOCKED
    }
  },
  POSTGRESQL("jdbc:postgresql:", "org.postgresql.Driver") {
    @Override
    Properties properties(boolean readOnly) {
      Properties properties = new Properties();
      properties.setProperty("ApplicationName", "vitrine");
      properties.setProperty("tcpKeepAlive", "true");
      properties.setProperty("connectTimeout", "10");
      String password = System.getenv("PGPASSWORD");
      if (password != null) {
        properties.setProperty("password", password); // else the driver reads ~/.pgpass
      }
      return properties;
    }

    @Override
    void begin(Connection connection) throws SQLException {
      connection.setAutoCommit(false);
    }

    @Override
    void commit(Connection connection) throws SQLException {
      connection.commit();
    }

    @Override
    void rollback(Connection connection) throws SQLException {
      connection.rollback();
    }

    @Override
    void lockSchema(Statement statement) throws SQLException {
      statement.execute("SELECT pg_advisory_xact_lock(" + SCHEMA_LOCK + ")");
    }

    @Override
    String probe(String name) {
      return "SELECT 1 WHERE to_regclass('" + name + "') IS NOT NULL";
    }

    /** Base64 of floats does not compress; room in a page spares the index a row that changes. */
    @Override
    List<String> storage() {
      return List.of(
          "ALTER TABLE snapshots ALTER COLUMN payload SET STORAGE EXTERNAL",
          "ALTER TABLE counter_bin SET (fillfactor = 45)",
          "ALTER TABLE histogram_bin SET (fillfactor = 45)",
          "ALTER TABLE relaxation_values SET (fillfactor = 45)");
    }

    @Override
    void upsert(Connection connection, RowKind kind, Collection<Object[]> rows, long wall)
        throws SQLException {
      BinTotals totals = BinTotals.of(kind);
      if (totals == null) {
        Upsert.asArrays(connection, kind, rows, wall);
      } else {
        totals.asArrays(connection, rows, wall);
      }
    }

    @Override
    boolean passes(SQLException e) {
      String state = e.getSQLState() == null ? "" : e.getSQLState();
      return state.startsWith("08") // connection lost
          || state.startsWith("57P0") // shutting down, starting up
          || state.startsWith("53") // out of connections or memory
          || state.equals("40001") // serialization failure
          || state.equals("40P01") // deadlock
          || state.equals("55P03"); // lock not available
    }
  };

  /** Any number that only we use: the bytes of "vitrine". */
  private static final long SCHEMA_LOCK = 0x76697472696e65L;

  private final String prefix;
  private final String driver;

  Dialect(String prefix, String driver) {
    this.prefix = prefix;
    this.driver = driver;
  }

  abstract Properties properties(boolean readOnly);

  /** Begins a transaction that may write. */
  abstract void begin(Connection connection) throws SQLException;

  abstract void commit(Connection connection) throws SQLException;

  abstract void rollback(Connection connection) throws SQLException;

  /** Lets one process at a time look at the schema and make it, until the transaction ends. */
  abstract void lockSchema(Statement statement) throws SQLException;

  /** A query with one row where a table or view of this name is. */
  abstract String probe(String name);

  /** How new tables are kept, beyond what all databases do alike. */
  abstract List<String> storage();

  /** Writes cells of rows with different keys; a statement costs PostgreSQL a round trip. */
  abstract void upsert(Connection connection, RowKind kind, Collection<Object[]> rows, long wall)
      throws SQLException;

  /** True for errors that a later attempt may not meet. */
  abstract boolean passes(SQLException e);

  /** The dialect of a URL; refuses others, and URLs that carry a password. */
  static Dialect of(String url) {
    if (url.toLowerCase(Locale.ROOT).matches(".*([?&]password=|//[^/@]*:[^/@]*@).*")) {
      throw new IllegalArgumentException(
          "store must carry no password (use PGPASSWORD or ~/.pgpass), but its URL did");
    }
    for (Dialect dialect : values()) {
      if (url.startsWith(dialect.prefix)) {
        return dialect;
      }
    }
    throw Check.refuse("store", "start with jdbc:sqlite: or jdbc:postgresql:", url);
  }

  Connection connect(String url, boolean readOnly) throws SQLException {
    try {
      // By name through our own loader: DriverManager alone misses drivers in a job's jar.
      Class.forName(driver, true, Dialect.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new SQLException("its driver " + driver + " is not on the class path", e);
    }
    if (readOnly && this == SQLITE && !Files.exists(Path.of(file(url)))) {
      throw new SQLException("there is no such file");
    }
    Connection connection = DriverManager.getConnection(url, properties(readOnly));
    try {
      if (readOnly && this == POSTGRESQL) {
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      }
      if (readOnly) {
        connection.setAutoCommit(false); // each look is one snapshot, ended by rollback
      }
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  boolean schemaStands(Statement statement) throws SQLException {
    return has(statement, "schema_version");
  }

  /** Whether there is a table or view of this name. */
  boolean has(Statement statement, String name) throws SQLException {
    try (ResultSet found = statement.executeQuery(probe(name))) {
      return found.next();
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String file(String url) {
    String path = url.substring(SQLITE.prefix.length());
    int query = path.indexOf('?');
    return query < 0 ? path : path.substring(0, query);
  }
}
