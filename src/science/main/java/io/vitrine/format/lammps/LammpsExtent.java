package io.vitrine.format.lammps;

import io.vitrine.format.text.TextExtent;
import io.vitrine.format.text.TextWindow;
import io.vitrine.format.text.TokenScanner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Where the parts of one frame of a LAMMPS text dump are, found before any of them is used.
 *
 * <p>Frame := [ITEM: UNITS] [ITEM: TIME] ITEM: TIMESTEP, ITEM: NUMBER OF ATOMS, ITEM: BOX BOUNDS,
 * ITEM: ATOMS, as many rows; a frame starts at whichever of the first three comes first. All places
 * are counted from the frame's start. A frame with a {@code problem} ends where the next one
 * starts.
 */
final class LammpsExtent extends TextExtent {
  private static final byte[] ITEM = ascii("ITEM:");
  private static final byte[] UNITS = ascii("ITEM: UNITS");
  private static final byte[] TIMESTEP = ascii("ITEM: TIMESTEP");
  private static final byte[] TIME = ascii("ITEM: TIME");
  private static final byte[] COUNT = ascii("ITEM: NUMBER OF ATOMS");
  private static final byte[] ENTRIES = ascii("ITEM: NUMBER OF ENTRIES");
  private static final byte[] BOX = ascii("ITEM: BOX BOUNDS");
  private static final byte[] ATOMS = ascii("ITEM: ATOMS");
  private static final int BOX_LINES = 3;

  /** Places of what follows the items; -1 where there is none. */
  int time = -1;

  int step = -1;
  int units = -1;
  int count = -1;
  int box = -1;
  int columns = -1;
  int rows = -1;

  /** Number of rows. */
  int n;

  /** Whether the window holds the start of a dump, or too little to tell. */
  static boolean mayBe(TextWindow window) throws IOException {
    int at = 0;
    int end = window.lineEnd(0);
    while (end > 0 && window.isBlank(at, end)) {
      at = end;
      end = window.lineEnd(end);
    }
    return window.available() - at < ITEM.length || window.startsWith(at, ITEM);
  }

  /** The frame at the window's start, or null where it is not complete. */
  static LammpsExtent find(TextWindow window, TokenScanner scanner) throws IOException {
    LammpsExtent extent = new LammpsExtent();
    return extent.walk(window, scanner) ? extent : null;
  }

  private boolean walk(TextWindow w, TokenScanner scanner) throws IOException {
    int at = 0;
    while (true) {
      int next = w.lineEnd(at);
      if (next < 0) {
        return false;
      }
      int item = at;
      at = next;
      if (step < 0 && w.isBlank(item, next)) {
        continue;
      }
      int lines = 1;
      if (w.startsWith(item, ATOMS)) {
        columns = item + ATOMS.length;
        rows = at;
        String missing = missing();
        return missing == null ? walkRows(w) : spoil(w, item, missing);
      } else if (step >= 0 && startsFrame(w, item)) {
        problem = "expected ITEM: ATOMS, found a new frame";
        end = item;
        return true;
      } else if (w.startsWith(item, TIMESTEP)) {
        step = at;
      } else if (w.startsWith(item, UNITS)) {
        units = at;
      } else if (w.startsWith(item, TIME)) {
        time = at;
      } else if (w.startsWith(item, COUNT)) {
        count = at;
      } else if (w.startsWith(item, BOX)) {
        box = item + BOX.length;
        lines = BOX_LINES;
      } else if (w.startsWith(item, ENTRIES)) {
        return spoil(w, item, "expected atoms, found entries: a dump of style local has no atoms");
      } else {
        return spoil(w, item, "expected an ITEM of a dump, found '" + quote(w, item, at) + "'");
      }
      for (int i = 0; i < lines; i++) {
        int value = at;
        at = w.lineEnd(at);
        if (at < 0) {
          return false;
        }
        if (value == count && !readCount(w, scanner)) {
          return spoil(w, value, "expected a number of atoms, found '" + quote(w, value, at) + "'");
        }
      }
    }
  }

  private boolean readCount(TextWindow w, TokenScanner scanner) {
    scanner.reset(w.bytes(), w.index(count));
    try {
      long atoms = scanner.integer();
      n = (int) atoms;
      return atoms > 0 && n == atoms;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private String missing() {
    if (step < 0) {
      return "expected ITEM: TIMESTEP before ITEM: ATOMS, found none";
    }
    if (count < 0) {
      return "expected ITEM: NUMBER OF ATOMS before ITEM: ATOMS, found none";
    }
    return box < 0 ? "expected ITEM: BOX BOUNDS before ITEM: ATOMS, found none" : null;
  }

  private boolean walkRows(TextWindow w) throws IOException {
    int at = rows;
    for (int row = 0; row < n; row++) {
      int next = w.lineEnd(at);
      if (next < 0) {
        return false;
      }
      if (w.startsWith(at, ITEM)) {
        return spoil(w, at, "expected " + n + " rows, found " + row);
      }
      at = next;
    }
    end = at;
    return true;
  }

  /** Ends the frame at the next start of a frame; false while none is there. */
  private boolean spoil(TextWindow w, int from, String why) throws IOException {
    problem = why;
    int at = from;
    // A frame whose own start is broken must not end where it starts.
    while (at == 0 || !startsFrame(w, at)) {
      at = w.lineEnd(at);
      if (at < 0 || w.lineEnd(at) < 0) {
        end = w.available();
        return false;
      }
    }
    end = at;
    return true;
  }

  private static boolean startsFrame(TextWindow w, int at) {
    return w.startsWith(at, TIME) || w.startsWith(at, UNITS);
  }

  private static String quote(TextWindow w, int from, int to) {
    String line = w.line(from, to);
    return line.length() > 60 ? line.substring(0, 60) + "..." : line;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
