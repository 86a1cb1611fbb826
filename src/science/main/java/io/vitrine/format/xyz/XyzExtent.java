package io.vitrine.format.xyz;

import io.vitrine.format.text.TextExtent;
import io.vitrine.format.text.TextWindow;
import java.io.IOException;

/**
 * Where the parts of one frame of an extended XYZ file are: a line with the number of particles, a
 * line of properties, as many rows. A line that holds nothing but a whole number starts a frame; a
 * spoilt frame ends at the next one.
 */
final class XyzExtent extends TextExtent {
  /** Number of rows. */
  int n;

  /** Places of the second line and of the first row. */
  int properties;

  int rows;

  /** The frame at the window's start, or null where it is not complete. */
  static XyzExtent find(TextWindow window) throws IOException {
    XyzExtent extent = new XyzExtent();
    return extent.walk(window) ? extent : null;
  }

  private boolean walk(TextWindow w) throws IOException {
    int first = 0;
    int second = w.lineEnd(0);
    while (second > 0 && w.isBlank(first, second)) {
      first = second;
      second = w.lineEnd(second);
    }
    if (second < 0) {
      return false;
    }
    n = count(w, first, second);
    if (n <= 0) {
      String found = quote(w, first, second);
      return spoil(w, second, "expected a number of particles > 0, found '" + found);
    }
    properties = second;
    rows = w.lineEnd(second);
    int at = rows;
    for (int row = 0; at >= 0 && row < n; row++) {
      int next = w.lineEnd(at);
      if (next >= 0 && count(w, at, next) >= 0) {
        return spoil(w, at, "expected " + n + " rows, found " + row);
      }
      at = next;
    }
    end = at;
    return at >= 0;
  }

  private boolean spoil(TextWindow w, int from, String why) throws IOException {
    problem = why;
    int at = from;
    while (true) {
      int next = w.lineEnd(at);
      if (next < 0) {
        return false;
      }
      if (count(w, at, next) > 0) {
        end = at;
        return true;
      }
      at = next;
    }
  }

  private static String quote(TextWindow w, int from, int end) {
    String line = w.line(from, end);
    return (line.length() > 40 ? line.substring(0, 40) + "..." : line) + "'";
  }

  /** The whole number that a line consists of, or -1. */
  static int count(TextWindow w, int from, int to) {
    byte[] b = w.bytes();
    int at = w.index(from);
    int end = w.index(to);
    while (at < end && (b[at] == ' ' || b[at] == '\t')) {
      at++;
    }
    long value = -1;
    while (at < end && b[at] >= '0' && b[at] <= '9' && value <= Integer.MAX_VALUE) {
      value = 10 * Math.max(0, value) + b[at] - '0';
      at++;
    }
    while (at < end && b[at] <= ' ' && b[at] > 0) {
      at++;
    }
    return at == end && value <= Integer.MAX_VALUE ? (int) value : -1;
  }
}
