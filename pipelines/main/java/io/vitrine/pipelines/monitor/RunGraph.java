package io.vitrine.pipelines.monitor;

import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.analysis.spec.Conventions;
import io.vitrine.learning.ModelFile;
import io.vitrine.pipelines.run.Program;
import io.vitrine.pipelines.study.StudySpec;
import io.vitrine.results.ResultsReader;
import io.vitrine.results.SimulationStatus;
import io.vitrine.results.StoreException;
import io.vitrine.results.rows.ConventionRow;
import io.vitrine.results.rows.ModelRow;
import io.vitrine.results.rows.NoticeRow;
import io.vitrine.results.rows.ResultRow;
import io.vitrine.results.rows.RunState;
import io.vitrine.streaming.io.FrameIO;
import io.vitrine.streaming.io.feed.FrameOptions;
import io.vitrine.streaming.io.feed.FrameUri;
import io.vitrine.streaming.transforms.CaptureBursts;
import io.vitrine.streaming.transforms.RetrainSchedule;
import io.vitrine.streaming.transforms.SimulationInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A prepared run as a job: its pipeline, what its readers look up, and its first rows. */
final class RunGraph {
  private final PreparedRun run;
  private final Map<String, SimulationInfo> simulations = new LinkedHashMap<>();

  RunGraph(PreparedRun run) {
    this.run = run;
    StudySpec spec = run.spec();
    spec.frames()
        .forEach(
            (id, uri) ->
                simulations.put(
                    id,
                    new SimulationInfo(
                        spec.study(),
                        id,
                        uri.identity(),
                        uri.scheme().text(),
                        spec.analysis().convention().label(),
                        uri.temperature(),
                        run.looks().get(id).particles(),
                        run.looks().get(id).targets(spec.analysis().targets()),
                        spec.analysis().intervalMillis(),
                        spec.analysis().windowMillis(),
                        run.options().until(),
                        run.looks().get(id).frames())));
  }

  /** What the store knows before the first frame: simulations that run, models that score. */
  List<ResultRow> rows() throws StoreException {
    List<ResultRow> rows = new ArrayList<>();
    for (SimulationInfo info : simulations.values()) {
      rows.add(info.row(RunState.RUNNING, ""));
      rows.addAll(conventions(info));
    }
    for (ModelFile model : run.spec().models().values()) {
      rows.add(new ModelRow(run.spec().study(), model.name(), model.fingerprint(), model.text()));
    }
    rows.addAll(outagesOver());
    return rows;
  }

  /** The conventions that the numbers of a simulation depend on. */
  private List<ResultRow> conventions(SimulationInfo info) {
    AnalysisSpec spec = run.spec().analysis();
    Map<String, Object> all = new LinkedHashMap<>(Conventions.of(spec));
    all.putAll(Conventions.of(spec.features()));
    all.putAll(Conventions.of(spec.relaxation()));
    String free = run.looks().get(info.simulation()).free();
    if (!free.isEmpty()) {
      all.put("free_edges", free);
    }
    Preflight look = run.looks().get(info.simulation());
    if (look != null) {
      look.composition().ifPresent(c -> all.putAll(c.conventions()));
    }
    FrameUri uri = run.spec().frames().get(info.simulation());
    for (String unit : List.of("length", "time")) {
      if (uri.get(unit) != null) {
        all.put(unit + "_unit_of_input", uri.get(unit));
      }
    }
    List<ResultRow> rows = new ArrayList<>();
    all.forEach(
        (name, value) ->
            rows.add(
                new ConventionRow(
                    info.study(),
                    info.simulation(),
                    name,
                    value instanceof double[] list ? Arrays.toString(list) : value.toString())));
    return rows;
  }

  /** An outage whose end an earlier process did not see is over: this process looks for itself. */
  private List<ResultRow> outagesOver() throws StoreException {
    List<ResultRow> rows = new ArrayList<>();
    try (ResultsReader reader = ResultsReader.open(run.store())) {
      for (SimulationStatus status : reader.simulations(run.spec().study())) {
        String id = status.simulation().simulation();
        if (!status.outage().isEmpty() && simulations.containsKey(id)) {
          rows.add(new NoticeRow(run.spec().study(), id, NoticeRow.OUTAGE, 0, ""));
        }
      }
    }
    return rows;
  }

  /** What the store is told at a pause: simulations that ran are paused, not stalled. */
  List<ResultRow> pausedRows() throws StoreException {
    List<ResultRow> rows = new ArrayList<>();
    try (ResultsReader reader = ResultsReader.open(run.store())) {
      for (SimulationStatus status : reader.simulations(run.spec().study())) {
        SimulationInfo info = simulations.get(status.simulation().simulation());
        if (info != null && status.simulation().state() == RunState.RUNNING) {
          rows.add(info.row(RunState.PAUSED, ""));
        }
      }
    }
    return rows;
  }

  /** The transforms. */
  MonitorPipeline pipeline() {
    StudySpec spec = run.spec();
    return new MonitorPipeline(
        FrameIO.read(List.copyOf(simulations.keySet())),
        spec.study(),
        simulations,
        spec.analysis(),
        List.copyOf(spec.models().values()),
        run.store(),
        retraining(),
        spec.capture() == null
            ? null
            : new CaptureBursts.Target(spec.capture(), run.folder().capture().toString()),
        spec.hopEvents(),
        run.options().keepWindows(),
        run.folder().shards());
  }

  private RetrainSchedule retraining() {
    long every = run.spec().retrainMillis();
    return every == 0
        ? null
        : new RetrainSchedule(
            every,
            run.folder().shards().toString(),
            run.folder().models().toString(),
            Finishing.temperature(run.spec()),
            Program.VERSION,
            run.spec().ridge() == null ? "" : run.spec().ridge().toString());
  }

  /** What readers look up when they start. */
  Consumer<FrameOptions> settings() {
    Map<String, String> frames = new LinkedHashMap<>();
    run.spec().frames().forEach((id, uri) -> frames.put(id, uri.absolute().toString()));
    return options -> {
      options.setFrames(frames);
      options.setSpool(run.folder().root().resolve("spool").toString());
      options.setUntil(run.options().until());
      options.setUntilQuiet(run.options().untilQuiet());
      options.setIntervalMillis(run.spec().analysis().intervalMillis());
      options.setWindowFrames(run.spec().analysis().window().frames());
      options.setDiameters(run.spec().analysis().features().hasScaledDistances());
      options.setDimensions(run.spec().analysis().features().dimensions());
      options.setSpecies(String.join(" ", run.spec().analysis().targets().species()));
    };
  }
}
