package io.vitrine.serving;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitrine.results.ResultsReader;
import io.vitrine.results.SimulationStatus;
import io.vitrine.results.rows.DeadLetterRow;
import io.vitrine.results.rows.EquilibriumRow;
import io.vitrine.results.rows.RowKind;
import io.vitrine.serving.alarms.Alarm;
import io.vitrine.serving.alarms.Study;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What happened when: bursts, changes of the verdict on equilibrium, frames that could not be used,
 * and the alarms that are on, at their simulation's newest frame.
 */
final class MarksView {
  /** Most marks: the newest of each kind. */
  static final int MOST = 500;

  /** Alarms that say what a mark of another kind says. */
  private static final Set<String> TOLD = Set.of("dead_letters", "nan", "equilibrium");

  private record Mark(double time, String kind, String simulation, String text) {}

  private MarksView() {}

  static ObjectNode of(ResultsReader reader, Study study, Bursts bursts) throws IOException {
    List<Mark> marks = new ArrayList<>();
    for (Bursts.Burst burst : bursts.all()) {
      marks.add(new Mark(burst.time(), "burst", burst.simulation(), "frames are kept"));
    }
    marks.addAll(verdicts(reader, study.name()));
    for (DeadLetterRow row : reader.rows(DeadLetterRow.class, RowKind.DEAD_LETTER, study.name())) {
      if (Double.isFinite(row.time())) {
        String text = row.place() + ": " + row.reason();
        marks.add(new Mark(row.time(), "dead letter", row.simulation(), text));
      }
    }
    Map<String, Double> newest = new HashMap<>();
    for (SimulationStatus status : study.simulations()) {
      newest.put(status.simulation().simulation(), status.latestMillis() / 1000.0);
    }
    for (Alarm alarm : study.alarms()) {
      if (!TOLD.contains(alarm.kind()) && newest.getOrDefault(alarm.simulation(), -1.0) >= 0) {
        double time = newest.get(alarm.simulation());
        marks.add(new Mark(time, "alarm", alarm.simulation(), alarm.kind() + ": " + alarm.text()));
      }
    }
    marks.sort(Comparator.comparingDouble(Mark::time));
    ObjectNode node = Json.object();
    node.put("left", Math.max(0, marks.size() - MOST));
    ArrayNode all = node.putArray("marks");
    for (Mark mark : marks.subList(Math.max(0, marks.size() - MOST), marks.size())) {
      ObjectNode each = all.addObject();
      each.put("time", mark.time());
      each.put("kind", mark.kind());
      each.put("simulation", mark.simulation());
      each.put("text", mark.text());
    }
    return node;
  }

  /** Where the verdict of a simulation became another. */
  private static List<Mark> verdicts(ResultsReader reader, String study) throws IOException {
    List<Mark> marks = new ArrayList<>();
    EquilibriumRow before = null;
    for (EquilibriumRow row : reader.rows(EquilibriumRow.class, RowKind.EQUILIBRIUM, study)) {
      if (before != null
          && before.simulation().equals(row.simulation())
          && !before.verdict().equals(row.verdict())) {
        String text = String.format(Locale.ROOT, "%s, %s before", row.verdict(), before.verdict());
        marks.add(new Mark(row.timeMillis() / 1000.0, "verdict", row.simulation(), text));
      }
      before = row;
    }
    return marks;
  }
}
