package io.vitrine.pipelines.monitor;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.vitrine.learning.Model;
import io.vitrine.learning.ModelJson;
import io.vitrine.results.ResultsReader;
import io.vitrine.results.StoreException;
import io.vitrine.results.rows.ModelRow;
import io.vitrine.results.rows.PredictionRow;
import io.vitrine.results.rows.RowKind;
import io.vitrine.results.rows.WindowRow;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The versions of the model that is trained during a run, as the store knows them. */
final class LiveVersions {
  private final ResultsReader store;
  private final String study;
  private final Map<String, Version> byFingerprint = new HashMap<>();

  LiveVersions(ResultsReader store, String study) {
    this.store = store;
    this.study = study;
  }

  /**
   * One version.
   *
   * @param number counted from 1
   * @param fingerprint what the store calls it
   * @param trainedAt simulation time of the window after which it was trained, tau
   * @param model the classifier
   */
  record Version(long number, String fingerprint, double trainedAt, Model model) {}

  /** All of them, by number. */
  List<Version> all() throws StoreException {
    for (ModelRow row : store.rows(ModelRow.class, RowKind.MODEL, study)) {
      if (row.model().equals(Model.LIVE) && !byFingerprint.containsKey(row.version())) {
        byFingerprint.put(row.version(), version(row));
      }
    }
    return byFingerprint.values().stream()
        .sorted(Comparator.comparingLong(Version::number))
        .toList();
  }

  private static Version version(ModelRow row) {
    try {
      Model model = ModelJson.parse(row.model(), row.json());
      Map<String, Object> convention = model.origin().convention();
      return new Version(
          convention.get("live_version") instanceof Number n ? n.longValue() : 0,
          row.version(),
          convention.get("live_trained_at") instanceof Number t ? t.doubleValue() : Double.NaN,
          model);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("model " + row.version() + " of the store is not JSON", e);
    }
  }

  /**
   * The newest window of a simulation that a version scored: its number, the mean score, and r in
   * the newest window that its version was not trained on.
   */
  Optional<String> newest(String simulation) throws StoreException {
    List<WindowRow> rows = store.newestWindows(study, simulation, Model.LIVE, 1);
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    WindowRow row = rows.get(0);
    if (!byFingerprint.containsKey(row.modelVersion())) {
      all();
    }
    Version version = byFingerprint.get(row.modelVersion());
    String text =
        String.format(
            Locale.ROOT, "v%s %+.3f", version == null ? "?" : version.number(), row.score().mean());
    for (PredictionRow r : store.newestPredictions(study, simulation, Model.LIVE, 1)) {
      text += String.format(Locale.ROOT, " r %.2f", r.r());
    }
    return Optional.of(text);
  }
}
