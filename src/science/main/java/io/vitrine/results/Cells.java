package io.vitrine.results;

/** Reads the cells of one row in order, whether they come from a database or off the wire. */
final class Cells {
  private final Object[] cells;
  private int next;

  Cells(Object[] cells) {
    this.cells = cells;
  }

  String text() {
    return (String) cells[next++];
  }

  /** A whole number; NULL reads as -1, which means unknown wherever a count may be unknown. */
  long whole() {
    Object cell = cells[next++];
    return cell == null ? -1 : ((Number) cell).longValue();
  }

  int integer() {
    return Math.toIntExact(whole());
  }

  /** A number; NULL reads as NaN. */
  double real() {
    Object cell = cells[next++];
    return cell == null ? Double.NaN : ((Number) cell).doubleValue();
  }

  /** Bins as flattened numbers, or as the text {@code [[a,b,..],..]} a database keeps. */
  long[] numbers() {
    Object cell = cells[next++];
    return cell instanceof String text ? BinText.parse(text) : (long[]) cell;
  }
}
