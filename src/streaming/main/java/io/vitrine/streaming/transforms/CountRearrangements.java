package io.vitrine.streaming.transforms;

import io.vitrine.analysis.CountTotals;
import io.vitrine.analysis.WindowCounts;
import io.vitrine.results.CounterBlock;
import io.vitrine.results.ResultRow;
import io.vitrine.streaming.coders.CountTotalsCoder;
import io.vitrine.streaming.coders.ResultRowCoder;
import io.vitrine.streaming.coders.WindowCountsCoder;
import java.util.Map;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;

/**
 * Adds up the counts of windows: per simulation over the whole run, and per block of 50 tau for the
 * error bars of the fits.
 *
 * <p>Unbounded; keyless in, rows of running totals out, at once, each with the number of windows it
 * covers. Sums of integers: the order does not matter. State: one total a simulation, kept to its
 * end; one a block, cleared when the block is full.
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
            .apply("BySimulation", WithKeys.of(WindowCounts::simulation).withKeyType(strings()))
            .setCoder(KvCoder.of(StringUtf8Coder.of(), new WindowCountsCoder()))
            .apply("Total", ParDo.of(new TotalFn(simulations)))
            .setCoder(new ResultRowCoder());
    PCollection<ResultRow> blocks =
        counts
            .apply("ByBlock", WithKeys.of(CountRearrangements::blockKey).withKeyType(strings()))
            .setCoder(KvCoder.of(StringUtf8Coder.of(), new WindowCountsCoder()))
            .apply("Block", ParDo.of(new BlockFn(simulations)))
            .setCoder(new ResultRowCoder());
    return PCollectionList.of(totals).and(blocks).apply("Both", Flatten.pCollections());
  }

  private static org.apache.beam.sdk.values.TypeDescriptor<String> strings() {
    return org.apache.beam.sdk.values.TypeDescriptors.strings();
  }

  private static long block(WindowCounts counts) {
    return Math.floorDiv(counts.timeMillis(), CounterBlock.DEFAULT_MILLIS);
  }

  private static String blockKey(WindowCounts counts) {
    return counts.simulation() + "\n" + block(counts);
  }

  /** Stored totals, or none, and one window more; what is stored is left as it is. */
  private static CountTotals plus(CountTotals stored, WindowCounts counts) {
    CountTotals totals = new CountTotals();
    if (stored != null) {
      totals.merge(stored);
    }
    return totals.accept(counts);
  }

  private static final class TotalFn extends DoFn<KV<String, WindowCounts>, ResultRow> {
    private static final long serialVersionUID = 1L;
    private static final String TOTALS = "totals";

    private final Map<String, SimulationInfo> simulations;

    @StateId(TOTALS)
    @SuppressWarnings("UnusedVariable") // declared for Beam
    private final StateSpec<ValueState<CountTotals>> totalsSpec =
        StateSpecs.value(new CountTotalsCoder());

    TotalFn(Map<String, SimulationInfo> simulations) {
      this.simulations = simulations;
    }

    @ProcessElement
    public void process(
        @Element KV<String, WindowCounts> element,
        @StateId(TOTALS) ValueState<CountTotals> state,
        OutputReceiver<ResultRow> out) {
      CountTotals totals = plus(state.read(), element.getValue());
      state.write(totals);
      SimulationInfo info = simulations.get(element.getValue().simulation());
      for (ResultRow row :
          totals.totals(
              info.study(),
              info.simulation(),
              info.temperature(),
              element.getValue().counters().keySet())) {
        out.output(row);
      }
    }
  }

  private static final class BlockFn extends DoFn<KV<String, WindowCounts>, ResultRow> {
    private static final long serialVersionUID = 1L;
    private static final String BLOCK = "block";

    private final Map<String, SimulationInfo> simulations;

    @StateId(BLOCK)
    @SuppressWarnings("UnusedVariable") // declared for Beam
    private final StateSpec<ValueState<CountTotals>> blockSpec =
        StateSpecs.value(new CountTotalsCoder());

    BlockFn(Map<String, SimulationInfo> simulations) {
      this.simulations = simulations;
    }

    @ProcessElement
    public void process(
        @Element KV<String, WindowCounts> element,
        @StateId(BLOCK) ValueState<CountTotals> state,
        OutputReceiver<ResultRow> out) {
      CountTotals totals = plus(state.read(), element.getValue());
      SimulationInfo info = simulations.get(element.getValue().simulation());
      if (totals.windows() * info.intervalMillis() >= CounterBlock.DEFAULT_MILLIS) {
        state.clear();
      } else {
        state.write(totals);
      }
      long block = block(element.getValue());
      for (ResultRow row :
          totals.block(info.study(), info.simulation(), info.temperature(), block)) {
        out.output(row);
      }
    }
  }
}
