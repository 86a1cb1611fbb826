package io.vitrine.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitrine.analysis.bursts.BurstRule;
import io.vitrine.analysis.sets.SoftnessSet;
import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.format.run.ShardFolder;
import io.vitrine.learning.Model;
import io.vitrine.learning.ModelFile;
import io.vitrine.model.TrainingSet;
import io.vitrine.pipelines.monitor.MonitorPipeline;
import io.vitrine.results.ResultsReader;
import io.vitrine.results.rows.CounterBlock;
import io.vitrine.results.rows.DeadLetterRow;
import io.vitrine.results.rows.FrameRow;
import io.vitrine.results.rows.HopEventRow;
import io.vitrine.results.rows.IncompleteWindowRow;
import io.vitrine.results.rows.PredictionRow;
import io.vitrine.results.rows.ResultRow;
import io.vitrine.results.rows.RowKind;
import io.vitrine.results.rows.SimulationRow;
import io.vitrine.results.rows.SnapshotRow;
import io.vitrine.results.rows.WindowRow;
import io.vitrine.streaming.io.FrameEvent;
import io.vitrine.streaming.io.FrameEventCoder;
import io.vitrine.streaming.io.FrameIO;
import io.vitrine.streaming.io.feed.FrameOptions;
import io.vitrine.streaming.io.feed.FrameUri;
import io.vitrine.streaming.transforms.CaptureBursts;
import io.vitrine.streaming.transforms.RetrainSchedule;
import io.vitrine.streaming.transforms.SimulationInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TimestampedValue;
import org.joda.time.Instant;

/** One study: its simulations, its store, its shards, and what the loop says of it. */
final class StreamRun {
  static final String STUDY = "backbone";

  /** What relaxation and statics write. */
  static final List<RowKind> RELAXATION =
      List.of(RowKind.RELAXATION, RowKind.EQUILIBRIUM, RowKind.STATICS, RowKind.PAIR_CORRELATION);

  private final Path folder;
  private final PipelineOptions options;
  private final Map<String, FrameUri> uris = new LinkedHashMap<>();
  private final List<Loop> loops = new ArrayList<>();
  private final List<Model> scorers;
  private final List<ModelFile> models = new ArrayList<>();
  private final AnalysisSpec spec;
  private final BurstRule bursts;
  private RetrainSchedule retrain;

  /**
   * Reads the simulations by the loop.
   *
   * @param folder of the run
   * @param options the runner's
   */
  StreamRun(
      Path folder,
      PipelineOptions options,
      List<FrameUri> frames,
      List<Model> models,
      AnalysisSpec spec,
      BurstRule bursts)
      throws Exception {
    this.folder = folder;
    this.options = options;
    this.scorers = models;
    this.spec = spec;
    this.bursts = bursts;
    for (FrameUri uri : frames) {
      uris.put(uri.id(), uri);
      loops.add(Loop.over(uri, STUDY, spec, models, bursts));
    }
    for (Model model : models) {
      this.models.add(ModelFile.of(model));
    }
  }

  /** Trains a version every so many ms; its pairs are of the feature sets, an SVM without any. */
  void retrain(long everyMillis, double temperature, String sets) {
    retrain =
        new RetrainSchedule(
            everyMillis,
            shards().toString(),
            folder.resolve("models").toString(),
            temperature,
            "test",
            sets);
  }

  Path folder() {
    return folder;
  }

  String store() {
    return "jdbc:sqlite:" + folder.resolve("results.sqlite");
  }

  Path shards() {
    return folder.resolve("shards");
  }

  /** Where the stream leaves bursts. */
  Path captured() {
    return folder.resolve("capture");
  }

  AnalysisSpec spec() {
    return spec;
  }

  BurstRule bursts() {
    return bursts;
  }

  /** Models that were there from the start. */
  List<Model> scorers() {
    return scorers;
  }

  /** One for each simulation. */
  List<Loop> loops() {
    return loops;
  }

  /** What the run folder says of the only simulation's windows, in order of time. */
  List<Long> assignedVersions() throws IOException {
    Path windows = folder.resolve("models").resolve("windows").resolve(loops.get(0).simulation());
    IntBuffer slots = ByteBuffer.wrap(Files.readAllBytes(windows)).asIntBuffer();
    List<Long> numbers = new ArrayList<>();
    while (slots.hasRemaining()) {
      numbers.add(slots.get() - 1L);
    }
    return numbers;
  }

  PTransform<PBegin, PCollection<FrameEvent>> unbounded() {
    return FrameIO.read(List.copyOf(uris.keySet()));
  }

