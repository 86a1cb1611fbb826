package io.vitrine.analysis;

import io.vitrine.analysis.bursts.Burst;
import io.vitrine.analysis.bursts.BurstCollector;
import io.vitrine.analysis.bursts.BurstRule;
import io.vitrine.analysis.sets.SoftnessCollector;
import io.vitrine.analysis.sets.SoftnessSamples;
import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.analysis.window.ChosenFrame;
import io.vitrine.analysis.window.CountTotals;
import io.vitrine.analysis.window.HopEvents;
import io.vitrine.analysis.window.HopFrame;
import io.vitrine.analysis.window.HoppingParticles;
import io.vitrine.analysis.window.Keep;
import io.vitrine.analysis.window.Kept;
import io.vitrine.analysis.window.ModelScores;
import io.vitrine.analysis.window.WindowMeasure;
import io.vitrine.analysis.window.WindowMoments;
import io.vitrine.analysis.window.WindowScorer;
import io.vitrine.analysis.window.WindowSlide;
import io.vitrine.dynamics.FrameGate;
import io.vitrine.dynamics.UnusableException;
import io.vitrine.format.run.SampleShard;
import io.vitrine.format.run.WindowShard;
import io.vitrine.learning.ridge.MomentParts;
import io.vitrine.learning.sampling.KeyedSample;
import io.vitrine.learning.sampling.TailAccumulator;
import io.vitrine.model.Frame;
import io.vitrine.results.rows.CounterBlock;
import io.vitrine.results.rows.ResultRow;
import io.vitrine.results.rows.TrainingCountRow;
import io.vitrine.structure.RadialStructure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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
  private final Keep keep = Keep.inMemory();
  private final HopEvents hopEvents;
  private final Kept<HoppingParticles> hopsEarly = Kept.inMemory();
  private BurstCollector bursts;
  private final Keep burstKeep = Keep.inMemory();
  private WindowMoments learned;
  private MomentParts moments;
  private final RadialStructure structure;
  private final CountTotals totals = new CountTotals();
  private final TreeMap<Long, CountTotals> blocks = new TreeMap<>();
  private final RelaxationMeasure relaxation;
  private final io.vitrine.relaxation.Keep relaxationKeep =
      io.vitrine.relaxation.Keep.in(new HashMap<>());
  private final List<ResultRow> relaxationRows = new ArrayList<>();
  private final List<ResultRow> hopRows = new ArrayList<>();
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
      ModelScores models,
      UnaryOperator<Frame> quench) {
    this.study = study;
    this.simulation = simulation;
    this.temperature = temperature;
    this.spec = spec;
    this.slide =
        new WindowSlide(
            spec, Double.NaN, frame -> quench.apply(frame.toBuilder().velocities(null).build()));
    this.measure = WindowMeasure.of(spec);
    this.scorer = WindowScorer.of(study, spec, models);
    this.tails = TailAccumulator.of(spec.tailCapacity());
    this.draw = ChosenFrame.draw(simulation, spec);
    this.softness = SoftnessCollector.of(spec);
    this.hopEvents = HopEvents.of(study, spec);
    this.structure = RadialStructure.exact(spec.features());
    this.relaxation = RelaxationMeasure.of(study, spec);
  }

  /** The same, looking for bursts too. */
  public SequentialModel capturing(BurstRule rule) {
    bursts = BurstCollector.of(spec, rule);
    return this;
  }

  /** The same, gathering the moments of ridge regression too. */
  public SequentialModel learning(WindowMoments windows) {
    learned = windows;
    moments = MomentParts.of(windows.length());
    return this;
  }

  /** Takes the next frame; returns what the gate said of it. */
  public FrameGate.Verdict accept(Frame frame) throws UnusableException, IOException {
    FrameGate.Verdict verdict = slide.accept(frame);
    if (verdict.kind() == FrameGate.Verdict.Kind.ACCEPTED) {
      Frame onGrid = frame.toBuilder().at(frame.step(), verdict.millis() / 1000.0).build();
      relaxationRows.addAll(relaxation.accept(onGrid, relaxationKeep));
      List<Frame> window = slide.complete();
      if (!window.isEmpty()) {
        analyze(measure.measure(window, slide.number()));
      }
    }
    return verdict;
  }

  /** No frame follows. */
  public void finish() throws IOException {
    sample(softness.finish(keep));
    hopRows.addAll(hopEvents.finish(simulation, hopsEarly));
    if (bursts != null) {
      burstsOver.addAll(bursts.finish(burstKeep));
    }
    relaxationRows.addAll(relaxation.finish(simulation, relaxationKeep));
  }

  private void sample(List<SoftnessSamples> found) {
    found.forEach(s -> samples.add(s.measure(structure)));
  }

  private void analyze(HopFrame hops) throws IOException {
    sample(softness.accept(hops, keep));
    hopRows.addAll(hopEvents.accept(simulation, HoppingParticles.of(hops, spec), hopsEarly));
    if (bursts != null) {
      burstsOver.addAll(bursts.accept(hops, burstKeep));
    }
    if (learned != null && WindowMoments.takes(spec, hops)) {
      moments.add(hops.timeMillis(), learned.of(hops));
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

  /** Relaxation functions, verdicts and statics so far, in the order they were found. */
  public List<ResultRow> relaxationRows() {
    return List.copyOf(relaxationRows);
  }

  /** Hops that are over, in the order they ended. */
  public List<ResultRow> hopEventRows() {
    return List.copyOf(hopRows);
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

  /** The moments of the windows so far, where they are gathered. */
  public MomentParts moments() {
    return moments;
  }

  /** The tails of all windows so far. */
  public TailAccumulator tails() {
    return tails;
  }
}
