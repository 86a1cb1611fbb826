package io.vitrine.pipelines.monitor;

import io.vitrine.pipelines.monitor.LiveRow.Attention;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/**
 * The text of a study that runs: one row for each simulation, those that need attention first, and
 * one row for those there is no room for. No line is longer than the width, and there are no more
 * lines than the height; columns that do not fit beside what is wrong are left out, the least
 * important first.
 */
final class LiveTable {
  private static final int LEAST_STATE = 16;
  private static final String ELLIPSIS = "...";
  private static final AttributedStyle PLAIN = AttributedStyle.DEFAULT;

  private record Column(String name, boolean right, int rank, Function<LiveRow, String> cell) {}

  /** In their order; the one of the largest rank is left out first, rank 0 never. */
  private static final List<Column> COLUMNS =
      List.of(
          new Column("simulation", false, 0, LiveRow::id),
          new Column("T", true, 4, r -> number("%.3g", r.temperature())),
          new Column("tau", true, 0, LiveTable::time),
          new Column("left", true, 1, r -> Pace.inWords(r.secondsLeft())),
          new Column("hops", true, 2, r -> number("%.2f%%", 100 * r.hopFraction())),
          new Column("score", true, 5, r -> number("%+.3f", r.score())),
          new Column("live", true, 6, LiveRow::live),
          new Column("tau_alpha", true, 3, LiveRow::tauAlpha));

  private LiveTable() {}

  /** The lines, of at most so many columns and rows. */
  static List<AttributedString> lines(
      String heading, List<LiveRow> all, String footer, int width, int height) {
    List<LiveRow> rows = ordered(all);
    boolean footed = !footer.isEmpty() && height >= 5;
    int room = Math.max(1, height - 2 - (footed ? 1 : 0));
    int shown = rows.size() <= room ? rows.size() : room - 1;
    int[] widths = widths(rows, width);
    List<AttributedString> lines = new ArrayList<>();
    lines.add(line(heading, PLAIN.bold(), width));
    lines.add(line(row(Column::name, "state", widths, width), PLAIN.faint(), width));
    for (LiveRow row : rows.subList(0, shown)) {
      String text = row(c -> c.cell.apply(row), row.state(), widths, width);
      lines.add(line(text, style(row.attention()), width));
    }
    if (shown < rows.size()) {
      lines.add(line(together(rows.subList(shown, rows.size()), " more"), PLAIN, width));
    }
    if (footed) {
      lines.add(line(footer, PLAIN, width));
    }
    return lines.subList(0, Math.min(lines.size(), height));
  }

  /** The same in one line, for where there is no terminal. */
  static String line(String heading, List<LiveRow> all, String footer, int width) {
    StringBuilder text = new StringBuilder(heading);
    List<LiveRow> rows = ordered(all);
    int shown = 0;
    for (LiveRow row : rows) {
      String next = "; " + described(row);
      if (text.length() + next.length() > width * 5 / 6) {
        break;
      }
      text.append(next);
      shown++;
    }
    if (shown < rows.size()) {
      text.append("; ").append(together(rows.subList(shown, rows.size()), " more"));
    }
    return cut(text + (footer.isEmpty() ? "" : "; " + footer), width);
  }

  private static String described(LiveRow row) {
    StringBuilder text = new StringBuilder(row.id());
    COLUMNS.stream()
        .skip(2)
        .filter(c -> !c.cell.apply(row).isEmpty())
        .forEach(
            c ->
                text.append(c.name.equals("tau") ? " " : " " + c.name + " ")
                    .append(c.cell.apply(row))
                    .append(c.name.equals("tau") ? " tau" : ""));
    return text + " " + row.state();
  }

  /** Many simulations in one line: the range of their numbers and how many are in which state. */
  static String together(List<LiveRow> rows, String what) {
    StringBuilder text = new StringBuilder().append(rows.size()).append(what).append(": ");
    range(text, rows, "%.0f", LiveRow::time, " tau, ");
    double left = rows.stream().mapToDouble(LiveRow::secondsLeft).max().orElse(Double.NaN);
    text.append(Double.isNaN(left) ? "" : Pace.inWords(left) + " left, ");
    range(text, rows, "%.2f", r -> 100 * r.hopFraction(), "% hop, ");
    Map<String, Integer> words = new LinkedHashMap<>();
    rows.forEach(row -> words.merge(row.word(), 1, Integer::sum));
    return text
        + words.entrySet().stream()
            .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
            .map(e -> e.getValue() + " " + e.getKey())
            .collect(Collectors.joining(", "));
  }

