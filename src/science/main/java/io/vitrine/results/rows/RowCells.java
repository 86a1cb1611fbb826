package io.vitrine.results.rows;

import io.vitrine.results.bins.BinText;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads the cells of one row in order, whether they come from a database or off the wire. */
public final class RowCells {
  private final Object[] cells;
  private int next;

  public RowCells(Object[] cells) {
    this.cells = cells;
  }

  /** The first {@code count} columns of the current row of a result. */
  public static RowCells of(ResultSet found, int count) throws SQLException {
    Object[] cells = new Object[count];
    for (int i = 0; i < count; i++) {
      cells[i] = found.getObject(i + 1);
    }
    return new RowCells(cells);
  }

  public String text() {
    return (String) cells[next++];
  }

  /** A whole number; NULL reads as -1, which means unknown wherever a count may be unknown. */
  public long whole() {
    Object cell = cells[next++];
    return cell == null ? -1 : ((Number) cell).longValue();
  }

  int integer() {
    return Math.toIntExact(whole());
  }

  /** A number; NULL reads as NaN. */
  public double real() {
    Object cell = cells[next++];
    return cell == null ? Double.NaN : ((Number) cell).doubleValue();
  }

  /** Bins as flattened numbers, or as the text {@code [[a,b,..],..]} a database keeps. */
  long[] numbers() {
    Object cell = cells[next++];
    return cell instanceof String text ? BinText.parse(text) : (long[]) cell;
  }
}
