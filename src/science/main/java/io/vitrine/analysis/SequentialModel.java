package io.vitrine.analysis;

import io.vitrine.dynamics.FrameGate;
import io.vitrine.format.SampleShard;
import io.vitrine.format.WindowShard;
import io.vitrine.learning.KeyedSample;
import io.vitrine.learning.Model;
import io.vitrine.learning.TailAccumulator;
import io.vitrine.model.Frame;
import io.vitrine.results.CounterBlock;
import io.vitrine.results.ResultRow;
import io.vitrine.results.TrainingCountRow;
import io.vitrine.structure.RadialStructure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The whole analysis of one simulation as a plain loop over its frames: what the dataflow must
 * agree with, bit for bit, on every runner.
 *
 * <p>Frames in order, one at a time; a window ends with every frame that follows ten others without
 * a gap. No Beam, no threads, no files.
 */
public final class SequentialModel {
  private final String study;
  private final String simulation;
  private final double temperature;
  private final AnalysisSpec spec;
  private final WindowSlide slide;
  private final WindowMeasure measure;
  private final WindowScorer scorer;
  private final TailAccumulator tails;
  private final Optional<KeyedSample> draw;
  private final SoftnessCollector softness;
  private final Keep keep = new MemoryKeep();
  private BurstCollector bursts;
  private final Keep burstKeep = new MemoryKeep();
  private final RadialStructure structure;
  private final CountTotals totals = new CountTotals();
  private final TreeMap<Long, CountTotals> blocks = new TreeMap<>();
  private final List<ResultRow> rows = new ArrayList<>();
  private final List<WindowShard> shards = new ArrayList<>();
  private final List<SampleShard> samples = new ArrayList<>();
  private final List<Burst> burstsOver = new ArrayList<>();

  /**
   * A model of one simulation.
   *
   * @param quench takes a frame to its inherent structure, where the analysis asks for that
   */
  public SequentialModel(
      String study,
      String simulation,
      double temperature,
      AnalysisSpec spec,
      List<Model> models,
      UnaryOperator<Frame> quench) {
    this.study = study;
    this.simulation = simulation;
    this.temperature = temperature;
    this.spec = spec;
    this.slide =
        new WindowSlide(spec, frame -> quench.apply(frame.toBuilder().velocities(null).build()));
    this.measure = WindowMeasure.of(spec);
    this.scorer = WindowScorer.of(study, spec, models);
    this.tails = TailAccumulator.of(spec.tailCapacity());
    this.draw = ChosenFrame.draw(simulation, spec);
    this.softness = SoftnessCollector.of(spec);
    this.structure = RadialStructure.exact(spec.features());
  }

  /** The same, looking for bursts too. */
  public SequentialModel capturing(BurstRule rule) {
    bursts = BurstCollector.of(spec, rule);
    return this;
  }

  private static final class MemoryKeep implements Keep {
    private final Map<String, byte[]> kept = new HashMap<>();

    @Override
    public void put(Keep.Kind kind, long millis, byte[] bytes) {
      kept.put(kind + "/" + millis, bytes);
    }

    @Override
    public byte[] get(Keep.Kind kind, long millis) {
      return kept.get(kind + "/" + millis);
    }

    @Override
    public void remove(Keep.Kind kind, long millis) {
      kept.remove(kind + "/" + millis);
    }
  }

  /** Takes the next frame; returns what the gate said of it. */
  public FrameGate.Verdict accept(Frame frame) throws FrameGate.SpacingException, IOException {
    FrameGate.Verdict verdict = slide.accept(frame);
    if (verdict.kind() == FrameGate.Verdict.Kind.ACCEPTED) {
      List<Frame> window = slide.complete();
      if (!window.isEmpty()) {
        analyze(measure.measure(window));
      }
    }
    return verdict;
  }

  /** No frame follows. */
  public void finish() throws IOException {
    sample(softness.finish(keep));
    if (bursts != null) {
      burstsOver.addAll(bursts.finish(burstKeep));
    }
  }

  private void sample(List<SoftnessSamples> found) {
    found.forEach(s -> samples.add(s.measure(structure)));
  }

  private void analyze(HopFrame hops) throws IOException {
    sample(softness.accept(hops, keep));
    if (bursts != null) {
      burstsOver.addAll(bursts.accept(hops, burstKeep));
    }
    WindowScorer.Scored scored = scorer.score(ChosenFrame.choose(hops, tails, draw, spec));
    rows.addAll(scored.rows());
    shards.add(scored.shard());
    totals.accept(scored.counts());
    long block = Math.floorDiv(hops.timeMillis(), CounterBlock.DEFAULT_MILLIS);
    blocks.computeIfAbsent(block, b -> new CountTotals()).accept(scored.counts());
  }

  /** Rows of the windows so far, by time. */
  public List<ResultRow> windowRows() {
    return List.copyOf(rows);
  }

  /** Totals so far: histograms and counters, of the run and of its blocks of time. */
  public List<ResultRow> totalRows() {
    List<ResultRow> all = new ArrayList<>(totals.totals(study, simulation, temperature));
    blocks.forEach(
        (block, counts) -> all.addAll(counts.block(study, simulation, temperature, block)));
    return all;
  }

  /** What each window left, by time. */
  public List<WindowShard> shards() {
    return List.copyOf(shards);
  }

  /** Samples of the softness rule so far. */
  public List<SampleShard> samples() {
    return List.copyOf(samples);
  }

  /** Bursts that are over, by time. */
  public List<Burst> bursts() {
    return List.copyOf(burstsOver);
  }

  /** How far the softness rule has come. */
  public List<TrainingCountRow> softnessCounts() {
    return softness.counts(study, simulation);
  }

  /** The tails of all windows so far. */
  public TailAccumulator tails() {
    return tails;
  }
}
