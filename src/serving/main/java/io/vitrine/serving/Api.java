package io.vitrine.serving;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitrine.analysis.barriers.CountedTime;
import io.vitrine.analysis.barriers.StoredRates;
import io.vitrine.results.ResultsReader;
import io.vitrine.results.SimulationStatus;
import io.vitrine.results.rows.ModelRow;
import io.vitrine.serving.alarms.Study;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * The questions the page may ask. An answer is given again until it is {@link #FRESH_MILLIS} old
 * and {@link #REST} times as old as it took to make, so that pages cost a bounded part of one
 * processor, however many they are and however large the store is. What is drawn over time and the
 * fits, which take longer, have a reader and a lock of their own.
 */
final class Api implements AutoCloseable {
  static final long FRESH_MILLIS = 400;

  /** Time that passes for each unit of time an answer took. */
  static final long REST = 4;

  /** The same for fits: a run that goes on changes them all the time. */
  private static final long FITS_REST = 19;

  private static final int MOST_ANSWERS = 64;
  private static final int MOST_SERIES = 8;
  private static final double FAR = 1e12;

  private final ServingOptions options;
  private final InstantSource clock;
  private final Bursts bursts;
  private final Desk desk;
  private final Desk seriesDesk;
  private final Desk countsDesk;
  private final Map<String, Kept> kept = lastUsed(MOST_ANSWERS);
  private final Map<String, SeriesView> series = lastUsed(MOST_SERIES);
  private final Map<String, Fits> fits = lastUsed(MOST_ANSWERS);
  private final Map<String, Looked> looked = lastUsed(MOST_ANSWERS);

  /** A reader of its own and what it has read. */
  private record Desk(ResultsReader reader, Classifiers classifiers) {
    static Desk over(String store) throws IOException {
      ResultsReader reader = ResultsReader.open(store);
      return new Desk(reader, new Classifiers(reader));
    }
  }

  private record Kept(Answer answer, long untilMillis) {}

  private record Looked(Study study, long untilMillis) {}

  private record Fits(StoredRates rates, CountedTime counted, Answer answer, long untilMillis) {}

  Api(ServingOptions options, InstantSource clock) throws IOException {
    this.options = options;
    this.clock = clock;
    this.bursts = Bursts.beside(options.store());
    this.desk = Desk.over(options.store());
    this.seriesDesk = Desk.over(options.store());
    this.countsDesk = Desk.over(options.store());
  }

  /** Answers a path, or null where nothing is asked under it. */
  Answer ask(String path, Map<String, String> query) throws IOException, Refusal {
    switch (path) {
      case "/api/physics":
        return physics(query);
      case "/api/series":
        return series(query);
      default:
        break;
    }
    synchronized (desk) {
      String key = path + query;
      Kept before = kept.get(key);
      if (before != null && clock.millis() < before.untilMillis()) {
        return before.answer();
      }
      long started = System.nanoTime();
      Answer answer = look(path, query);
      if (answer != null) {
        kept.put(key, new Kept(answer, until(started, REST)));
      }
      return answer;
    }
  }

  /** Until when what was begun to be made at this time is given again, ms. */
  private long until(long startedNanos, long rest) {
    long cost = (System.nanoTime() - startedNanos) / 1_000_000;
    return clock.millis() + Math.max(FRESH_MILLIS, rest * cost);
  }

  private Answer look(String path, Map<String, String> query) throws IOException, Refusal {
    ResultsReader reader = desk.reader();
    switch (path) {
      case "/api/state":
        String study = study(reader, query);
        String command = "./vitrine analyze --store '" + options.store() + "' --study " + study;
        return Json.answer(
            FileUnitsView.added(
                StateView.of(look(study), reader.studies(), command + " --output figures --json"),
                reader,
                study));
      case "/api/relaxation":
        return Json.answer(RelaxationView.of(reader, look(study(reader, query))));
      case "/api/histograms":
        return histograms(study(reader, query), query.getOrDefault("model", ""));
      case "/api/marks":
        return Json.answer(MarksView.of(reader, look(study(reader, query)), bursts));
      case "/api/box":
      case "/api/particle":
        return box(path, query);
      case "/api/learning":
        String name = study(reader, query);
        Study learnt = look(name);
        return Json.answer(
            LearningView.of(
                learnt,
                desk.classifiers().all(name),
                reader.predictionMeans(name, LearningView.stretch(learnt))));
      case "/metrics":
        List<Study> studies = new ArrayList<>();
        List<ModelRow> models = new ArrayList<>();
        for (String each : reader.studies()) {
          studies.add(look(each));
          desk.classifiers().all(each).forEach(v -> v.forEach(c -> models.add(c.row())));
        }
        return new Answer(Metrics.CONTENT_TYPE, Metrics.text(studies, models));
      default:
        return null;
    }
  }

  private Answer histograms(String study, String model) throws IOException {
    List<Classifier> versions = desk.classifiers().versions(study, model);
    Map<String, Unit> units = desk.classifiers().units(study, model);
    Unit unit =
        versions.isEmpty()
            ? Unit.NONE
            : units.get(versions.get(versions.size() - 1).row().version());
    return Json.answer(HistogramView.of(desk.reader().histograms(study), model, unit));
  }

  private Answer box(String path, Map<String, String> query) throws IOException, Refusal {
    String study = study(desk.reader(), query);
    String simulation = query.getOrDefault("simulation", "");
    BoxView view = new BoxView(desk.reader(), desk.classifiers(), study, simulation);
    if (path.equals("/api/particle")) {
      return Json.answer(view.particle((int) number(query, "id", -1)));
    }
    if (query.containsKey("burst")) {
      String model =
          look(study).simulations().stream()
              .filter(s -> s.simulation().simulation().equals(simulation))
              .map(SimulationStatus::model)
              .findFirst()
              .orElse("");
      int frame = (int) number(query, "frame", 0);
      return Json.answer(view.burst(bursts, number(query, "burst", 0), frame, model));
    }
    return Json.answer(query.containsKey("at") ? view.at(number(query, "at", 0)) : view.times());
  }

  /** A look at a study that is no older than an answer. */
  private Study look(String study) throws IOException {
    synchronized (desk) {
      Looked before = looked.get(study);
      if (before != null && clock.millis() < before.untilMillis()) {
        return before.study();
      }
      long started = System.nanoTime();
      Study found =
          Study.look(desk.reader(), study, options.store(), options.thresholds(), clock.millis());
      looked.put(study, new Looked(found, until(started, REST)));
      return found;
    }
  }

  private Answer series(Map<String, String> query) throws IOException, Refusal {
    SeriesView.Range range =
        new SeriesView.Range(
            millis(query, "from", -FAR), millis(query, "to", FAR), millis(query, "average", 0));
    return Json.answer(
        series(
            look(study(desk.reader(), query)),
            range,
            query.getOrDefault("model", ""),
            query.getOrDefault("since", "")));
  }

  private ObjectNode series(Study study, SeriesView.Range range, String model, String since)
      throws IOException {
    synchronized (seriesDesk) {
      long width = range.width(study.simulations());
      SeriesView view =
          series.computeIfAbsent(
              String.join("\n", study.name(), model, range.toString(), "" + width),
              key -> new SeriesView(range, width));
      Map<String, Map<String, Unit>> units = new HashMap<>();
      for (SimulationStatus status : study.simulations()) {
        String scorer = model.isEmpty() ? status.model() : model;
        if (!scorer.isEmpty() && !units.containsKey(scorer)) {
          units.put(scorer, seriesDesk.classifiers().units(study.name(), scorer));
        }
      }
      return view.answer(seriesDesk.reader(), study, model, units, since);
    }
  }

  /**
   * Reads what the first page will ask for and takes longest: the curves of the first study. They
   * are read a part at a time, so whoever asks meanwhile waits no longer than without it.
   */
  void warm() throws IOException {
    List<String> studies = desk.reader().studies();
    if (!studies.isEmpty()) {
      Study study =
          Study.look(
              seriesDesk.reader(),
              studies.get(0),
              options.store(),
              options.thresholds(),
              clock.millis());
      SeriesView.Range whole =
          new SeriesView.Range(Math.round(-1000 * FAR), Math.round(1000 * FAR), 0);
      ObjectNode answer = series(study, whole, "", "");
      while (answer.path("more").asBoolean() && !Thread.currentThread().isInterrupted()) {
        answer = series(study, whole, "", answer.path("since").asText());
      }
    }
  }

  private Answer physics(Map<String, String> query) throws IOException, Refusal {
    synchronized (countsDesk) {
      ResultsReader reader = countsDesk.reader();
      String study = study(reader, query);
      SortedMap<String, List<String>> models = reader.countedVersions(study);
      String first = models.isEmpty() ? "" : models.firstKey();
      String model = query.getOrDefault("model", first);
      String from = query.getOrDefault("from", CountedTime.AUTO);
      String key = String.join("\n", study, model, from);
      Fits before = fits.get(key);
      if (before != null && clock.millis() < before.untilMillis()) {
        return before.answer();
      }
      long started = System.nanoTime();
      CountedTime counted = counted(study, from);
      List<StoredRates> found;
      try {
        found = model.isEmpty() ? List.of() : StoredRates.of(reader, study, counted, model, false);
      } catch (IllegalArgumentException e) {
        return reason(e.getMessage());
      }
      if (found.isEmpty()) {
        return reason("No classifier has scored anything that counts yet");
      }
      StoredRates rates = found.get(0);
      boolean same =
          before != null && before.rates().equals(rates) && before.counted().equals(counted);
      Answer answer = same ? before.answer() : Json.answer(PhysicsView.of(rates, counted));
      fits.put(key, new Fits(rates, counted, answer, until(started, FITS_REST)));
      return answer;
    }
  }

  private static Answer reason(String text) {
    ObjectNode none = Json.object();
    none.put("reason", text);
    return Json.answer(none);
  }

  private CountedTime counted(String study, String from) throws IOException, Refusal {
    try {
      return CountedTime.of(countsDesk.reader(), study, from);
    } catch (IllegalArgumentException e) {
      throw new Refusal(400, e.getMessage());
    }
  }

  @Override
  public void close() throws IOException {
    desk.reader().close();
    seriesDesk.reader().close();
    countsDesk.reader().close();
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

  private static long millis(Map<String, String> query, String name, double otherwise)
      throws Refusal {
    return Math.round(1000 * number(query, name, otherwise));
  }

  private static double number(Map<String, String> query, String name, double otherwise)
      throws Refusal {
    String text = query.get(name);
    return text == null ? otherwise : number(name, text);
  }

  private static double number(String name, String text) throws Refusal {
    try {
      double value = Double.parseDouble(text);
      if (Math.abs(value) <= FAR) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Refused below, as a number out of range is.
    }
    throw new Refusal(400, name + " must be a number");
  }

  private static <V> Map<String, V> lastUsed(int most) {
    return new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > most;
      }
    };
  }
}
