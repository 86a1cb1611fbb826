package io.vitrine.streaming.transforms;

import io.vitrine.analysis.bursts.Burst;
import io.vitrine.analysis.bursts.BurstCollector;
import io.vitrine.analysis.bursts.BurstFolder;
import io.vitrine.analysis.bursts.BurstRule;
import io.vitrine.analysis.bursts.BurstShelf;
import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.analysis.window.HopFrame;
import io.vitrine.analysis.window.Keep;
import io.vitrine.learning.Model;
import io.vitrine.learning.ModelFile;
import io.vitrine.streaming.coders.ByteCoder;
import io.vitrine.streaming.coders.Coders;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.state.MapState;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.state.TimerSpec;
import org.apache.beam.sdk.state.TimerSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the frames around bursts of rearrangement as one trajectory a burst and lets the rest go,
 * within a bound on disk space.
 *
 * <p>Unbounded; keyed by simulation; windows are put in order ({@link BurstCollector}). A burst is
 * written when it is over, at the end when the watermark says that no window follows. Files are
 * written and removed by the step that holds the state, not by a sink behind it: in whatever order
 * elements reach a sink, a file let go would not come back. What is done twice after a failure is
 * done the same. State: at most 120 frames of each simulation and the windows that came early, one
 * map entry each, and 24 bytes a burst kept; cleared at the end.
 */
public final class CaptureBursts extends PTransform<PCollection<KV<String, HopFrame>>, PDone> {
  private static final long serialVersionUID = 1L;

  private final AnalysisSpec spec;
  private final List<ModelFile> models;
  private final Target target;

  /**
   * What is kept, and where.
   *
   * @param rule of a burst, with the space for those of one simulation
   * @param folder that every worker sees
   */
  public record Target(BurstRule rule, String folder) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  private CaptureBursts(AnalysisSpec spec, List<ModelFile> models, Target target) {
    this.spec = spec;
    this.models = List.copyOf(models);
    this.target = target;
  }

  /** Keeps bursts with the scores of these models. */
  public static CaptureBursts of(AnalysisSpec spec, List<ModelFile> models, Target target) {
    return new CaptureBursts(spec, models, target);
  }

  @Override
  public PDone expand(PCollection<KV<String, HopFrame>> hops) {
    hops.apply("FindBursts", ParDo.of(new CaptureFn(spec, models, target)));
    return PDone.in(hops.getPipeline());
  }

  private static final class CaptureFn extends DoFn<KV<String, HopFrame>, Void> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(CaptureBursts.class);
    private static final String STATE = "bursts";
    private static final String SHELF = "shelf";
    private static final String EARLY = "early";
    private static final String STRUCTURES = "structures";
    private static final String P_HOP = "p_hop";
    private static final String END = "end";

    private final AnalysisSpec spec;
    private final List<ModelFile> models;
    private final Target target;
    private transient BurstFolder folder;

    @StateId(STATE)
    @SuppressWarnings("UnusedVariable") // declared for Beam
    private final StateSpec<ValueState<BurstCollector>> stateSpec;

    @StateId(SHELF)
    @SuppressWarnings("UnusedVariable") // declared for Beam
    private final StateSpec<ValueState<BurstShelf>> shelfSpec;

    @StateId(EARLY)
    @SuppressWarnings("UnusedVariable") // declared for Beam
    private final StateSpec<MapState<Long, HopFrame>> earlySpec =
        StateSpecs.map(VarLongCoder.of(), Coders.hopFrames());

    @StateId(STRUCTURES)
    @SuppressWarnings("UnusedVariable") // declared for Beam
    private final StateSpec<MapState<Long, byte[]>> structuresSpec =
        StateSpecs.map(VarLongCoder.of(), ByteArrayCoder.of());

    @StateId(P_HOP)
    @SuppressWarnings("UnusedVariable") // declared for Beam
    private final StateSpec<MapState<Long, double[]>> pHopSpec =
        StateSpecs.map(VarLongCoder.of(), Coders.doubles());

    @TimerId(END)
    @SuppressWarnings("UnusedVariable") // declared for Beam
    private final TimerSpec endSpec = TimerSpecs.timer(TimeDomain.EVENT_TIME);

    CaptureFn(AnalysisSpec spec, List<ModelFile> models, Target target) {
      this.spec = spec;
      this.models = List.copyOf(models);
      this.target = target;
      BurstRule rule = target.rule();
      this.stateSpec =
          StateSpecs.value(
              ByteCoder.of(
                  BurstCollector.class,
                  BurstCollector::encode,
                  bytes -> BurstCollector.decode(bytes, spec, rule)));
      this.shelfSpec =
          StateSpecs.value(
              ByteCoder.of(
                  BurstShelf.class,
                  BurstShelf::encode,
                  bytes -> BurstShelf.decode(bytes, rule.bytes())));
    }

    @Setup
    public void setup() {
      List<Model> scorers = models.stream().map(ModelFile::model).toList();
      folder = new BurstFolder(Path.of(target.folder()), spec, Quencher.scores(spec, scorers));
    }

    @ProcessElement
    public void process(
        @Element KV<String, HopFrame> element,
        @StateId(STATE) ValueState<BurstCollector> state,
        @StateId(SHELF) ValueState<BurstShelf> shelf,
        @StateId(EARLY) MapState<Long, HopFrame> early,
        @StateId(STRUCTURES) MapState<Long, byte[]> structures,
        @StateId(P_HOP) MapState<Long, double[]> pHop,
        @TimerId(END) Timer end)
        throws IOException {
      BurstCollector stored = state.read();
      if (stored == null) {
        end.set(EndOfRun.TIME);
      }
      BurstCollector collector =
          stored == null ? BurstCollector.of(spec, target.rule()) : stored.copy();
      put(collector.accept(element.getValue(), keep(early, structures, pHop)), shelf);
      state.write(collector);
    }

    @OnTimer(END)
    @SuppressWarnings("UnusedMethod") // called by Beam
    public void end(
        @StateId(STATE) ValueState<BurstCollector> state,
        @StateId(SHELF) ValueState<BurstShelf> shelf,
        @StateId(EARLY) MapState<Long, HopFrame> early,
        @StateId(STRUCTURES) MapState<Long, byte[]> structures,
        @StateId(P_HOP) MapState<Long, double[]> pHop)
        throws IOException {
      put(state.read().copy().finish(keep(early, structures, pHop)), shelf);
      state.clear();
      shelf.clear();
    }

    private static Keep keep(
        MapState<Long, HopFrame> early,
        MapState<Long, byte[]> structures,
        MapState<Long, double[]> pHop) {
      return new Keep(
          new KeptInState<>(early), new KeptFrames(structures), new KeptInState<>(pHop));
    }

    private void put(List<Burst> bursts, ValueState<BurstShelf> state) throws IOException {
      if (bursts.isEmpty()) {
        return;
      }
      BurstShelf stored = state.read();
      long space = target.rule().bytes();
      BurstShelf shelf = stored == null ? BurstShelf.of(space) : stored.copy();
      for (Burst burst : bursts) {
        long bytes = folder.write(burst);
        if (bytes > space) {
          LOG.warn(
              "{}: a burst takes {} bytes, more than all {}", burst.simulation(), bytes, space);
        }
        for (long gone : shelf.put(burst.firstMillis(), burst.peakHops(), bytes)) {
          folder.remove(burst.simulation(), gone);
        }
      }
      state.write(shelf);
    }
  }
}
