package io.vitrine.streaming.transforms;

import io.vitrine.analysis.AnalysisSpec;
import io.vitrine.analysis.Burst;
import io.vitrine.analysis.BurstCollector;
import io.vitrine.analysis.BurstFolder;
import io.vitrine.analysis.BurstRule;
import io.vitrine.analysis.BurstShelf;
import io.vitrine.analysis.HopFrame;
import io.vitrine.learning.Model;
import io.vitrine.learning.ModelJson;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
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
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
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
 * done the same. State: at most 120 frames and, out of order, 64 windows of each simulation, one
 * map entry each, and 24 bytes a burst kept.
 */
public final class CaptureBursts extends PTransform<PCollection<KV<String, HopFrame>>, PDone> {
  private static final long serialVersionUID = 1L;

  private final AnalysisSpec spec;
  private final TreeMap<String, String> models;
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

  private CaptureBursts(AnalysisSpec spec, Map<String, String> models, Target target) {
    this.spec = spec;
    this.models = new TreeMap<>(models);
    this.target = target;
  }

  /** Keeps bursts with the scores of models given as JSON by name. */
  public static CaptureBursts of(AnalysisSpec spec, Map<String, String> models, Target target) {
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
    private static final String KEPT = "kept";
    private static final String END = "end";

    private final AnalysisSpec spec;
    private final TreeMap<String, String> models;
    private final Target target;
    private transient BurstFolder folder;

    @StateId(STATE)
    @SuppressWarnings("UnusedVariable") // declared for Beam
    private final StateSpec<ValueState<byte[]>> stateSpec = StateSpecs.value(ByteArrayCoder.of());

    @StateId(SHELF)
    @SuppressWarnings("UnusedVariable") // declared for Beam
    private final StateSpec<ValueState<byte[]>> shelfSpec = StateSpecs.value(ByteArrayCoder.of());

    @StateId(KEPT)
    @SuppressWarnings("UnusedVariable") // declared for Beam
    private final StateSpec<MapState<String, byte[]>> keptSpec =
        StateSpecs.map(StringUtf8Coder.of(), ByteArrayCoder.of());

    @TimerId(END)
    @SuppressWarnings("UnusedVariable") // declared for Beam
    private final TimerSpec endSpec = TimerSpecs.timer(TimeDomain.EVENT_TIME);

    CaptureFn(AnalysisSpec spec, Map<String, String> models, Target target) {
      this.spec = spec;
      this.models = new TreeMap<>(models);
      this.target = target;
    }

    @Setup
    public void setup() throws IOException {
      List<Model> parsed = new ArrayList<>();
      for (Map.Entry<String, String> e : models.entrySet()) {
        parsed.add(ModelJson.parse(e.getKey(), e.getValue()));
      }
      folder = new BurstFolder(Path.of(target.folder()), spec, parsed);
    }

    @ProcessElement
    public void process(
        @Element KV<String, HopFrame> element,
        @StateId(STATE) ValueState<byte[]> state,
        @StateId(SHELF) ValueState<byte[]> shelf,
        @StateId(KEPT) MapState<String, byte[]> kept,
        @TimerId(END) Timer end)
        throws IOException {
      byte[] stored = state.read();
      if (stored == null) {
        end.set(GlobalWindow.INSTANCE.maxTimestamp());
      }
      BurstCollector collector = collector(stored);
      put(collector.accept(element.getValue(), new KeptInState(kept)), shelf);
      state.write(collector.encode());
    }

    @OnTimer(END)
    @SuppressWarnings("UnusedMethod") // called by Beam
    public void end(
        @StateId(STATE) ValueState<byte[]> state,
        @StateId(SHELF) ValueState<byte[]> shelf,
        @StateId(KEPT) MapState<String, byte[]> kept)
        throws IOException {
      BurstCollector collector = collector(state.read());
      put(collector.finish(new KeptInState(kept)), shelf);
      state.write(collector.encode());
    }

    private BurstCollector collector(byte[] stored) throws IOException {
      return stored == null
          ? BurstCollector.of(spec, target.rule())
          : BurstCollector.decode(stored, spec, target.rule());
    }

    private void put(List<Burst> bursts, ValueState<byte[]> state) throws IOException {
      if (bursts.isEmpty()) {
        return;
      }
      byte[] stored = state.read();
      long space = target.rule().bytes();
      BurstShelf shelf = stored == null ? BurstShelf.of(space) : BurstShelf.decode(stored, space);
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
      state.write(shelf.encode());
    }
  }
}
