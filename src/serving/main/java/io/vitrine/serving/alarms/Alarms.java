package io.vitrine.serving.alarms;

import io.vitrine.relaxation.Verdict;
import io.vitrine.results.SimulationStatus;
import io.vitrine.results.WindowGlance;
import io.vitrine.results.rows.DeadLetterRow;
import io.vitrine.results.rows.EquilibriumRow;
import io.vitrine.results.rows.FrameRow;
import io.vitrine.results.rows.RunState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** Decides from stored numbers alone which alarms are on. Pure: the clock comes in as a number. */
final class Alarms {
  /** Newest frames looked at: two times this many. */
  static final int FRAMES = 100;

  /** Frames whose mean temperature can be judged: T of 1,000 particles fluctuates by 2.6%. */
  private static final int FEWEST_FRAMES = 20;

  /** Newest windows looked at; blocks of {@link #BLOCK} count as independent. */
  static final int WINDOWS = 1000;

  /** What the gate of frames says of a coordinate that is NaN, infinite or absurdly far away. */
  private static final String NOT_FINITE = "expected a finite number below";

  /** Verdicts that say that a simulation is not in equilibrium, whatever it was before. */
  private static final Set<String> NO_EQUILIBRIUM =
      Set.of(
          Verdict.Kind.AGEING.text(),
          Verdict.Kind.COMPOSITION_WAVE.text(),
          Verdict.Kind.CRYSTAL.text());

  private static final int BLOCK = 50;
  private static final int FEWEST_BLOCKS = 4;

  private final AlarmThresholds thresholds;
  private final List<Alarm> found = new ArrayList<>();

  Alarms(AlarmThresholds thresholds) {
    this.thresholds = thresholds;
  }

  List<Alarm> found() {
    return List.copyOf(found);
  }

  /** True where a running simulation has been silent for too long. */
  boolean stalled(SimulationStatus status, long nowMillis) {
    return status.simulation().state() == RunState.RUNNING
        && status.wallSeen() >= 0
        && nowMillis - status.wallSeen() > 1000 * thresholds.stalledSeconds();
  }

  /**
   * Looks at one simulation.
   *
   * @param frames newest first, up to 2 {@link #FRAMES}
   * @param windows newest first, up to {@link #WINDOWS}
   */
  void look(
      SimulationStatus status, List<FrameRow> frames, List<WindowGlance> windows, long nowMillis) {
    String id = status.simulation().simulation();
    if (!status.outage().isEmpty()) {
      add("stalled", id, Double.NaN, "%s", status.outage());
    } else if (stalled(status, nowMillis)) {
      double seconds = (nowMillis - status.wallSeen()) / 1000.0;
      add("stalled", id, seconds, "no frame for %.0f s", seconds);
    }
    if (status.simulation().state() == RunState.FAILED) {
      add("failed", id, Double.NaN, "%s", status.simulation().error());
    }
    if (status.deadLetters() > 0) {
      add(
          "dead_letters",
          id,
          (double) status.deadLetters(),
          status.deadLetters() == 1 ? "%d frame could not be used" : "%d frames could not be used",
          status.deadLetters());
    }
    explosion(status, id, frames);
    temperature(status, id, frames);
    energyAndCrystal(id, frames, windows);
    ageing(id, windows);
  }

  /**
   * Looks at what was said of a simulation's equilibrium. A run that is too short raises nothing,
   * and one that is frozen only where it was equilibrated before.
   *
   * @param newest verdict
   * @param equilibrated the newest verdict that said so
   */
  void equilibrium(EquilibriumRow newest, Optional<EquilibriumRow> equilibrated) {
    boolean left = equilibrated.isPresent() && newest.verdict().equals(Verdict.Kind.FROZEN.text());
    if (!left && !NO_EQUILIBRIUM.contains(newest.verdict())) {
      return;
    }
    double time = newest.timeMillis() / 1000.0;
    String before =
        equilibrated
            .map(e -> format(", equilibrated until %.0f tau", e.timeMillis() / 1000.0))
            .orElse("");
    add(
        "equilibrium",
        newest.simulation(),
        time,
        "%s at %.0f tau%s: %s",
        newest.verdict(),
        time,
        before,
        newest.reason());
  }

