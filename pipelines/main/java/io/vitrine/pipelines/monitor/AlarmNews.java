package io.vitrine.pipelines.monitor;

import io.vitrine.serving.alarms.Alarm;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Tells people when an alarm goes on and when it is over. One that comes and goes within {@value
 * #SECONDS} s is told once.
 */
final class AlarmNews {
  static final int SECONDS = 10;

  private record Told(Alarm alarm, long seenNanos) {}

  private final Consumer<String> out;
  private final Map<String, Told> on = new HashMap<>();

  AlarmNews(Consumer<String> out) {
    this.out = out;
  }

  /** Hears which alarms are on. */
  void hear(List<Alarm> alarms, long nowNanos) {
    Set<String> now = new HashSet<>();
    for (Alarm alarm : alarms) {
      String key = alarm.kind() + '\n' + alarm.simulation();
      now.add(key);
      if (on.put(key, new Told(alarm, nowNanos)) == null) {
        out.accept("alarm: " + inWords(alarm));
      }
    }
    on.entrySet()
        .removeIf(
            entry -> {
              Told told = entry.getValue();
              boolean over =
                  !now.contains(entry.getKey())
                      && nowNanos - told.seenNanos > SECONDS * 1_000_000_000L;
              if (over) {
                out.accept("alarm is over: " + name(told.alarm));
              }
              return over;
            });
  }

  /** An alarm in one line. */
  static String inWords(Alarm alarm) {
    return name(alarm) + ": " + alarm.text();
  }

  private static String name(Alarm alarm) {
    return (alarm.simulation().isEmpty() ? "" : alarm.simulation() + ": ") + alarm.kind();
  }
}
