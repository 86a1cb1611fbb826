package io.vitrine.pipelines.monitor;

import io.vitrine.pipelines.run.Runtime;
import io.vitrine.pipelines.run.Screen;
import io.vitrine.results.ResultsReader;
import io.vitrine.results.SimulationStatus;
import io.vitrine.results.StoreException;
import io.vitrine.results.rows.RunState;
import io.vitrine.results.rows.SimulationRow;
import io.vitrine.serving.alarms.Alarm;
import io.vitrine.serving.alarms.AlarmThresholds;
import io.vitrine.serving.alarms.Study;
import java.io.PrintStream;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What people look at while a study runs, read from the store like everything else that is shown: a
 * table that is drawn in place on a terminal, one line a minute elsewhere, nothing where quiet was
 * asked for. What is said meanwhile appears above the table.
 */
final class LiveView implements AutoCloseable {
  private static final long LOOK_NANOS = 1_000_000_000L;
  private static final long PRINT_NANOS = 60_000_000_000L;
  private static final int LONGEST_LINE = 240;
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

  /** A look may take this part of the time: the store of a hundred simulations is large. */
  private static final int SHARE = 10;

  private final PreparedRun run;
  private final AlarmThresholds thresholds;
  private final PrintStream people;
  private final boolean silent;
  private final Screen screen;
  private final Map<String, Waiting> waiting = new HashMap<>();
  private final Map<String, Pace> read = new HashMap<>();
  private final Map<String, Pace> analysed = new HashMap<>();
  private final List<LiveRow> rows = new ArrayList<>();
  private final AlarmNews alarms = new AlarmNews(this::say);
  private LiveVersions versions;
  private String heading = "";
  private String footer = "";
  private long lookAt = System.nanoTime();
  private long printAt = System.nanoTime() + PRINT_NANOS;

  LiveView(PreparedRun run, AlarmThresholds thresholds, PrintStream people, boolean silent) {
    this.run = run;
    this.thresholds = thresholds;
    this.people = people;
    this.silent = silent;
    this.screen = Screen.open(people);
    run.spec().frames().forEach((id, uri) -> waiting.put(id, new Waiting(uri)));
  }

  /** Whether it is time for another look. */
  boolean isDue() {
    return System.nanoTime() - lookAt >= 0;
  }

  /** Looks at the store and shows what is there. */
  void look(ResultsReader store, Optional<Runtime.Trouble> trouble) throws StoreException {
    long began = System.nanoTime();
    String name = run.spec().study();
    Study study = Study.look(store, name, run.store(), thresholds, System.currentTimeMillis());
    if (versions == null) {
      versions = new LiveVersions(store, name);
    }
    rows.clear();
    Map<String, Double> intervals = new HashMap<>();
    double perSecond = 0;
    double lag = 0;
    for (SimulationStatus s : study.simulations()) {
      String id = s.simulation().simulation();
      if (waiting.containsKey(id)) {
        double left = secondsLeft(s, began);
        String live = versions.newest(id).orElse("");
        rows.add(LiveRow.of(study, s, left, live, waiting.get(id)));
        intervals.put(id, s.simulation().intervalMillis() / 1000.0);
        double own = read.get(id).perSecond();
        perSecond += own > 0 ? own : 0;
        lag = Math.max(lag, Study.lag(s));
      }
    }
    heading = heading(name, perSecond, lag, trouble);
    footer =
        SampleCounts.describe(
            study.training().stream().filter(r -> waiting.containsKey(r.simulation())).toList(),
            intervals);
    alarms.hear(alarms(study), began);
    long now = System.nanoTime();
    lookAt = now + Math.max(LOOK_NANOS, SHARE * (now - began));
    show(now);
  }

  /** Those of this run. Of a source that is away or rests, a notice tells. */
  private List<Alarm> alarms(Study study) {
    Set<String> away = new HashSet<>();
    study.simulations().stream()
        .filter(s -> !s.outage().isEmpty())
        .forEach(s -> away.add(s.simulation().simulation()));
    return study.alarms().stream()
        .filter(a -> a.simulation().isEmpty() || waiting.containsKey(a.simulation()))
        .filter(a -> !a.kind().equals("target"))
        .filter(a -> !a.kind().equals("stalled") || !away.contains(a.simulation()))
        .toList();
  }

  private String heading(
      String study, double perSecond, double lag, Optional<Runtime.Trouble> trouble) {
    StringBuilder text = new StringBuilder(study);
    trouble.ifPresent(t -> text.append(": the job ").append(t));
    text.append(": ").append(rows.size()).append(rows.size() == 1 ? " simulation" : " simulations");
    if (perSecond > 0) {
      text.append(String.format(Locale.ROOT, ", %.1f frames/s", perSecond));
    }
    if (lag >= 1) {
      text.append(String.format(Locale.ROOT, ", analysis %.0f tau behind", lag));
    }
    double left = rows.stream().mapToDouble(LiveRow::secondsLeft).max().orElse(Double.NaN);
    return text + (left > 0 ? ", " + Pace.inWords(left) + " left" : "");
  }

  /** By the frames a source holds or by its last time, whichever comes first. */
  private double secondsLeft(SimulationStatus s, long now) {
    SimulationRow row = s.simulation();
    long filling = row.windowMillis() / row.intervalMillis();
    long onGrid = Math.min(s.frames(), s.windows() + s.missingWindows() + filling);
    Pace windows = analysed.computeIfAbsent(row.simulation(), id -> new Pace());
    windows.see(now, (double) onGrid);
    Pace frames = read.computeIfAbsent(row.simulation(), id -> new Pace());
    long all = onGrid + s.framesThinned() + s.framesRepeated() + s.deadLetters();
    frames.see(now, (double) all);
    if (row.state() == RunState.FINISHED) {
      return 0;
    }
    double byCount =
        row.expectedFrames() < 0 ? Double.NaN : frames.secondsTo((double) row.expectedFrames());
    long first = Math.max(0, s.firstMillis());
    double byTime = windows.secondsTo((row.untilTime() * 1000 - first) / row.intervalMillis() + 1);
    return byCount < byTime || Double.isNaN(byTime) ? byCount : byTime;
  }

  private void show(long now) {
    if (silent) {
      return;
    }
    if (screen.isThere()) {
      draw();
    } else if (now - printAt >= 0) {
      printAt += PRINT_NANOS;
      people.println(
          LiveTable.line(
              LocalTime.now(ZoneId.systemDefault()).format(CLOCK) + " " + heading,
              rows,
              footer,
              LONGEST_LINE));
    }
  }

  private void draw() {
    screen.draw(LiveTable.lines(heading, rows, footer, screen.width(), screen.height()));
  }

  /** Draws again where the terminal has another size now. */
  void resize() {
    if (!silent && screen.isThere() && screen.isResized() && !rows.isEmpty()) {
      draw();
    }
  }

  /** Tells people something, above the table. */
  void say(String text) {
    boolean drawn = screen.clear();
    System.err.println(text);
    if (drawn) {
      draw();
    }
  }

  /** Takes the table away. */
  void clear() {
    screen.clear();
  }

  /** Leaves the table as it is, if it is there. */
  @Override
  public void close() {
    screen.close();
  }
}
