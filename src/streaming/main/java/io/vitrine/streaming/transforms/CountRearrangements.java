package io.vitrine.streaming.transforms;

import io.vitrine.analysis.window.CountTotals;
import io.vitrine.analysis.window.WindowCounts;
import io.vitrine.results.rows.CounterBlock;
import io.vitrine.results.rows.ResultRow;
import io.vitrine.streaming.coders.Coders;
import java.util.Map;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.state.CombiningState;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.state.TimerSpec;
import org.apache.beam.sdk.state.TimerSpecs;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Instant;

/**
 * Adds up the counts of windows: per simulation over the whole run, and per block of 50 tau for the
 * error bars of the fits.
 *
 * <p>Unbounded; keyless in, rows of running totals out, at once, each with the number of windows it
 * covers. Sums of integers: the order does not matter. State: one total a simulation, cleared when
 * the watermark says that no window follows; one a block, cleared when the block is full, or, where
 * windows are missing in it, when the watermark has passed it.
 *
 * <p>No Combine over fixed windows: it would keep each block, 20 kB, until the watermark has
 * passed, and a simulation that stalls holds the watermark of all others, whose blocks are full
 * long before.
 */
public final class CountRearrangements
    extends PTransform<PCollection<WindowCounts>, PCollection<ResultRow>> {
  private static final long serialVersionUID = 1L;

  private final Map<String, SimulationInfo> simulations;

  private CountRearrangements(Map<String, SimulationInfo> simulations) {
    this.simulations = Map.copyOf(simulations);
  }

  /** Counts the windows of these simulations. */
  public static CountRearrangements of(Map<String, SimulationInfo> simulations) {
    return new CountRearrangements(simulations);
  }

  @Override
  public PCollection<ResultRow> expand(PCollection<WindowCounts> counts) {
    PCollection<ResultRow> totals =
        counts
            .apply(
                "BySimulation",
                WithKeys.of(WindowCounts::simulation).withKeyType(TypeDescriptors.strings()))
            .setCoder(Coders.bySimulation(Coders.windowCounts()))
            .apply("Total", ParDo.of(new TotalFn(simulations)))
            .setCoder(Coders.rows());
    PCollection<ResultRow> blocks =
        counts
            .apply(
                "ByBlock",
                WithKeys.of(CountRearrangements::block)
                    .withKeyType(
                        TypeDescriptors.kvs(TypeDescriptors.strings(), TypeDescriptors.longs())))
            .setCoder(
                KvCoder.of(
                    KvCoder.of(StringUtf8Coder.of(), VarLongCoder.of()), Coders.windowCounts()))
            .apply("Block", ParDo.of(new BlockFn(simulations)))
            .setCoder(Coders.rows());
    return PCollectionList.of(totals).and(blocks).apply("Both", Flatten.pCollections());
  }

  private static KV<String, Long> block(WindowCounts counts) {
    return KV.of(
        counts.simulation(), Math.floorDiv(counts.timeMillis(), CounterBlock.DEFAULT_MILLIS));
  }

  /** Adds up counts. */
  private static final class SumFn
      extends Combine.CombineFn<WindowCounts, CountTotals, CountTotals> {
    private static final long serialVersionUID = 1L;

    @Override
    public CountTotals createAccumulator() {
      return new CountTotals();
    }

    @Override
    public CountTotals addInput(CountTotals totals, WindowCounts counts) {
      return totals.accept(counts);
    }

    @Override
    public CountTotals mergeAccumulators(Iterable<CountTotals> all) {
      CountTotals sum = createAccumulator();
      all.forEach(sum::merge);
      return sum;
    }

    @Override
    public CountTotals extractOutput(CountTotals totals) {
      return totals;
    }
  }

  private static StateSpec<CombiningState<WindowCounts, CountTotals, CountTotals>> sums() {
    return StateSpecs.combining(Coders.countTotals(), new SumFn());
  }

  private static final class TotalFn extends DoFn<KV<String, WindowCounts>, ResultRow> {
    private static final long serialVersionUID = 1L;
    private static final String TOTALS = "totals";
    private static final String END = "end";

    private final Map<String, SimulationInfo> simulations;

    @StateId(TOTALS)
    @SuppressWarnings("UnusedVariable") // declared for Beam
    private final StateSpec<CombiningState<WindowCounts, CountTotals, CountTotals>> totalsSpec =
        sums();

    @TimerId(END)
    @SuppressWarnings("UnusedVariable") // declared for Beam
    private final TimerSpec endSpec = TimerSpecs.timer(TimeDomain.EVENT_TIME);

    TotalFn(Map<String, SimulationInfo> simulations) {
      this.simulations = simulations;
    }

    @ProcessElement
    public void process(
        @Element KV<String, WindowCounts> element,
        @StateId(TOTALS) CombiningState<WindowCounts, CountTotals, CountTotals> state,
        @TimerId(END) Timer end,
        OutputReceiver<ResultRow> out) {
      WindowCounts counts = element.getValue();
      state.add(counts);
      CountTotals totals = state.read();
      if (totals.windows() == 1) {
        end.set(EndOfRun.TIME);
      }
      SimulationInfo info = simulations.get(element.getKey());
      totals
          .totals(info.study(), info.simulation(), info.temperature(), counts.counters().keySet())
          .forEach(out::output);
    }

    @OnTimer(END)
    @SuppressWarnings("UnusedMethod") // called by Beam
    public void end(@StateId(TOTALS) CombiningState<WindowCounts, CountTotals, CountTotals> state) {
      state.clear();
    }
  }

  private static final class BlockFn extends DoFn<KV<KV<String, Long>, WindowCounts>, ResultRow> {
    private static final long serialVersionUID = 1L;
    private static final String BLOCK = "block";
    private static final String PASSED = "passed";

    private final Map<String, SimulationInfo> simulations;

    @StateId(BLOCK)
    @SuppressWarnings("UnusedVariable") // declared for Beam
    private final StateSpec<CombiningState<WindowCounts, CountTotals, CountTotals>> blockSpec =
        sums();

    @TimerId(PASSED)
    @SuppressWarnings("UnusedVariable") // declared for Beam
    private final TimerSpec passedSpec = TimerSpecs.timer(TimeDomain.EVENT_TIME);

    BlockFn(Map<String, SimulationInfo> simulations) {
      this.simulations = simulations;
    }

    @ProcessElement
    public void process(
        @Element KV<KV<String, Long>, WindowCounts> element,
        @StateId(BLOCK) CombiningState<WindowCounts, CountTotals, CountTotals> state,
        @TimerId(PASSED) Timer passed,
        OutputReceiver<ResultRow> out) {
      state.add(element.getValue());
      CountTotals totals = state.read();
      SimulationInfo info = simulations.get(element.getKey().getKey());
      long block = element.getKey().getValue();
      totals.block(info.study(), info.simulation(), info.temperature(), block).forEach(out::output);
      if (totals.windows() * info.intervalMillis() >= CounterBlock.DEFAULT_MILLIS) {
        state.clear();
        passed.clear();
      } else {
        passed.set(last(block, info));
      }
    }

    /** Event time of the last window whose centre lies in the block: the end of that window. */
    private static Instant last(long block, SimulationInfo info) {
      return Instant.ofEpochMilli(
          (block + 1) * CounterBlock.DEFAULT_MILLIS
              + info.windowMillis() / 2
              + info.intervalMillis());
    }

    @OnTimer(PASSED)
    @SuppressWarnings("UnusedMethod") // called by Beam
    public void passed(
        @StateId(BLOCK) CombiningState<WindowCounts, CountTotals, CountTotals> state) {
      state.clear();
    }
  }
}
