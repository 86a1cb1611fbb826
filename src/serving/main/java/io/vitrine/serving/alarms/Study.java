package io.vitrine.serving.alarms;

import io.vitrine.relaxation.Verdict;
import io.vitrine.results.ResultsReader;
import io.vitrine.results.SimulationStatus;
import io.vitrine.results.StoreException;
import io.vitrine.results.WindowGlance;
import io.vitrine.results.rows.DeadLetterRow;
import io.vitrine.results.rows.EquilibriumRow;
import io.vitrine.results.rows.PredictionRow;
import io.vitrine.results.rows.RowKind;
import io.vitrine.results.rows.TrainingCountRow;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * One look at a study: where its simulations are, how far training sets are, which alarms are on.
 *
 * @param name of the study
 * @param simulations by name
 * @param training rows of all simulations
 * @param verdicts newest one of each simulation that has any
 * @param predictions of each simulation and model the newest window that is predicted
 * @param alarms that are on
 * @param stalled names of simulations that are silent
 */
public record Study(
    String name,
    List<SimulationStatus> simulations,
    List<TrainingCountRow> training,
    Map<String, EquilibriumRow> verdicts,
    List<PredictionRow> predictions,
    List<Alarm> alarms,
    Set<String> stalled) {
  /** Takes a look. */
  public static Study look(
      ResultsReader reader, String name, String store, AlarmThresholds thresholds, long nowMillis)
      throws StoreException {
    List<SimulationStatus> simulations = reader.simulations(name);
    List<TrainingCountRow> training =
        reader.rows(TrainingCountRow.class, RowKind.TRAINING_COUNT, name);
    Alarms alarms = new Alarms(thresholds);
    Set<String> stalled = new HashSet<>();
    Map<String, EquilibriumRow> verdicts = new TreeMap<>();
    for (SimulationStatus status : simulations) {
      String id = status.simulation().simulation();
      List<WindowGlance> windows = reader.glance(name, id, status.model(), Alarms.WINDOWS);
      alarms.look(status, reader.newestFrames(name, id, 2 * Alarms.FRAMES), windows, nowMillis);
      if (alarms.stalled(status, nowMillis)) {
        stalled.add(id);
      }
      Optional<EquilibriumRow> verdict = reader.newestVerdict(name, id);
      if (verdict.isPresent()) {
        verdicts.put(id, verdict.get());
        alarms.equilibrium(
            verdict.get(), reader.newestVerdict(name, id, Verdict.Kind.EQUILIBRATED.text()));
      }
    }
    if (simulations.stream().anyMatch(status -> status.deadLetters() > 0)) {
      alarms.broken(reader.rows(DeadLetterRow.class, RowKind.DEAD_LETTER, name));
    }
    disk(alarms, store);
    return new Study(
        name,
        simulations,
        training,
        verdicts,
        reader.latestPredictions(name),
        alarms.found(),
        Set.copyOf(stalled));
  }

  /** Looks at the disk where the store is a file. */
  private static void disk(Alarms alarms, String url) {
    if (url.startsWith("jdbc:sqlite:")) {
      try {
        FileStore disk = Files.getFileStore(Path.of(url.substring("jdbc:sqlite:".length())));
        alarms.disk(disk.getUsableSpace(), disk.getTotalSpace());
      } catch (IOException e) {
        alarms.disk(0, 1);
      }
    }
  }

  /** running, stalled, waiting, paused, finished or failed. */
  public String stage(SimulationStatus status) {
    if (stalled.contains(status.simulation().simulation())) {
      return "stalled";
    }
    String state = status.simulation().state().word();
    return state.equals("running") && status.frames() == 0 ? "waiting" : state;
  }

  /** How far windows are behind the newest frame that could have been the last of one, tau. */
  public static double lag(SimulationStatus status) {
    if (status.expectedWindows() == 0) {
      return 0;
    }
    long possible = status.latestMillis() - status.simulation().windowMillis() / 2;
    long newest = Math.max(status.newestWindowMillis(), status.firstMillis());
    return Math.max(0, possible - newest) / 1000.0;
  }
}
