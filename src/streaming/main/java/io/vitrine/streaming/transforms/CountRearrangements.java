package io.vitrine.streaming.transforms;

import io.vitrine.analysis.window.CountTotals;
import io.vitrine.analysis.window.ModelVersion;
import io.vitrine.analysis.window.WindowCounts;
import io.vitrine.results.rows.CounterBlock;
import io.vitrine.results.rows.ResultRow;
import io.vitrine.streaming.coders.Coders;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.beam.sdk.coders.BooleanCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.SetCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.state.CombiningState;
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
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * Adds up the counts of windows: per simulation over the whole run, and per block of 50 tau for the
 * error bars of the fits.
 *
 * <p>Unbounded; keyless in, rows of running totals out, each with the number of windows it covers:
 * at the first window, then ten seconds by the clock after a window that is not in them, and when
 * no window follows; a block also when it is full. Totals of each window would be most of what the
 * store is given, some 800 bins a window of 1,000 particles. Sums of integers: the order does not
 * matter. State: one total a simulation, cleared when the watermark says that no window follows;
 * one a block, cleared when the block is full, or, where windows are missing in it, when the
 * watermark has passed it; beside them the models that have counts which are not out yet.
 *
 * <p>No Combine over fixed windows: it would keep each block, 20 kB, until the watermark has
 * passed, and a simulation that stalls holds the watermark of all others, whose blocks are full
 * long before.
 */
