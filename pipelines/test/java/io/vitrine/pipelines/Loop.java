package io.vitrine.pipelines;

import io.vitrine.analysis.SequentialModel;
import io.vitrine.analysis.bursts.Burst;
import io.vitrine.analysis.bursts.BurstFolder;
import io.vitrine.analysis.bursts.BurstRule;
import io.vitrine.analysis.bursts.BurstShelf;
import io.vitrine.analysis.sets.FluiditySet;
import io.vitrine.analysis.sets.SoftnessSet;
import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.analysis.window.ModelScores;
import io.vitrine.analysis.window.WindowMoments;
import io.vitrine.dynamics.FrameGate;
import io.vitrine.format.BadFrameException;
import io.vitrine.format.ReadPosition;
import io.vitrine.format.TrajectoryReader;
import io.vitrine.format.run.SampleShard;
import io.vitrine.format.run.ShardFolder;
import io.vitrine.format.run.WindowShard;
import io.vitrine.format.trajectory.Trajectories;
import io.vitrine.learning.Model;
import io.vitrine.model.DeadLetter;
import io.vitrine.model.FeatureSets;
import io.vitrine.model.Frame;
import io.vitrine.model.TrainingSet;
import io.vitrine.results.rows.IncompleteWindowRow;
import io.vitrine.streaming.io.FrameEvent;
import io.vitrine.streaming.io.feed.FrameUri;
import io.vitrine.streaming.transforms.Quencher;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** One trajectory read by a plain loop into the sequential model. */
final class Loop {
  private final FrameUri uri;
  private final SequentialModel model;
  private final List<FrameEvent> events = new ArrayList<>();
  private final TreeSet<Long> times = new TreeSet<>();
  private final AnalysisSpec spec;
  private long ordinal;
  private long lastMillis;

  private Loop(FrameUri uri, AnalysisSpec spec, SequentialModel model) {
    this.uri = uri;
    this.spec = spec;
    this.model = model;
  }

  static Loop over(FrameUri uri, String study, AnalysisSpec spec, List<Model> models)
      throws Exception {
    return over(uri, study, spec, models, new BurstRule(1, Double.NaN, 1));
  }

  static Loop over(
      FrameUri uri, String study, AnalysisSpec spec, List<Model> models, BurstRule bursts)
      throws Exception {
    Loop loop =
        new Loop(
            uri,
            spec,
            new SequentialModel(
                    study,
                    uri.id(),
                    uri.temperature(),
                    spec,
                    Quencher.scores(spec, models),
                    Quencher.of(spec))
                .capturing(bursts));
    return read(loop);
  }

  /** The same, gathering the moments of ridge regression. */
  static Loop learning(FrameUri uri, String study, AnalysisSpec spec, FeatureSets sets)
      throws Exception {
    Quencher quencher = Quencher.of(spec);
    SequentialModel model =
        new SequentialModel(study, uri.id(), uri.temperature(), spec, ModelScores.none(), quencher);
    return read(new Loop(uri, spec, model.learning(WindowMoments.of(spec, sets, quencher))));
  }

  private static Loop read(Loop loop) throws Exception {
    FrameUri uri = loop.uri;
    try (TrajectoryReader reader =
        Trajectories.open(uri.path(), uri.readerOptions(uri.id(), false), ReadPosition.START)) {
      while (loop.next(reader)) {}
      loop.model.finish();
    }
    return loop;
  }

  private boolean next(TrajectoryReader reader) throws Exception {
    long number = ordinal++;
    try {
      Frame frame = reader.next();
      if (frame == null) {
        say(FrameEvent.Kind.END, number, null, null);
        return false;
      }
      FrameGate.Verdict verdict = model.accept(frame);
      switch (verdict.kind()) {
        case ACCEPTED -> {
          lastMillis = verdict.millis();
          say(FrameEvent.Kind.FRAME, number, frame, null);
        }
        case REFUSED -> refuse(number, frame.time(), verdict.reason());
        case THINNED, REPEATED -> {}
      }
    } catch (BadFrameException e) {
      refuse(number, e.time(), e.getMessage());
    }
    return true;
  }

  private void refuse(long number, double time, String reason) {
    DeadLetter letter = new DeadLetter(uri.id(), number, time, "loop", reason);
    say(FrameEvent.Kind.DEAD_LETTER, number, null, letter);
  }

  private void say(FrameEvent.Kind kind, long number, Frame frame, DeadLetter letter) {
    boolean data = kind == FrameEvent.Kind.FRAME;
    long frames = data ? times.size() : 0;
    long windows = data ? times.stream().filter(this::endsWindow).count() : 0;
    if (data) {
      times.add(lastMillis);
    }
    events.add(
        new FrameEvent(
            uri.id(),
            kind,
            lastMillis,
            number,
            0,
            frames,
            windows,
            frame,
            letter,
            null,
            List.of()));
  }

  /** Whether all frames of the window that ends at this time were there, counted by hand. */
  private boolean endsWindow(long millis) {
    long first = millis - spec.windowMillis();
    return times.subSet(first, true, millis, true).size() == spec.window().frames();
  }

  /** The same as a source would say it. */
  List<FrameEvent> events() {
    return events;
  }

  long count(FrameEvent.Kind kind) {
    return events.stream().filter(e -> e.kind() == kind).count();
  }

  String simulation() {
    return uri.id();
  }

  double temperature() {
    return uri.temperature();
  }

  SequentialModel model() {
    return model;
  }

  /** Windows that some but not all of their frames were there for, counted by hand. */
  List<IncompleteWindowRow> incomplete(String study, AnalysisSpec spec) {
    TreeMap<Long, Integer> present = new TreeMap<>();
    int half = spec.window().halfFrames();
    for (FrameEvent event : events) {
      for (int lag = -half; event.kind() == FrameEvent.Kind.FRAME && lag <= half; lag++) {
        present.merge(event.millis() + (long) lag * spec.intervalMillis(), 1, Integer::sum);
      }
    }
    List<IncompleteWindowRow> rows = new ArrayList<>();
    present.forEach(
        (centre, count) -> {
          if (count < spec.window().frames()) {
            rows.add(new IncompleteWindowRow(study, simulation(), centre, count));
          }
        });
    return rows;
  }

  /** Leaves the files of the bursts that fit. */
  void capture(AnalysisSpec spec, List<Model> models, BurstRule rule, Path folder)
      throws IOException {
    BurstFolder files = new BurstFolder(folder, spec, Quencher.scores(spec, models));
    BurstShelf shelf = BurstShelf.of(rule.bytes());
    for (Burst burst : model.bursts()) {
      for (long gone : shelf.put(burst.firstMillis(), burst.peakHops(), files.write(burst))) {
        files.remove(simulation(), gone);
      }
    }
  }

  /** The softness set of this simulation from the loop's own shards. */
  TrainingSet softness(AnalysisSpec spec, Path folder) throws IOException {
    ShardFolder shards = ShardFolder.at(folder);
    for (SampleShard shard : model.samples()) {
      shards.write(shard);
    }
    return SoftnessSet.of(spec, null).add(shards, simulation()).build(temperature());
  }

  /** The tails of this simulation from the loop's own shards. */
  FluiditySet fluidity(AnalysisSpec spec, Path folder) throws IOException {
    ShardFolder shards = ShardFolder.at(folder);
    for (WindowShard shard : model.shards()) {
      shards.write(shard);
    }
    return FluiditySet.of(spec).add(shards, simulation(), model.shards().size());
  }
}
