package io.vitrine.serving;

import io.vitrine.results.ResultsReader;
import io.vitrine.results.StoreException;
import io.vitrine.results.bins.CounterSum;
import io.vitrine.results.rows.ModelRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The classifiers of a store. A version never changes, so each is read once. */
final class Classifiers {
  private final ResultsReader reader;
  private final Map<List<String>, Classifier> known = new HashMap<>();
  private final IdentityHashMap<Classifier, Unit> units = new IdentityHashMap<>();

  Classifiers(ResultsReader reader) {
    this.reader = reader;
  }

  /** All versions of a model, the newest last. */
  List<Classifier> versions(String study, String model) throws StoreException {
    return of(study, reader.modelVersions(study).getOrDefault(model, List.of()), model);
  }

  /** All versions of each model of a study, by name, the newest last. */
  List<List<Classifier>> all(String study) throws StoreException {
    List<List<Classifier>> all = new ArrayList<>();
    for (Map.Entry<String, List<String>> each : reader.modelVersions(study).entrySet()) {
      all.add(of(study, each.getValue(), each.getKey()));
    }
    return all;
  }

  /** Scales of the scores of all versions of a model. */
  Map<String, Unit> units(String study, String model) throws StoreException {
    Map<String, Unit> all = new HashMap<>();
    List<CounterSum> counters = null;
    for (Classifier each : versions(study, model)) {
      Unit unit = units.get(each);
      if (unit == null && each.knowsSigma()) {
        unit = each.unit(List.of());
        units.put(each, unit);
      } else if (unit == null) {
        counters = counters == null ? reader.counters(study) : counters;
        unit = each.unit(counters);
      }
      all.put(each.row().version(), unit);
    }
    return all;
  }

  private List<Classifier> of(String study, List<String> versions, String model)
      throws StoreException {
    List<Classifier> all = new ArrayList<>();
    for (String version : versions) {
      List<String> key = List.of(study, model, version);
      Classifier classifier = known.get(key);
      if (classifier == null) {
        Optional<ModelRow> row = reader.model(study, model, version);
        if (row.isEmpty()) {
          continue;
        }
        classifier = Classifier.of(row.get());
        known.put(key, classifier);
      }
      all.add(classifier);
    }
    return all;
  }
}
