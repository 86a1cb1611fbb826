package io.vitrine.pipelines.monitor;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/**
 * How fast a number grows: its mean rate over the last {@value #SECONDS} s of looking, so that the
 * time that is left does not jump about.
 */
final class Pace {
  static final int SECONDS = 60;

  private record Look(long nanos, double value) {}

  private final Deque<Look> looks = new ArrayDeque<>();

  /** Remembers what was seen. */
  void see(long nanos, double value) {
    looks.addLast(new Look(nanos, value));
    while (nanos - looks.getFirst().nanos > SECONDS * 1_000_000_000L) {
      looks.removeFirst();
    }
  }

  /** Units a second; NaN while too little was seen. */
  double perSecond() {
    if (looks.size() < 2) {
      return Double.NaN;
    }
    Look first = looks.getFirst();
    Look last = looks.getLast();
    return (last.value - first.value) / ((last.nanos - first.nanos) * 1e-9);
  }

  /** Seconds until the number is {@code end}; NaN where it does not grow. */
  double secondsTo(double end) {
    double rate = perSecond();
    double missing = end - (looks.isEmpty() ? Double.NaN : looks.getLast().value);
    return missing <= 0 ? 0 : rate > 0 ? missing / rate : Double.NaN;
  }

  /** A length of time for people, in its largest unit; empty where it is not known. */
  static String inWords(double seconds) {
    if (Double.isNaN(seconds)) {
      return "";
    }
    if (seconds < 90) {
      return String.format(Locale.ROOT, "%.0f s", seconds);
    }
    if (seconds < 90 * 60) {
      return String.format(Locale.ROOT, "%.0f min", seconds / 60);
    }
    if (seconds < 48 * 3600) {
      return String.format(Locale.ROOT, "%.1f h", seconds / 3600);
    }
    return String.format(Locale.ROOT, "%.1f d", seconds / 86400);
  }
}
