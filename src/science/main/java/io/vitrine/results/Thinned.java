package io.vitrine.results;

import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What is known of rows that were deleted: for each block of time their number and sums, and a bit
 * for each, so that a row that comes again is not counted again.
 *
 * <p>Sums are whole numbers (real quantities in units of 1e-12), so they do not depend on the order
 * of the rows. They fit into 64 bits for blocks of 10^4 rows with values up to 900.
 */
final class Thinned {
  /** Of {@code windows}: windows, n, hops and mean_p_hop, summed. */
  static final Table WINDOWS =
      new Table(
          "thinned_windows",
          List.of("study", "simulation", "block"),
          List.of("windows", "n", "hops", "mean_p_hop"));

  /** Of {@code predictions}: windows, time in ms and r, summed; smallest and largest r. */
  static final Table PREDICTIONS =
      new Table(
          "thinned_predictions",
          List.of("study", "simulation", "model", "model_version", "label", "block"),
          List.of("windows", "time_ms", "r", "low", "high"));

  private static final double UNIT = 1e-12;
  private static final int RADIX = 32;

  /** A table of sums. */
  record Table(String name, List<String> keys, List<String> sums) {
    private String byKey() {
      return keys.stream().map(k -> k + " = ?").collect(Collectors.joining(" AND "));
    }
  }

  private static final class Block {
    private final long[] sums;
    private BigInteger seen = BigInteger.ZERO;
    private boolean changed;

    Block(int sums) {
      this.sums = new long[sums];
    }
  }

  private final Connection connection;
  private final Table table;
  private final Map<String, Block> blocks = new TreeMap<>();
  private final Map<String, Object[]> keys = new TreeMap<>();

  /** Begins with what is stored; the caller keeps other writers away. */
  Thinned(Connection connection, Table table) {
    this.connection = connection;
    this.table = table;
  }

  /** A real quantity as a whole number; 0 where it is not known. */
  static long whole(double value) {
    return Double.isNaN(value) ? 0 : Math.round(value / UNIT);
  }

  /** The real quantity of a whole number, which may be a sum. */
  static double real(double whole) {
    return whole * UNIT;
  }

  /**
   * Counts a row, unless it is counted.
   *
   * @param place of the row in its block, from 0
   * @param values of the columns after the count: sums, then smallest, then largest value
   */
  void add(int place, long[] values, Object... key) throws SQLException {
    String name = Arrays.toString(key);
    Block block = blocks.get(name);
    if (block == null) {
      block = stored(key);
      blocks.put(name, block);
      keys.put(name, key);
    }
    if (block.seen.testBit(place)) {
      return;
    }
    boolean first = block.sums[0] == 0;
    block.seen = block.seen.setBit(place);
    block.changed = true;
    block.sums[0]++;
    for (int i = 1; i < block.sums.length; i++) {
      long value = values[i - 1];
      block.sums[i] =
          switch (table.sums.get(i)) {
            case "low" -> first ? value : Math.min(block.sums[i], value);
            case "high" -> first ? value : Math.max(block.sums[i], value);
            default -> Math.addExact(block.sums[i], value);
          };
    }
  }

  /** Stores what was counted. */
  void write() throws SQLException {
    String columns = String.join(", ", table.keys) + ", " + String.join(", ", table.sums);
    String sql =
        "INSERT INTO "
            + table.name
            + " ("
            + columns
            + ", seen) VALUES ("
            + "?, ".repeat(table.keys.size() + table.sums.size())
            + "?) ON CONFLICT ("
            + String.join(", ", table.keys)
            + ") DO UPDATE SET "
            + table.sums.stream()
                .map(c -> c + " = excluded." + c + ", ")
                .collect(Collectors.joining())
            + "seen = excluded.seen";
    try (PreparedStatement upsert = connection.prepareStatement(sql)) {
      boolean any = false;
      for (Map.Entry<String, Block> each : blocks.entrySet()) {
        Block block = each.getValue();
        if (block.changed) {
          int next = bind(upsert, keys.get(each.getKey()));
          for (long sum : block.sums) {
            upsert.setLong(next++, sum);
          }
          upsert.setString(next, block.seen.toString(RADIX));
          upsert.addBatch();
          any = true;
        }
      }
      if (any) {
        Upsert.execute(upsert);
      }
    }
  }

  private Block stored(Object[] key) throws SQLException {
    Block block = new Block(table.sums.size());
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT "
                + String.join(", ", table.sums)
                + ", seen FROM "
                + table.name
                + " WHERE "
                + table.byKey())) {
      bind(query, key);
      try (ResultSet found = query.executeQuery()) {
        if (found.next()) {
          for (int i = 0; i < block.sums.length; i++) {
            block.sums[i] = found.getLong(i + 1);
          }
          block.seen = new BigInteger(found.getString(block.sums.length + 1), RADIX);
        }
      }
    }
    return block;
  }

  private static int bind(PreparedStatement statement, Object[] key) throws SQLException {
    for (int i = 0; i < key.length; i++) {
      statement.setObject(i + 1, key[i]);
    }
    return key.length + 1;
  }
}