  /** What the unbounded source says, all at once, in an order that the seed decides. */
  PTransform<PBegin, PCollection<FrameEvent>> bounded(long seed) {
    List<TimestampedValue<FrameEvent>> events = new ArrayList<>();
    for (Loop loop : loops) {
      for (FrameEvent event : loop.events()) {
        events.add(TimestampedValue.of(event, Instant.ofEpochMilli(event.millis())));
      }
    }
    Collections.shuffle(events, new Random(seed));
    return Create.timestamped(events).withCoder(new FrameEventCoder());
  }

  void stream(PTransform<PBegin, PCollection<FrameEvent>> source) {
    FrameOptions frames = options.as(FrameOptions.class);
    frames.setIdleMillis(5);
    frames.setWindowFrames(spec.window().frames());
    Map<String, String> texts = new LinkedHashMap<>();
    uris.forEach((id, uri) -> texts.put(id, uri.toString()));
    frames.setFrames(texts);
    Pipeline pipeline = Pipeline.create(options);
    CaptureBursts.Target capture = new CaptureBursts.Target(bursts, captured().toString());
    new MonitorPipeline(
            source, STUDY, infos(), spec, models, store(), retrain, capture, true, 0, shards())
        .accept(pipeline);
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    assertNothingLost(result);
  }

  private void assertNothingLost(PipelineResult result) {
    MetricsFilter ours =
        MetricsFilter.builder().addNameFilter(MetricNameFilter.inNamespace("vitrine")).build();
    long windows = 0;
    for (MetricResult<Long> counter : result.metrics().queryMetrics(ours).getCounters()) {
      if (counter.getName().getName().equals("windows")) {
        windows += counter.getAttempted();
      }
    }
    assertThat(windows)
        .as("complete windows, none lost as late")
        .isEqualTo(loops.stream().mapToLong(l -> l.model().shards().size()).sum());
  }

  private Map<String, SimulationInfo> infos() {
    Map<String, SimulationInfo> infos = new LinkedHashMap<>();
    uris.forEach(
        (id, uri) ->
            infos.put(
                id,
                new SimulationInfo(
                    STUDY,
                    id,
                    uri.identity(),
                    uri.toString(),
                    spec.convention().label(),
                    uri.temperature(),
                    512,
                    410,
                    spec.intervalMillis(),
                    spec.windowMillis(),
                    Double.NaN,
                    -1)));
    return infos;
  }

  /** The rows of the store. */
  Map<RowKind, List<?>> stored() throws Exception {
    Map<RowKind, List<?>> rows = new TreeMap<>();
    try (ResultsReader reader = ResultsReader.open(store())) {
      rows.put(RowKind.WINDOW, reader.rows(WindowRow.class, RowKind.WINDOW, STUDY));
      rows.put(
          RowKind.INCOMPLETE_WINDOW,
          reader.rows(IncompleteWindowRow.class, RowKind.INCOMPLETE_WINDOW, STUDY));
      rows.put(RowKind.FRAME, reader.rows(FrameRow.class, RowKind.FRAME, STUDY));
      rows.put(RowKind.DEAD_LETTER, reader.rows(DeadLetterRow.class, RowKind.DEAD_LETTER, STUDY));
      rows.put(RowKind.SNAPSHOT, reader.rows(SnapshotRow.class, RowKind.SNAPSHOT, STUDY));
      rows.put(RowKind.SIMULATION, reader.rows(SimulationRow.class, RowKind.SIMULATION, STUDY));
      rows.put(
          RowKind.COUNTER_BLOCK, reader.rows(CounterBlock.class, RowKind.COUNTER_BLOCK, STUDY));
      for (RowKind kind : RELAXATION) {
        rows.put(kind, reader.rows(ResultRow.class, kind, STUDY));
      }
      rows.put(RowKind.PREDICTION, reader.rows(PredictionRow.class, RowKind.PREDICTION, STUDY));
      rows.put(RowKind.HOP_EVENT, reader.rows(HopEventRow.class, RowKind.HOP_EVENT, STUDY));
      rows.put(RowKind.COUNTER_TOTAL, reader.counters(STUDY));
      rows.put(RowKind.HISTOGRAM_TOTAL, reader.histograms(STUDY));
    }
    return rows;
  }

  /** The softness set of one simulation, out of what the stream left. */
  TrainingSet softness(Loop loop) throws IOException {
    return SoftnessSet.of(spec, null)
        .add(ShardFolder.at(shards()), loop.simulation())
        .build(loop.temperature());
  }
}
