package io.vitrine.serving;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitrine.results.CounterBlock;
import io.vitrine.results.CounterSum;
import io.vitrine.results.ModelRow;
import io.vitrine.results.ResultsReader;
import io.vitrine.results.RowKind;
import io.vitrine.results.WindowRow;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The questions the page may ask. An answer younger than {@link #FRESH_MILLIS} is given again, so
 * that many pages cost the store no more than one. The fits, which take longer, have a reader and a
 * lock of their own and are made again only when counters have changed.
 */
final class Api implements AutoCloseable {
  static final long FRESH_MILLIS = 400;
  static final int SERIES_LIMIT = 4000;
  private static final int MOST_ANSWERS = 64;

  private final ServingOptions options;
  private final InstantSource clock;
  private final ResultsReader reader;
  private final ResultsReader countsReader;
  private final Map<String, Kept> kept = lastUsed();
  private final Map<String, Fits> fits = lastUsed();

  private record Kept(Answer answer, long atMillis) {}

  private record Fits(List<CounterSum> counters, Classifier classifier, Answer answer) {}

  Api(ServingOptions options, InstantSource clock) throws IOException {
    this.options = options;
    this.clock = clock;
    this.reader = ResultsReader.open(options.store());
    this.countsReader = ResultsReader.open(options.store());
  }

  /** Answers a path, or null where nothing is asked under it. */
  Answer ask(String path, Map<String, String> query) throws IOException, Refusal {
    if (path.equals("/api/physics")) {
      return physics(query);
    }
    synchronized (this) {
      String key = path + query;
      Kept before = kept.get(key);
      long now = clock.millis();
      if (before != null && now - before.atMillis() < FRESH_MILLIS) {
        return before.answer();
      }
      Answer answer = look(path, query, now);
      if (answer != null) {
        kept.put(key, new Kept(answer, now));
      }
      return answer;
    }
  }

  private Answer look(String path, Map<String, String> query, long now)
      throws IOException, Refusal {
    switch (path) {
      case "/api/state":
        String study = study(reader, query);
        String command = "./vitrine analyze --store '" + options.store() + "' --study " + study;
        return Json.answer(
            StateView.of(look(study, now), reader.studies(), command + " --output figures --json"));
      case "/api/series":
        List<WindowRow> rows =
            reader.windows(
                study(reader, query),
                query.getOrDefault("simulation", ""),
                query.getOrDefault("model", ""),
                Math.round(1000 * number(query, "after", -1e12)),
                SERIES_LIMIT);
        return Json.answer(SeriesView.windows(rows, SERIES_LIMIT));
      case "/api/histograms":
        return Json.answer(SeriesView.histograms(reader.histograms(study(reader, query))));
      case "/api/box":
        return Json.answer(
            BoxView.of(
                reader,
                study(reader, query),
                query.getOrDefault("simulation", ""),
                number(query, "at", Double.NaN)));
      case "/api/learning":
        String name = study(reader, query);
        return Json.answer(LearningView.of(look(name, now), classifiers(reader, name)));
      case "/metrics":
        List<Study> studies = new ArrayList<>();
        List<ModelRow> models = new ArrayList<>();
        for (String each : reader.studies()) {
          studies.add(look(each, now));
          models.addAll(reader.rows(ModelRow.class, RowKind.MODEL, each));
        }
        return new Answer(Metrics.CONTENT_TYPE, Metrics.text(studies, models));
      default:
        return null;
    }
  }

  private Study look(String study, long now) throws IOException {
    return Study.look(reader, study, options.store(), options.thresholds(), now);
  }

  private Answer physics(Map<String, String> query) throws IOException, Refusal {
    synchronized (fits) {
      String study = study(countsReader, query);
      List<Classifier> all = classifiers(countsReader, study);
      List<CounterSum> sums = countsReader.counters(study);
      String model = query.getOrDefault("model", sums.isEmpty() ? "" : sums.get(0).model());
      Classifier classifier = chosen(all, sums, model, query.get("version"));
      if (classifier == null) {
        ObjectNode none = Json.object();
        none.put("reason", "no classifier has scored anything yet");
        return Json.answer(none);
      }
      String version = classifier.row().version();
      List<CounterSum> counters =
          sums.stream()
              .filter(c -> c.model().equals(model) && c.modelVersion().equals(version))
              .toList();
      boolean prefactor = !query.getOrDefault("prefactor", "true").equals("false");
      String key = study + '\n' + model + '\n' + version + '\n' + prefactor;
      Fits before = fits.get(key);
      if (before != null
          && before.counters().equals(counters)
          && before.classifier().equals(classifier)) {
        return before.answer();
      }
      List<CounterBlock> blocks =
          countsReader.rows(CounterBlock.class, RowKind.COUNTER_BLOCK, study).stream()
              .filter(b -> b.model().equals(model) && b.modelVersion().equals(version))
              .toList();
      Answer answer = Json.answer(PhysicsView.of(classifier, counters, blocks, prefactor));
      fits.put(key, new Fits(counters, classifier, answer));
      return answer;
    }
  }

  @Override
  public void close() throws IOException {
    reader.close();
    countsReader.close();
  }

  private static List<Classifier> classifiers(ResultsReader reader, String study)
      throws IOException {
    return reader.rows(ModelRow.class, RowKind.MODEL, study).stream().map(Classifier::of).toList();
  }

  /** The study asked for, else the first; an empty store has one without a name. */
  private static String study(ResultsReader reader, Map<String, String> query)
      throws IOException, Refusal {
    List<String> studies = reader.studies();
    String asked = query.get("study");
    if (asked == null) {
      return studies.isEmpty() ? "" : studies.get(0);
    }
    if (!studies.contains(asked)) {
      throw new Refusal(404, "there is no such study");
    }
    return asked;
  }

  /** The version asked for, else the one that scored most, of equal ones the newest; or null. */
  private static Classifier chosen(
      List<Classifier> all, List<CounterSum> sums, String model, String version) {
    Map<String, Long> scored = new HashMap<>();
    for (CounterSum sum : sums) {
      if (sum.model().equals(model)) {
        scored.merge(sum.modelVersion(), sum.windows(), Long::sum);
      }
    }
    return all.stream()
        .filter(each -> each.row().model().equals(model))
        .filter(each -> version == null || each.row().version().equals(version))
        .max(
            Comparator.comparingLong((Classifier c) -> scored.getOrDefault(c.row().version(), 0L))
                .thenComparingLong(Classifier::number))
        .orElse(null);
  }

  private static double number(Map<String, String> query, String name, double otherwise)
      throws Refusal {
    String text = query.get(name);
    if (text == null) {
      return otherwise;
    }
    try {
      double value = Double.parseDouble(text);
      if (Math.abs(value) <= 1e12) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Refused below, as a number out of range is.
    }
    throw new Refusal(400, name + " must be a number");
  }

  private static <V> Map<String, V> lastUsed() {
    return new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > MOST_ANSWERS;
      }
    };
  }
}
