package io.vitrine.streaming.transforms;

import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.analysis.window.HopFrame;
import io.vitrine.analysis.window.WindowMoments;
import io.vitrine.format.wire.Columns;
import io.vitrine.learning.Model;
import io.vitrine.learning.ridge.ExactMoments;
import io.vitrine.learning.ridge.MomentParts;
import io.vitrine.streaming.coders.ByteCoder;
import io.vitrine.streaming.coders.Coders;
import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.state.CombiningState;
import org.apache.beam.sdk.state.MapState;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.state.TimerSpec;
import org.apache.beam.sdk.state.TimerSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.SimpleFunction;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;

/**
 * Gathers what ridge regression needs of the windows, no sample of which is kept: the moments of
 * features and label. When a version is due, and once more when all sources have ended, hands on
 * what there is.
 *
 * <p>Unbounded; the features of a window are computed on whichever worker is free; one key gathers.
 * The order of windows does not matter, to the last bit. A version is asked for only when the one
 * before it has been published, so that training, however slow, never makes windows wait. State:
 * {@link MomentParts} (96 bytes a pair of features), two numbers, and one a simulation, cleared at
 * the end.
 */
final class AccumulateMoments
    extends PTransform<PCollection<KV<String, HopFrame>>, PCollection<KV<String, Due>>> {
  private static final long serialVersionUID = 1L;

  private final AnalysisSpec spec;
  private final RetrainSchedule schedule;
  private final transient PCollection<KV<String, Due>> decided;

  private AccumulateMoments(
      AnalysisSpec spec, RetrainSchedule schedule, PCollection<KV<String, Due>> decided) {
    this.spec = spec;
    this.schedule = schedule;
    this.decided = decided;
  }

  /** Gathers for the versions that are due as decided. */
  static AccumulateMoments of(
      AnalysisSpec spec, RetrainSchedule schedule, PCollection<KV<String, Due>> decided) {
    return new AccumulateMoments(spec, schedule, decided);
  }

  @Override
  public PCollection<KV<String, Due>> expand(PCollection<KV<String, HopFrame>> hops) {
    Coder<KV<String, Part>> coder = Coders.bySimulation(Part.coder());
    PCollection<KV<String, Part>> moments =
        hops.apply("Take", ParDo.of(new TakeFn(spec)))
            .setCoder(hops.getCoder())
            .apply("Spread", Reshuffle.viaRandomKey())
            .apply("Moments", ParDo.of(new MomentsFn(spec, schedule)))
            .setCoder(coder);
    PCollection<KV<String, Part>> questions =
        decided.apply("Ask", MapElements.via(new AskFn())).setCoder(coder);
    int length = WindowMoments.of(spec, schedule.sets(spec), Quencher.of(spec)).length();
    return PCollectionList.of(moments)
        .and(questions)
        .apply("Both", Flatten.pCollections())
        .apply("Gather", ParDo.of(new GatherFn(schedule, length)))
        .setCoder(Coders.bySimulation(Due.coder()));
  }

  /** The moments of a window; without moments, a version is due. */
  record Part(String simulation, long timeMillis, byte[] moments) {
    static ByteCoder<Part> coder() {
      return ByteCoder.of(Part.class, Part::toBytes, Part::fromBytes);
    }

    private byte[] toBytes() {
      return new Columns.Writer(moments.length + 64)
          .put(simulation)
          .put(timeMillis)
          .put(moments)
          .toBytes();
    }

    private static Part fromBytes(byte[] bytes) throws IOException {
      Columns.Reader in = new Columns.Reader(bytes, "moments of a window");
      Part part = new Part(in.getString(), in.getLong(), in.getBytes());
      in.end();
      return part;
    }
  }

  /** Adds windows to their parts. */
  static final class PartsFn extends Combine.CombineFn<Part, MomentParts, MomentParts> {
    private static final long serialVersionUID = 1L;

    private final int length;

    PartsFn(int length) {
      this.length = length;
    }

    @Override
    public MomentParts createAccumulator() {
      return MomentParts.of(length);
    }

    @Override
    public MomentParts addInput(MomentParts sum, Part window) {
      return sum.add(window.timeMillis(), ExactMoments.decode(window.moments()));
    }

    @Override
    public MomentParts mergeAccumulators(Iterable<MomentParts> sums) {
      MomentParts all = createAccumulator();
      sums.forEach(all::merge);
      return all;
    }

    @Override
    public MomentParts extractOutput(MomentParts sum) {
      return sum;
    }

    @Override
    public Coder<MomentParts> getAccumulatorCoder(CoderRegistry registry, Coder<Part> inputs) {
      return partsCoder();
    }

    @Override
    public Coder<MomentParts> getDefaultOutputCoder(CoderRegistry registry, Coder<Part> inputs) {
      return partsCoder();
    }
  }

  private static ByteCoder<MomentParts> partsCoder() {
    return ByteCoder.of(MomentParts.class, MomentParts::encode, MomentParts::decode);
  }

  private static final class TakeFn extends DoFn<KV<String, HopFrame>, KV<String, HopFrame>> {
    private static final long serialVersionUID = 1L;

    private final AnalysisSpec spec;

    TakeFn(AnalysisSpec spec) {
      this.spec = spec;
    }

    @ProcessElement
    public void process(
        @Element KV<String, HopFrame> window, OutputReceiver<KV<String, HopFrame>> out) {
      if (WindowMoments.takes(spec, window.getValue())) {
        out.output(window);
      }
    }
  }

  private static final class MomentsFn extends DoFn<KV<String, HopFrame>, KV<String, Part>> {
    private static final long serialVersionUID = 1L;

    private final AnalysisSpec spec;
    private final RetrainSchedule schedule;
    private transient WindowMoments windows;

    MomentsFn(AnalysisSpec spec, RetrainSchedule schedule) {
      this.spec = spec;
      this.schedule = schedule;
    }

    @Setup
    public void setup() {
      windows = WindowMoments.of(spec, schedule.sets(spec), Quencher.of(spec));
    }

    @ProcessElement
    public void process(
        @Element KV<String, HopFrame> window, OutputReceiver<KV<String, Part>> out) {
      byte[] moments = windows.of(window.getValue()).encode();
      Part part = new Part(window.getKey(), window.getValue().timeMillis(), moments);
      out.output(KV.of(Model.LIVE, part));
    }
  }

  private static final class AskFn extends SimpleFunction<KV<String, Due>, KV<String, Part>> {
    private static final long serialVersionUID = 1L;

    @Override
    public KV<String, Part> apply(KV<String, Due> due) {
      return KV.of(due.getKey(), new Part("", due.getValue().timeMillis(), new byte[0]));
    }
  }

  private static final class GatherFn extends DoFn<KV<String, Part>, KV<String, Due>> {
    private static final long serialVersionUID = 1L;
    private static final String MOMENTS = "moments";
    private static final String UNTIL = "until";
    private static final String ASKED = "asked";
    private static final String END = "end";

    private final RetrainSchedule schedule;

    @StateId(MOMENTS)
    @SuppressWarnings("UnusedVariable") // declared for Beam
    private final StateSpec<CombiningState<Part, MomentParts, MomentParts>> momentsSpec;

    @StateId(UNTIL)
    @SuppressWarnings("UnusedVariable") // declared for Beam
    private final StateSpec<MapState<String, Long>> untilSpec =
        StateSpecs.map(StringUtf8Coder.of(), VarLongCoder.of());

    @StateId(ASKED)
    @SuppressWarnings("UnusedVariable") // declared for Beam
    private final StateSpec<ValueState<Long>> askedSpec = StateSpecs.value(VarLongCoder.of());

    @TimerId(END)
    @SuppressWarnings("UnusedVariable") // declared for Beam
    private final TimerSpec endSpec = TimerSpecs.timer(TimeDomain.EVENT_TIME);

    GatherFn(RetrainSchedule schedule, int length) {
      this.schedule = schedule;
      this.momentsSpec = StateSpecs.combining(partsCoder(), new PartsFn(length));
    }

    @ProcessElement
    public void process(
        @Element KV<String, Part> element,
        @StateId(MOMENTS) CombiningState<Part, MomentParts, MomentParts> moments,
        @StateId(UNTIL) MapState<String, Long> until,
        @StateId(ASKED) ValueState<Long> asked,
        @TimerId(END) Timer end,
        OutputReceiver<KV<String, Due>> out) {
      Part part = element.getValue();
      if (part.moments().length > 0) {
        end.set(EndOfRun.TIME);
        moments.add(part);
        Long before = until.get(part.simulation()).read();
        long last = before == null ? part.timeMillis() : Math.max(before, part.timeMillis());
        until.put(part.simulation(), last);
        return;
      }
      long last = asked.read() == null ? 0 : asked.read();
      boolean published = last == 0 || schedule.folder().has(last);
      MomentParts sum = published ? moments.read() : null;
      if (sum != null && sum.canTrain()) {
        asked.write(last + 1);
        out.output(KV.of(element.getKey(), new Due(part.timeMillis(), of(until), sum.encode())));
      }
    }

    @OnTimer(END)
    @SuppressWarnings("UnusedMethod") // called by Beam
    public void end(
        @StateId(MOMENTS) CombiningState<Part, MomentParts, MomentParts> moments,
        @StateId(UNTIL) MapState<String, Long> until,
        @StateId(ASKED) ValueState<Long> asked,
        OutputReceiver<KV<String, Due>> out) {
      MomentParts sum = moments.read();
      if (sum.canTrain()) {
        SortedMap<String, Long> last = of(until);
        long time = last.values().stream().mapToLong(t -> t).max().orElseThrow();
        out.output(KV.of(Model.LIVE, new Due(time, last, sum.encode())));
      }
      moments.clear();
      until.clear();
      asked.clear();
    }

    private static SortedMap<String, Long> of(MapState<String, Long> until) {
      SortedMap<String, Long> all = new TreeMap<>();
      until.entries().read().forEach(e -> all.put(e.getKey(), e.getValue()));
      return all;
    }
  }
}
