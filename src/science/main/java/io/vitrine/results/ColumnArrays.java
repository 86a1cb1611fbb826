package io.vitrine.results;

import io.vitrine.results.bins.BinText;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Rows that PostgreSQL takes column by column, as arrays: one statement whatever their number, and
 * one plan. Cells are bound as {@link Upsert#bind} binds them.
 */
final class ColumnArrays {
  /** Bounds a statement: some 0.3 MB of windows, 0.1 MB of bins. */
  static final int ROWS = 1000;

  private final List<String> types;

  private ColumnArrays(List<String> types) {
    this.types = types;
  }

  /** Of these columns of a table. */
  static ColumnArrays of(Connection connection, String table, List<String> columns)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet none =
            statement.executeQuery(
                "SELECT " + String.join(", ", columns) + " FROM " + table + " LIMIT 0")) {
      ResultSetMetaData names = none.getMetaData();
      List<String> types = new ArrayList<>();
      for (int i = 1; i <= columns.size(); i++) {
        types.add(names.getColumnTypeName(i));
      }
      return new ColumnArrays(types);
    }
  }

  /** The arrays as a table of a query, with parameters for {@link #bind}. */
  String table(String name, List<String> columns) {
    return table("", name, columns);
  }

  /** The same with a last column that counts the rows from 1. */
  String counted(String name, List<String> columns, String count) {
    List<String> all = new ArrayList<>(columns);
    all.add(count);
    return table(" WITH ORDINALITY", name, all);
  }

  private String table(String how, String name, List<String> columns) {
    return types.stream()
        .map(type -> "?::" + type + "[]")
        .collect(
            Collectors.joining(
                ", ",
                "unnest(",
                ")" + how + " AS " + name + " (" + String.join(", ", columns) + ")"));
  }

  /** Binds rows from this parameter on. */
  void bind(PreparedStatement statement, int from, Collection<Object[]> rows) throws SQLException {
    Connection connection = statement.getConnection();
    for (int c = 0; c < types.size(); c++) {
      Object[] column =
          switch (types.get(c)) {
            case "text" -> new String[rows.size()];
            case "int8" -> new Long[rows.size()];
            default -> new Double[rows.size()];
          };
      int i = 0;
      for (Object[] row : rows) {
        Object cell = row[c];
        column[i++] =
            cell instanceof Double real && real.isNaN()
                ? null
                : cell instanceof long[] numbers ? BinText.format(numbers, 3) : cell;
      }
      statement.setArray(from + c, connection.createArrayOf(types.get(c), column));
    }
  }
}
