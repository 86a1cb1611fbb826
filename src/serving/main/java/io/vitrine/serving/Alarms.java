package io.vitrine.serving;

import io.vitrine.results.DeadLetterRow;
import io.vitrine.results.FrameRow;
import io.vitrine.results.RunState;
import io.vitrine.results.SimulationStatus;
import io.vitrine.results.TrainingCountRow;
import io.vitrine.results.WindowRow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** Decides from stored numbers alone which alarms are on. Pure: the clock comes in as a number. */
final class Alarms {
  /** Newest frames looked at: two times this many. */
  static final int FRAMES = 100;

  /** Newest windows looked at; blocks of {@link #BLOCK} count as independent. */
  static final int WINDOWS = 1000;

  /** What the gate of frames says of a coordinate that is NaN, infinite or absurdly far away. */
  private static final String NOT_FINITE = "expected a finite number below";

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
      SimulationStatus status, List<FrameRow> frames, List<WindowRow> windows, long nowMillis) {
    String id = status.simulation().simulation();
    if (stalled(status, nowMillis)) {
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
          "%d frames could not be used",
          status.deadLetters());
    }
    explosion(status, id, frames);
    temperature(status, id, frames);
    energyAndCrystal(id, frames, windows);
    ageing(id, windows);
  }

  void training(List<TrainingCountRow> rows) {
    for (TrainingCountRow row : rows) {
      if (row.target() > 0 && row.samples() >= row.target()) {
        add(
            "target",
            row.simulation(),
            (double) row.samples(),
            "%s: %d samples reached",
            row.rule(),
            row.samples());
      }
    }
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
    double measured = mean(frames, 0, FRAMES, FrameRow::temperature);
    if (Math.abs(measured - set) > thresholds.temperatureDrift() * set) {
      add("temperature", id, measured, "measured T = %.3f, set T = %.3f", measured, set);
    }
  }

  private void energyAndCrystal(String id, List<FrameRow> frames, List<WindowRow> windows) {
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
    double scoreNow = mean(windows, 0, FRAMES, w -> w.score().mean());
    double scoreBefore = mean(windows, FRAMES, 2 * FRAMES, w -> w.score().mean());
    double spread = mean(windows, FRAMES, 2 * FRAMES, w -> w.score().sigma());
    if (change < -thresholds.energyDrift()
        && scoreNow < scoreBefore - thresholds.crystalScore() * spread) {
      double fall = scoreBefore - scoreNow;
      add("crystal", id, fall, "mean score fell to %.3f by %.3f, and U too", scoreNow, fall);
    }
  }

  /** Compares the two halves of the newest windows, block means being independent. */
  private void ageing(String id, List<WindowRow> windows) {
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

  private static double[] blockMeans(List<WindowRow> windows, int from, int to) {
    double[] means = new double[to - from];
    for (int b = from; b < to; b++) {
      means[b - from] = mean(windows, b * BLOCK, (b + 1) * BLOCK, w -> (double) w.hops() / w.n());
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
    found.add(new Alarm(kind, simulation, value, String.format(Locale.ROOT, format, values)));
  }
}