  void disk(long usable, long total) {
    if (total > 0 && usable < thresholds.diskFraction() * total) {
      double free = (double) usable / total;
      add("disk", "", free, "%.1f%% of the store's disk is free", 100 * free);
    }
  }

  /** Positions that are no numbers, or a frame that is far too hot: the integration broke down. */
  void broken(List<DeadLetterRow> letters) {
    Set<String> told = new HashSet<>();
    for (DeadLetterRow letter : letters) {
      if (letter.reason().contains(NOT_FINITE) && told.add(letter.simulation())) {
        add("nan", letter.simulation(), letter.time(), "%s: %s", letter.place(), letter.reason());
      }
    }
  }

  private void explosion(SimulationStatus status, String id, List<FrameRow> frames) {
    double set = status.simulation().temperature();
    double newest = mean(frames, 0, 1, FrameRow::temperature);
    if (newest > thresholds.explosion() * set) {
      add("explosion", id, newest, "the newest frame has T = %.4g, set T = %.3f", newest, set);
    }
  }

  private void temperature(SimulationStatus status, String id, List<FrameRow> frames) {
    double set = status.simulation().temperature();
    int count = Math.max(FEWEST_FRAMES, Math.min(FRAMES, frames.size()));
    double measured = mean(frames, 0, count, FrameRow::temperature);
    if (Math.abs(measured - set) > thresholds.temperatureDrift() * set) {
      add("temperature", id, measured, "measured T = %.3f, set T = %.3f", measured, set);
    }
  }

  private void energyAndCrystal(String id, List<FrameRow> frames, List<WindowGlance> windows) {
    double now = mean(frames, 0, FRAMES, FrameRow::potentialEnergy);
    double before = mean(frames, FRAMES, 2 * FRAMES, FrameRow::potentialEnergy);
    double change = (now - before) / Math.abs(before);
    if (Math.abs(change) > thresholds.energyDrift()) {
      add(
          "energy",
          id,
          change,
          "U changed by %+.1f%% between the newest hundreds of frames",
          100 * change);
    }
    double scoreNow = mean(windows, 0, FRAMES, WindowGlance::meanScore);
    double scoreBefore = mean(windows, FRAMES, 2 * FRAMES, WindowGlance::meanScore);
    double spread = mean(windows, FRAMES, 2 * FRAMES, WindowGlance::sigmaScore);
    if (change < -thresholds.energyDrift()
        && scoreNow < scoreBefore - thresholds.crystalScore() * spread) {
      double fall = scoreBefore - scoreNow;
      add("crystal", id, fall, "mean score fell to %.3f by %.3f, and U too", scoreNow, fall);
    }
  }

  /** Compares the two halves of the newest windows, block means being independent. */
  private void ageing(String id, List<WindowGlance> windows) {
    int blocks = Math.min(windows.size(), WINDOWS) / BLOCK / 2;
    if (blocks < FEWEST_BLOCKS) {
      return;
    }
    double[] late = blockMeans(windows, 0, blocks);
    double[] early = blockMeans(windows, blocks, 2 * blocks);
    double error = Math.sqrt((variance(late) + variance(early)) / blocks);
    double z = (mean(late) - mean(early)) / error;
    if (Math.abs(z) > thresholds.ageing()) {
      add(
          "ageing",
          id,
          z,
          "rearranging fraction went from %.4g to %.4g (%.1f standard errors)",
          mean(early),
          mean(late),
          z);
    }
  }

  private static double[] blockMeans(List<WindowGlance> windows, int from, int to) {
    double[] means = new double[to - from];
    for (int b = from; b < to; b++) {
      means[b - from] = mean(windows, b * BLOCK, (b + 1) * BLOCK, WindowGlance::hopFraction);
    }
    return means;
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double variance(double[] values) {
    double mean = mean(values);
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return sum / (values.length - 1);
  }

  /** Mean over a full range of rows; NaN where there are too few. */
  private static <R> double mean(List<R> rows, int from, int to, ToDoubleFunction<R> value) {
    if (rows.size() < to) {
      return Double.NaN;
    }
    double sum = 0;
    for (R row : rows.subList(from, to)) {
      sum += value.applyAsDouble(row);
    }
    return sum / (to - from);
  }

  private void add(String kind, String simulation, double value, String format, Object... values) {
    found.add(new Alarm(kind, simulation, value, format(format, values)));
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
