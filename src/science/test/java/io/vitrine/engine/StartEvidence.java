package io.vitrine.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitrine.format.ReadPosition;
import io.vitrine.format.ReaderOptions;
import io.vitrine.format.TrajectoryReader;
import io.vitrine.format.trajectory.Trajectories;
import io.vitrine.model.Frame;
import io.vitrine.model.Target;
import io.vitrine.relaxation.Keep;
import io.vitrine.relaxation.RelaxationReport;
import io.vitrine.relaxation.RelaxationSpec;
import io.vitrine.relaxation.RelaxationTracker;
import io.vitrine.relaxation.Statics;
import io.vitrine.relaxation.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;

/**
 * What a run says for the equilibrium of the state it ends in: verdict, tau_alpha, U/N, P and S_cc
 * of all its frames.
 *
 * <p>A start may ship where the verdict is {@code equilibrated}, which takes 20 tau_alpha. At T
 * &lt;= 0.47, where that takes hours, {@code too short} will do if the run has at least 10
 * tau_alpha: nothing speaks against equilibrium then, but it is not proven.
 *
 * <p>Errors come from blocks of 2 tau_alpha, at least 10 tau; they need four blocks.
 */
final class StartEvidence {
  private static final double COLD = 0.47;
  private static final double FEWEST_TAU_ALPHA = 10;
  private static final int FEWEST_BLOCKS = 4;
  private static final double SHORTEST_BLOCK = 10;

  private final int count;
  private final double temperature;
  private final RelaxationReport report;
  private final List<double[]> thermo = new ArrayList<>();
  private final List<double[]> composition = new ArrayList<>();
  private double wavenumber = Double.NaN;

  private StartEvidence(Path trajectory, int count, double temperature) throws IOException {
    this.count = count;
    this.temperature = temperature;
    RelaxationTracker tracker =
        RelaxationTracker.of(RelaxationSpec.standard(), List.of(Target.A), 1000);
    Keep keep = Keep.in(new HashMap<>());
    try (TrajectoryReader reader =
        Trajectories.open(trajectory, ReaderOptions.finished("start", 0.005), ReadPosition.START)) {
      for (Frame frame = reader.next(); frame != null; frame = reader.next()) {
        accept(frame, tracker.accept(frame, keep));
      }
    }
    this.report =
        tracker
            .report(keep)
            .orElseThrow(() -> new IOException(trajectory + ": holds no frame, expected a run"));
  }

  /** Judges the whole run in a trajectory. */
  static StartEvidence of(Path trajectory, int count, double temperature) throws IOException {
    return new StartEvidence(trajectory, count, temperature);
  }

  private void accept(Frame frame, RelaxationTracker.Step step) {
    thermo.add(
        new double[] {
          frame.thermo().potentialEnergy() / count,
          frame.thermo().pressure(),
          frame.thermo().temperature()
        });
    double[] row = new double[3];
    boolean any = false;
    for (Statics statics : step.statics()) {
      for (Statics.Reading r : statics.readings()) {
        if (r.quantity().startsWith(Statics.COMPOSITION)) {
          int shell = Integer.parseInt(r.quantity().substring(Statics.COMPOSITION.length()));
          row[shell - 1] = r.value();
          wavenumber = shell == 1 ? r.wavevector() : wavenumber;
          any = true;
        }
      }
    }
    if (any) {
      composition.add(row);
    }
  }

  private double tau() {
    return thermo.size() - 1;
  }

  /** tau_alpha, or the lag that is longer; NaN where neither is known. */
  private double tauAlpha() {
    return report.tauAlpha().known() ? report.tauAlpha().value() : report.tauAlpha().below();
  }

  /** How many tau_alpha the run has, at least. */
  private double relaxations() {
    return tau() / tauAlpha();
  }

  /** Why it may not ship, or nothing. */
  String refusal() {
    Verdict.Kind kind = report.verdict().kind();
    if (kind == Verdict.Kind.EQUILIBRATED) {
      return "";
    }
    if (kind == Verdict.Kind.TOO_SHORT && temperature <= COLD) {
      return relaxations() >= FEWEST_TAU_ALPHA
          ? ""
          : number("the run must have at least 10 tau_alpha, but has %.3g", relaxations());
    }
    return "the verdict must be equilibrated, but is " + kind.text();
  }

  private String statement() {
    return report.verdict().kind() == Verdict.Kind.EQUILIBRATED
        ? number("In equilibrium by the verdict, over %.3g tau_alpha.", relaxations())
        : number(
            "Nothing speaks against equilibrium in %.3g tau_alpha; the verdict asks for 20.",
            relaxations());
  }

  String json(int seed, String command, String sha256) throws JsonProcessingException {
    ObjectNode node = new ObjectMapper().createObjectNode();
    node.put("statement", statement());
    node.put("N", count).put("T", temperature).put("seed", seed).put("command", command);
    node.put("tau", tau()).put("verdict", report.verdict().kind().text());
    if (!Double.isNaN(report.verdict().since())) {
      node.put("since", report.verdict().since());
    }
    report.verdict().reasons().forEach(node.withArray("reasons")::add);
    if (report.tauAlpha().known()) {
      put(node, "tau_alpha", report.tauAlpha().value(), report.tauAlpha().error());
    } else {
      node.put("tau_alpha_below", report.tauAlpha().below());
    }
    String[] names = {"U", "P", "T_found"};
    for (int q = 0; q < names.length; q++) {
      put(node, names[q], mean(thermo, q), error(thermo, q, 1));
    }
    ObjectNode waves = node.putObject("S_cc");
    waves.put("k", round(wavenumber));
    for (int shell = 0; shell < 3; shell++) {
      put(
          waves,
          "shell" + (shell + 1),
          mean(composition, shell),
          error(composition, shell, RelaxationTracker.COMPOSITION_EVERY));
    }
    node.put("sha256", sha256);
    return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(node);
  }

  private static void put(ObjectNode node, String name, double value, double error) {
    ArrayNode pair = node.putArray(name).add(round(value));
    if (Double.isNaN(error)) {
      pair.addNull();
    } else {
      pair.add(round(error));
    }
  }

  private static double round(double value) {
    return Double.parseDouble(number("%.5g", value));
  }

  private static double mean(List<double[]> rows, int q) {
    return rows.stream().mapToDouble(r -> r[q]).average().orElse(Double.NaN);
  }

  /** Standard error of the mean of rows that are so many tau apart; NaN where unknown. */
  private double error(List<double[]> rows, int q, int apart) {
    double tau = Math.max(SHORTEST_BLOCK, 2 * tauAlpha());
    int length = (int) Math.max(1, Math.ceil(tau / apart));
    int blocks = rows.size() / length;
    if (!(blocks >= FEWEST_BLOCKS)) {
      return Double.NaN;
    }
    List<double[]> means = new ArrayList<>();
    for (int b = 0; b < blocks; b++) {
      means.add(new double[] {mean(rows.subList(b * length, (b + 1) * length), q)});
    }
    double centre = mean(means, 0);
    double squares = means.stream().mapToDouble(m -> Math.pow(m[0] - centre, 2)).sum();
    return Math.sqrt(squares / (blocks - 1.0) / blocks);
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  @Override
  public String toString() {
    return report.verdict().kind().text()
        + ", "
        + String.join("; ", report.verdict().reasons())
        + String.format(
            Locale.ROOT,
            "%n  U/N %.4f  P %.3f  T %.4f  S_cc %.3f",
            mean(thermo, 0),
            mean(thermo, 1),
            mean(thermo, 2),
            mean(composition, 0));
  }
}
