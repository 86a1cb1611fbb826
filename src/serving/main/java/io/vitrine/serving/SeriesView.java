package io.vitrine.serving;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitrine.results.ResultsReader;
import io.vitrine.results.SimulationStatus;
import io.vitrine.results.StoreException;
import io.vitrine.results.TimeBin;
import io.vitrine.serving.alarms.Study;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * What is drawn over time, of all simulations of a study: means, minima and maxima over bins of one
 * width, so that no spike is lost. Keeps what it has read and reads on, no longer than {@value
 * #PATIENCE_MILLIS} ms at a time.
 */
final class SeriesView {
  /** Most bins of all simulations together: what a slow line carries in a second. */
  static final int MOST = 12_000;

  /** Most bins of one simulation: more than a figure has pixels. */
  static final int MOST_OF_ONE = 1500;

  private static final long PATIENCE_MILLIS = 250;

  private final Range range;
  private final long width;
  private final Map<String, Curve> curves = new HashMap<>();
  private final Map<String, Map<String, Unit>> units = new HashMap<>();
  private long token = System.nanoTime();
  private long reading;

  /**
   * What is wanted.
   *
   * @param fromMillis first instant
   * @param toMillis last instant
   * @param averageMillis shortest bin
   */
  record Range(long fromMillis, long toMillis, long averageMillis) {
    private long first(SimulationStatus status) {
      return Math.max(fromMillis, status.firstMillis());
    }

    private long last(SimulationStatus status) {
      return Math.min(toMillis, status.latestMillis());
    }

    /** Width of the bins, ms: the interval of frames times a power of two. */
    long width(List<SimulationStatus> simulations) {
      long width = 1000;
      double span = 0;
      double longest = 0;
      for (SimulationStatus status : simulations) {
        long interval = status.simulation().intervalMillis();
        width = span == 0 ? interval : Math.min(width, interval);
        double length = Math.max(1, last(status) - first(status));
        span += length;
        longest = Math.max(longest, length);
      }
      double least = Math.max((double) averageMillis, Math.max(span / MOST, longest / MOST_OF_ONE));
      while (width < least) {
        width *= 2;
      }
      return width;
    }
  }

  SeriesView(Range range, long widthMillis) {
    this.range = range;
    this.width = widthMillis;
  }

  /**
   * Reads on and answers.
   *
   * @param model classifier whose scores are wanted; else each simulation's own
   * @param scales scale of the scores by model and version
   * @param since what the client was last told to say: bins that have not changed since then are
   *     only counted; empty for all
   */
  ObjectNode answer(
      ResultsReader reader,
      Study study,
      String model,
      Map<String, Map<String, Unit>> scales,
      String since)
      throws StoreException {
    long deadline = System.nanoTime() + 1_000_000 * PATIENCE_MILLIS;
    if (!units.entrySet().stream().allMatch(e -> extend(e.getValue(), scales.get(e.getKey())))) {
      token = System.nanoTime();
    }
    units.putAll(scales);
    String own = Long.toHexString(token) + ".";
    long known =
        since.matches(own + "\\d{1,18}") ? Long.parseLong(since.substring(own.length())) : -1;
    reading++;
    ObjectNode answer = Json.object();
    Json.put(answer, "width", width / 1000.0);
    answer.put("since", own + reading);
    ArrayNode all = answer.putArray("simulations");
    boolean whole = true;
    for (SimulationStatus status : study.simulations()) {
      ObjectNode each = all.addObject();
      String id = status.simulation().simulation();
      each.put("id", id);
      Curve windows = windows(reader, study.name(), status, status.model());
      whole &= read(windows, status, status.windows(), deadline);
      Columns columns = columns(each, "windows", windows, TimeBin::values, known);
      columns.quantity("hop", 0, 1);
      if (!status.model().isEmpty()) {
        String scorer = model.isEmpty() ? status.model() : model;
        Curve scores = windows(reader, study.name(), status, scorer);
        whole &= read(scores, status, status.windows(), deadline);
        Map<String, Unit> scale = scales.get(scorer);
        columns =
            columns(
                each,
                "scores",
                scores,
                b -> scale.getOrDefault(b.version(), Unit.NONE).scale(b.values()),
                known);
        columns.quantity("x", 1, 1);
        columns.column("sigma", p -> p.values().get(2).mean());
      }
      Curve frames =
          curves.computeIfAbsent(
              id,
              k ->
                  curve(status, (from, to) -> reader.frameBins(study.name(), id, width, from, to)));
      whole &= read(frames, status, status.frames(), deadline);
      columns = columns(each, "frames", frames, TimeBin::values, known);
      columns.quantity("temperature", 0, 1);
      columns.quantity("energy", 1, (double) status.simulation().particles());
      columns.quantity("pressure", 2, 1);
    }
    answer.put("more", !whole);
    return answer;
  }

  private static boolean extend(Map<String, Unit> before, Map<String, Unit> now) {
    return now == null || now.entrySet().containsAll(before.entrySet());
  }

  private Curve windows(ResultsReader reader, String study, SimulationStatus status, String model) {
    String id = status.simulation().simulation();
    return curves.computeIfAbsent(
        id + '\n' + model,
        k -> curve(status, (from, to) -> reader.windowBins(study, id, model, width, from, to)));
  }

  private Curve curve(SimulationStatus status, Curve.Source source) {
    return new Curve(source, width, status.simulation().intervalMillis());
  }

  private boolean read(Curve curve, SimulationStatus status, long rows, long deadline)
      throws StoreException {
    return curve.read(range.first(status), range.last(status), rows, reading, deadline);
  }

  /** What of a curve the client does not have, in columns; {@code keep} counts what it has. */
  private record Columns(ObjectNode node, List<Curve.Point> points) {
    /** Means and, where bins hold several rows, the smallest and largest values. */
    void quantity(String name, int which, double over) {
      column(name, p -> p.values().get(which).mean() / over);
      if (points.stream().anyMatch(p -> p.rows() > 1)) {
        column(name + "Low", p -> p.values().get(which).low() / over);
        column(name + "High", p -> p.values().get(which).high() / over);
      }
    }

    /** A column of numbers, of several rows to six digits. */
    void column(String name, ToDoubleFunction<Curve.Point> value) {
      ArrayNode array = node.putArray(name);
      for (Curve.Point point : points) {
        double number = value.applyAsDouble(point);
        Json.add(array, point.rows() > 1 ? Json.short6(number) : number);
      }
    }
  }

  private static Columns columns(
      ObjectNode node,
      String name,
      Curve curve,
      Function<TimeBin, List<TimeBin.Spread>> values,
      long known) {
    List<Curve.Point> points = curve.points(values);
    int keep = known < 0 ? 0 : curve.unchanged(known);
    ObjectNode own = node.putObject(name);
    own.put("keep", keep);
    Columns columns = new Columns(own, points.subList(keep, points.size()));
    columns.column("time", Curve.Point::time);
    return columns;
  }
}