public final class CountRearrangements
    extends PTransform<PCollection<WindowCounts>, PCollection<ResultRow>> {
  private static final long serialVersionUID = 1L;

  /** From a window to the totals that cover it, by the clock. */
  static final Duration DELAY = Duration.standardSeconds(10);

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
    private static final String CHANGED = "changed";
    private static final String WRITE = "write";
    private static final String END = "end";

    private final Map<String, SimulationInfo> simulations;

    @StateId(TOTALS)
    @SuppressWarnings("UnusedVariable") // declared for Beam
    private final StateSpec<CombiningState<WindowCounts, CountTotals, CountTotals>> totalsSpec =
        sums();

    /** Models counted since totals were last out: name, line feed, version. Empty: none is due. */
    @StateId(CHANGED)
    @SuppressWarnings("UnusedVariable") // declared for Beam
    private final StateSpec<ValueState<Set<String>>> changedSpec =
        StateSpecs.value(SetCoder.of(StringUtf8Coder.of()));

    @TimerId(WRITE)
    @SuppressWarnings("UnusedVariable") // declared for Beam
    private final TimerSpec writeSpec = TimerSpecs.timer(TimeDomain.PROCESSING_TIME);

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
        @StateId(CHANGED) ValueState<Set<String>> changed,
        @TimerId(WRITE) Timer write,
        @TimerId(END) Timer end,
        OutputReceiver<ResultRow> out) {
      WindowCounts counts = element.getValue();
      boolean first = state.isEmpty().read();
      state.add(counts);
      if (first) {
        end.set(EndOfRun.TIME);
        emit(element.getKey(), state.read(), counts.counters().keySet(), out);
        return;
      }
      Set<String> due = changed.read();
      if (due == null) {
        write.offset(DELAY).setRelative();
      }
      Set<String> both = due == null ? new TreeSet<>() : new TreeSet<>(due);
      counts.counters().keySet().forEach(m -> both.add(m.model() + '\n' + m.version()));
      changed.write(both);
    }

    @OnTimer(WRITE)
    @SuppressWarnings("UnusedMethod") // called by Beam
    public void write(
        @Key String simulation,
        @StateId(TOTALS) CombiningState<WindowCounts, CountTotals, CountTotals> state,
        @StateId(CHANGED) ValueState<Set<String>> changed,
        OutputReceiver<ResultRow> out) {
      flush(simulation, state, changed, out);
    }

    @OnTimer(END)
    @SuppressWarnings("UnusedMethod") // called by Beam
    public void end(
        @Key String simulation,
        @StateId(TOTALS) CombiningState<WindowCounts, CountTotals, CountTotals> state,
        @StateId(CHANGED) ValueState<Set<String>> changed,
        @TimerId(WRITE) Timer write,
        OutputReceiver<ResultRow> out) {
      flush(simulation, state, changed, out);
      write.clear();
      state.clear();
    }

    private void flush(
        String simulation,
        CombiningState<WindowCounts, CountTotals, CountTotals> state,
        ValueState<Set<String>> changed,
        OutputReceiver<ResultRow> out) {
      Set<String> due = changed.read();
      if (due == null) {
        return;
      }
      changed.clear();
      Set<ModelVersion> models = new TreeSet<>();
      for (String each : due) {
        int end = each.indexOf('\n');
        models.add(new ModelVersion(each.substring(0, end), each.substring(end + 1)));
      }
      emit(simulation, state.read(), models, out);
    }

    private void emit(
        String simulation,
        CountTotals totals,
        Set<ModelVersion> models,
        OutputReceiver<ResultRow> out) {
      SimulationInfo info = simulations.get(simulation);
      totals
          .totals(info.study(), info.simulation(), info.temperature(), models)
          .forEach(out::output);
    }
  }

  private static final class BlockFn extends DoFn<KV<KV<String, Long>, WindowCounts>, ResultRow> {
    private static final long serialVersionUID = 1L;
    private static final String BLOCK = "block";
    private static final String DUE = "due";
    private static final String WRITE = "write";
    private static final String PASSED = "passed";

    private final Map<String, SimulationInfo> simulations;

    @StateId(BLOCK)
    @SuppressWarnings("UnusedVariable") // declared for Beam
    private final StateSpec<CombiningState<WindowCounts, CountTotals, CountTotals>> blockSpec =
        sums();

    /** Set where the block has windows that are not out yet. */
    @StateId(DUE)
    @SuppressWarnings("UnusedVariable") // declared for Beam
    private final StateSpec<ValueState<Boolean>> dueSpec = StateSpecs.value(BooleanCoder.of());

    @TimerId(WRITE)
    @SuppressWarnings("UnusedVariable") // declared for Beam
    private final TimerSpec writeSpec = TimerSpecs.timer(TimeDomain.PROCESSING_TIME);

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
        @StateId(DUE) ValueState<Boolean> due,
        @TimerId(WRITE) Timer write,
        @TimerId(PASSED) Timer passed,
        OutputReceiver<ResultRow> out) {
      KV<String, Long> key = element.getKey();
      SimulationInfo info = simulations.get(key.getKey());
      state.add(element.getValue());
      long windows = state.read().windows();
      boolean full = windows * info.intervalMillis() >= CounterBlock.DEFAULT_MILLIS;
      if (windows == 1 || full) {
        emit(key, state.read(), out);
      } else if (due.read() == null) {
        due.write(true);
        write.offset(DELAY).setRelative();
      }
      if (full) {
        state.clear();
        due.clear();
        write.clear();
        passed.clear();
      } else {
        passed.set(last(key.getValue(), info));
      }
    }

    /** Event time of the last window whose centre lies in the block: the end of that window. */
    private static Instant last(long block, SimulationInfo info) {
      return Instant.ofEpochMilli(
          (block + 1) * CounterBlock.DEFAULT_MILLIS
              + info.windowMillis() / 2
              + info.intervalMillis());
    }

    @OnTimer(WRITE)
    @SuppressWarnings("UnusedMethod") // called by Beam
    public void write(
        @Key KV<String, Long> key,
        @StateId(BLOCK) CombiningState<WindowCounts, CountTotals, CountTotals> state,
        @StateId(DUE) ValueState<Boolean> due,
        OutputReceiver<ResultRow> out) {
      flush(key, state, due, out);
    }

    @OnTimer(PASSED)
    @SuppressWarnings("UnusedMethod") // called by Beam
    public void passed(
        @Key KV<String, Long> key,
        @StateId(BLOCK) CombiningState<WindowCounts, CountTotals, CountTotals> state,
        @StateId(DUE) ValueState<Boolean> due,
        @TimerId(WRITE) Timer write,
        OutputReceiver<ResultRow> out) {
      flush(key, state, due, out);
      write.clear();
      state.clear();
    }

    private void flush(
        KV<String, Long> key,
        CombiningState<WindowCounts, CountTotals, CountTotals> state,
        ValueState<Boolean> due,
        OutputReceiver<ResultRow> out) {
      if (due.read() != null) {
        due.clear();
        emit(key, state.read(), out);
      }
    }

    private void emit(KV<String, Long> key, CountTotals totals, OutputReceiver<ResultRow> out) {
      SimulationInfo info = simulations.get(key.getKey());
      totals
          .block(info.study(), info.simulation(), info.temperature(), key.getValue())
          .forEach(out::output);
    }
  }
}
