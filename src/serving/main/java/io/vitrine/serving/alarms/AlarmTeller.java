package io.vitrine.serving.alarms;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Tells a program of alarms that continue. One program runs at a time, at most one every {@link
 * #PAUSE}; an alarm that had to wait is told later if it is still on, and one that comes and goes
 * is told once in {@link #SILENCE}.
 */
final class AlarmTeller {
  static final Duration PAUSE = Duration.ofSeconds(5);
  static final Duration SILENCE = Duration.ofSeconds(60);

  private final AlarmCommand command;
  private final Consumer<String> complaints;
  private final Map<String, Long> told = new HashMap<>();
  private Set<String> on = new HashSet<>();
  private long lastMillis = Long.MIN_VALUE / 2;

  AlarmTeller(AlarmCommand command, Consumer<String> complaints) {
    this.command = command;
    this.complaints = complaints;
  }

  /** Tells the program of at most one alarm that is on and has not been told. */
  void take(List<Study> studies, long nowMillis) throws InterruptedException {
    Set<String> now = new HashSet<>();
    for (Study study : studies) {
      for (Alarm alarm : study.alarms()) {
        take(study.name(), alarm, now, nowMillis);
      }
    }
    on = now;
  }

  private void take(String study, Alarm alarm, Set<String> now, long nowMillis)
      throws InterruptedException {
    String key = study + '\n' + alarm.kind() + '\n' + alarm.simulation();
    boolean known = on.contains(key);
    boolean lately = nowMillis - told.getOrDefault(key, Long.MIN_VALUE / 2) < SILENCE.toMillis();
    if (known || lately) {
      now.add(key);
    } else if (nowMillis - lastMillis >= PAUSE.toMillis()) {
      lastMillis = nowMillis;
      told.put(key, nowMillis);
      now.add(key);
      String fault = command.run(study, alarm);
      if (!fault.isEmpty()) {
        complaints.accept("alarms: " + fault);
      }
    }
  }
}