  private static void range(
      StringBuilder text,
      List<LiveRow> rows,
      String format,
      ToDoubleFunction<LiveRow> value,
      String unit) {
    double[] known =
        rows.stream().mapToDouble(value).filter(v -> !Double.isNaN(v)).sorted().toArray();
    if (known.length > 0) {
      String low = number(format, known[0]);
      String high = number(format, known[known.length - 1]);
      text.append(low).append(low.equals(high) ? "" : " to " + high).append(unit);
    }
  }

  private static List<LiveRow> ordered(List<LiveRow> rows) {
    return rows.stream().sorted(Comparator.comparing(LiveRow::attention)).toList();
  }

  /** Width of each column, 0 where it is left out: empty, or no room for it. */
  private static int[] widths(List<LiveRow> rows, int width) {
    int[] widths = new int[COLUMNS.size()];
    int sum = 0;
    for (int c = 0; c < widths.length; c++) {
      Column column = COLUMNS.get(c);
      int longest = rows.stream().mapToInt(row -> columns(column.cell.apply(row))).max().orElse(0);
      widths[c] = longest == 0 ? 0 : Math.max(longest, columns(column.name));
      widths[c] = c == 0 ? Math.min(widths[c], Math.max(8, width / 4)) : widths[c];
      sum += widths[c] == 0 ? 0 : widths[c] + 2;
    }
    int state = rows.stream().anyMatch(r -> r.attention().isWrong()) ? width * 2 / 5 : LEAST_STATE;
    for (int rank = COLUMNS.size(); rank > 0 && sum + state > width; rank--) {
      for (int c = 0; c < widths.length; c++) {
        if (COLUMNS.get(c).rank == rank && widths[c] > 0) {
          sum -= widths[c] + 2;
          widths[c] = 0;
        }
      }
    }
    return widths;
  }

  private static String row(Function<Column, String> cell, String state, int[] widths, int width) {
    StringBuilder text = new StringBuilder();
    for (int c = 0; c < widths.length; c++) {
      if (widths[c] > 0) {
        Column column = COLUMNS.get(c);
        String value = c == 0 ? shorten(cell.apply(column), widths[c]) : cell.apply(column);
        String space = " ".repeat(Math.max(0, widths[c] - columns(value)));
        text.append(column.right ? space + value : value + space).append("  ");
      }
    }
    return cut(text + state, width);
  }

  private static AttributedString line(String text, AttributedStyle style, int width) {
    return new AttributedStringBuilder().style(style).append(cut(text, width)).toAttributedString();
  }

  private static AttributedStyle style(Attention attention) {
    if (attention == Attention.FAILED || attention == Attention.STALLED) {
      return PLAIN.foreground(AttributedStyle.RED);
    }
    return attention.isWrong() ? PLAIN.foreground(AttributedStyle.YELLOW) : PLAIN;
  }

  /** A text of at most so many columns. */
  private static String cut(String text, int width) {
    AttributedString whole = new AttributedString(text);
    if (whole.columnLength() <= width) {
      return text;
    }
    int kept = Math.max(0, width - ELLIPSIS.length());
    return whole.columnSubSequence(0, kept) + ELLIPSIS.substring(0, Math.min(width, 3));
  }

  /** A name of at most so many columns: its middle goes, as names differ at their ends. */
  private static String shorten(String name, int width) {
    AttributedString whole = new AttributedString(name);
    int length = whole.columnLength();
    if (length <= width) {
      return name;
    }
    int head = (width - 2) / 2;
    return whole.columnSubSequence(0, head)
        + ".."
        + whole.columnSubSequence(length - (width - 2 - head), length);
  }

  private static int columns(String text) {
    return new AttributedString(text).columnLength();
  }

  private static String time(LiveRow row) {
    if (Double.isNaN(row.time())) {
      return "";
    }
    return number("%.0f", row.time())
        + (Double.isNaN(row.until()) ? "" : number("/%.0f", row.until()));
  }

  private static String number(String format, double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, format, value);
  }
}
