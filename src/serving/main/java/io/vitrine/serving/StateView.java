package io.vitrine.serving;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitrine.results.SimulationStatus;
import io.vitrine.results.rows.EquilibriumRow;
import io.vitrine.results.rows.SimulationRow;
import io.vitrine.serving.alarms.Alarm;
import io.vitrine.serving.alarms.Study;
import java.util.List;

/** The overview: every simulation, the study's progress, alarms. */
final class StateView {
  private StateView() {}

  static ObjectNode of(Study study, List<String> studies, String command) {
    ObjectNode node = Json.object();
    node.put("study", study.name());
    ArrayNode names = node.putArray("studies");
    studies.forEach(names::add);
    node.put("command", command);
    ArrayNode simulations = node.putArray("simulations");
    double done = 0;
    double expected = 0;
    for (SimulationStatus status : study.simulations()) {
      simulations.add(simulation(study, status));
      done += status.frames();
      expected += expectedFrames(status);
    }
    Json.put(node, "progress", Math.min(1, done / expected));
    ArrayNode alarms = node.putArray("alarms");
    for (Alarm alarm : study.alarms()) {
      alarms
          .addObject()
          .put("kind", alarm.kind())
          .put("simulation", alarm.simulation())
          .put("text", alarm.text());
    }
    return node;
  }

  /** Frames to come in all, from the row or from its end; NaN for an open end. */
  private static double expectedFrames(SimulationStatus status) {
    SimulationRow row = status.simulation();
    if (row.state() == io.vitrine.results.rows.RunState.FINISHED) {
      return status.frames();
    }
    return row.expectedFrames() >= 0
        ? row.expectedFrames()
        : row.untilTime() * 1000 / row.intervalMillis();
  }

  private static ObjectNode simulation(Study study, SimulationStatus status) {
    SimulationRow row = status.simulation();
    ObjectNode node = Json.object();
    node.put("id", row.simulation());
    node.put("stage", study.stage(status));
    node.put("source", row.source());
    node.put("convention", row.convention());
    node.put("error", row.error());
    node.put("model", status.model());
    Json.put(node, "temperatureSet", row.temperature());
    Json.put(node, "temperature", status.temperature());
    Json.put(node, "pressure", status.pressure());
    Json.put(node, "energy", row.particles() > 0 ? status.energy() / row.particles() : Double.NaN);
    Json.put(node, "time", status.latestMillis() < 0 ? Double.NaN : status.latestMillis() / 1000.0);
    Json.put(node, "until", row.untilTime());
    Json.put(node, "interval", row.intervalMillis() / 1000.0);
    Json.put(node, "window", row.windowMillis() / 1000.0);
    Json.put(node, "lag", Study.lag(status));
    Json.put(node, "framesPerSecond", status.framesPerSecond());
    node.put("particles", row.particles());
    node.put("targets", row.targets());
    node.put("frames", status.frames());
    node.put("framesThinned", status.framesThinned());
    node.put("framesRepeated", status.framesRepeated());
    node.put("windows", status.windows());
    node.put("windowsIncomplete", status.missingWindows());
    node.put("windowsExpected", status.expectedWindows());
    node.put("deadLetters", status.deadLetters());
    Json.put(node, "hopFraction", status.hopFraction());
    EquilibriumRow verdict = study.verdicts().get(row.simulation());
    if (verdict == null) {
      node.putNull("equilibrium");
    } else {
      equilibrium(node.putObject("equilibrium"), verdict);
    }
    return node;
  }

  private static void equilibrium(ObjectNode node, EquilibriumRow row) {
    Json.put(node, "time", row.timeMillis() / 1000.0);
    node.put("verdict", row.verdict());
    Json.put(node, "since", row.since());
    Json.put(node, "tauAlpha", row.tauAlpha());
    Json.put(node, "tauAlphaError", row.tauAlphaError());
    node.put("reason", row.reason());
  }
}
