package io.vitrine.pipelines.simulate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitrine.engine.Simulation;
import io.vitrine.model.Frame;
import io.vitrine.model.Target;
import io.vitrine.relaxation.Keep;
import io.vitrine.relaxation.RelaxationReport;
import io.vitrine.relaxation.RelaxationSpec;
import io.vitrine.relaxation.RelaxationTracker;
import io.vitrine.relaxation.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Judges a simulation while it equilibrates, a frame every tau, by the rules of {@code monitor}:
 * its first species, k = 7.25. All it remembers is bytes by name, so a run that continues from a
 * restart file comes to the same verdict at the same time.
 */
final class Equilibrium {
  private static final String MADE = "equilibrium";

  private final TreeMap<String, byte[]> memory = new TreeMap<>();
  private final Keep keep = Keep.in(memory);
  private RelaxationTracker tracker;

  /** Goes on with what a restart file remembers. */
  void remember(SortedMap<String, byte[]> before) {
    memory.putAll(before);
  }

  SortedMap<String, byte[]> memory() {
    return memory;
  }

  /** Whether it has seen no frame yet. */
  boolean isNew() {
    return memory.isEmpty();
  }

  /** Sees the simulation after so many tau; true where it is in equilibrium. */
  boolean accept(Simulation simulation, long tau) {
    long steps = simulation.integration().stepsIn(1.0);
    Frame frame = simulation.frame("simulate");
    Frame now = frame.toBuilder().at(tau * steps, (double) tau).build();
    return tracker(now).accept(now, keep).reportDue() && isReached(report(now));
  }

  private RelaxationTracker tracker(Frame frame) {
    if (tracker == null) {
      RelaxationSpec usual = RelaxationSpec.standard();
      tracker =
          RelaxationTracker.of(
              new RelaxationSpec(frame.box().dimensions(), usual.wavevectors(), usual.overlap()),
              List.of(new Target(frame.particles().names(), 0)),
              1000);
    }
    return tracker;
  }

  private RelaxationReport report(Frame frame) {
    return tracker(frame).report(keep).orElseThrow();
  }

  private static boolean isReached(RelaxationReport report) {
    return report.verdict().kind() == Verdict.Kind.EQUILIBRATED;
  }

  /** What is said now, with its numbers. */
  String text(Simulation simulation) {
    Verdict verdict = report(simulation.frame("simulate")).verdict();
    return verdict.kind().text() + ": " + String.join("; ", verdict.reasons());
  }

  /** Forgets everything but the verdict, which was reached after so many tau. */
  void reached(Simulation simulation, long tau) throws JsonProcessingException {
    RelaxationReport report = report(simulation.frame("simulate"));
    ObjectNode node = new ObjectMapper().createObjectNode();
    node.put("tau", tau);
    node.put("verdict", report.verdict().kind().text());
    node.put("since", report.verdict().since());
    node.put("tau_alpha", known(report.tauAlpha().value()));
    node.put("tau_alpha_error", known(report.tauAlpha().error()));
    report.verdict().reasons().forEach(node.withArray("reasons")::add);
    memory.clear();
    memory.put(MADE, node.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** What {@link #reached} left, as JSON; empty where nothing was judged. */
  String summary() {
    byte[] made = memory.get(MADE);
    return made == null ? "" : new String(made, StandardCharsets.UTF_8);
  }

  /** JSON has no NaN. */
  private static Double known(double value) {
    return Double.isNaN(value) ? null : value;
  }
}
