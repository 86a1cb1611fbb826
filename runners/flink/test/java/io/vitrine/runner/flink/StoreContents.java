package io.vitrine.runner.flink;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Everything a results store says, without when and where it was written. */
final class StoreContents {
  private StoreContents() {}

  /** Sorted rows by table. */
  static SortedMap<String, List<String>> of(Path store) throws SQLException {
    return of("jdbc:sqlite:" + store);
  }

  /** Sorted rows by table, of a JDBC URL. */
  static SortedMap<String, List<String>> of(String url) throws SQLException {
    SortedMap<String, List<String>> contents = new TreeMap<>();
    try (Connection connection = DriverManager.getConnection(url)) {
      List<String> tables = new ArrayList<>();
      try (ResultSet found =
          connection.getMetaData().getTables(null, null, "%", new String[] {"TABLE"})) {
        while (found.next()) {
          tables.add(found.getString("TABLE_NAME"));
        }
      }
      for (String table : tables) {
        contents.put(table, rows(connection, table));
      }
    }
    return contents;
  }

  private static List<String> rows(Connection connection, String table) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("SELECT * FROM " + table)) {
      ResultSetMetaData columns = found.getMetaData();
      while (found.next()) {
        StringBuilder row = new StringBuilder();
        for (int c = 1; c <= columns.getColumnCount(); c++) {
          if (!columns.getColumnName(c).startsWith("wall_")) {
            row.append(columns.getColumnName(c)).append('=').append(found.getString(c));
            row.append(' ');
          }
        }
        rows.add(row.toString());
      }
    }
    rows.sort(null);
    return rows;
  }
}
