package io.vitrine.benchmarks;

import io.vitrine.results.ResultsReader;
import io.vitrine.results.StoreException;
import io.vitrine.results.bins.CounterBin;
import io.vitrine.results.bins.CounterSum;
import io.vitrine.results.rows.CounterBlock;
import io.vitrine.results.rows.CounterTotal;
import io.vitrine.results.rows.HistogramTotal;
import io.vitrine.results.rows.ResultRow;
import io.vitrine.results.rows.RowCells;
import io.vitrine.results.rows.RowKind;
import io.vitrine.results.rows.TrainingCountRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows that {@code monitor} writes for a window, taken from the store of one real run and
 * played again and again under other names and later times.
 *
 * <p>A cycle is 150 windows, three blocks of 50 tau. Rows of windows, frames, predictions, hops,
 * statics, verdicts and snapshots are those of the run; relaxation values come every 50 tau with
 * more pairs; totals grow in proportion to the number of windows.
 */
final class StoreLoad {
  private static final int CYCLE = 150;
  private static final long TAU = 1000;
  private static final long FIRST = 5 * TAU;
  private static final long BLOCK = CounterBlock.DEFAULT_MILLIS;

  /** A row of the run, and which of its cells are times, in ms or in tau. */
  private record Played(RowKind kind, Object[] cells, int[] millis, int[] taus) {
    ResultRow at(String simulation, long shift) {
      Object[] moved = cells.clone();
      moved[1] = simulation;
      for (int i : millis) {
        moved[i] = (Long) moved[i] + shift;
      }
      for (int i : taus) {
        moved[i] = (Double) moved[i] + shift / (double) TAU;
      }
      return kind.row(new RowCells(moved));
    }
  }

  private final Map<Long, List<Played>> slots = new HashMap<>();
  private final List<ResultRow> relaxation = new ArrayList<>();
  private final List<HistogramTotal> histograms;
  private final CounterSum counter;
  private final CounterBlock block;
  private final int totalsEvery;
  private final String study;

  /**
   * Reads the run.
   *
   * @param totalsEvery windows of a simulation from one write of its totals to the next
   */
  StoreLoad(ResultsReader run, int totalsEvery) throws StoreException {
    this.totalsEvery = totalsEvery;
    study = run.studies().get(0);
    // A window is complete with the frame that ends it, and its rows follow.
    play(run, RowKind.FRAME, new int[] {2}, new int[0], -FIRST);
    play(run, RowKind.WINDOW, new int[] {3}, new int[0], 0);
    play(run, RowKind.PREDICTION, new int[0], new int[] {3}, 0);
    play(run, RowKind.HOP_EVENT, new int[0], new int[] {2, 5, 6}, 0);
    play(run, RowKind.STATICS, new int[] {2}, new int[0], -FIRST);
    play(run, RowKind.EQUILIBRIUM, new int[] {2}, new int[0], -FIRST);
    play(run, RowKind.PAIR_CORRELATION, new int[] {3}, new int[0], 0);
    play(run, RowKind.SNAPSHOT, new int[] {2}, new int[0], 0);
    relaxation.addAll(run.rows(ResultRow.class, RowKind.RELAXATION, study));
    histograms = run.histograms(study);
    counter = run.counters(study).get(0);
    block =
        run.rows(CounterBlock.class, RowKind.COUNTER_BLOCK, study).stream()
            .filter(b -> b.block() == 1)
            .findFirst()
            .orElseThrow();
  }

  private void play(ResultsReader run, RowKind kind, int[] millis, int[] taus, long before)
      throws StoreException {
    for (ResultRow row : run.rows(ResultRow.class, kind, study)) {
      Object[] cells = row.cells();
      double time =
          millis.length > 0 ? (Long) cells[millis[0]] : TAU * (Double) cells[taus[taus.length - 1]];
      long slot = (Math.round(time) + before - FIRST) / TAU;
      if (slot >= 0 && slot < CYCLE) {
        slots
            .computeIfAbsent(slot, s -> new ArrayList<>())
            .add(new Played(kind, cells, millis, taus));
      }
    }
  }

  /** The rows of a window of a simulation, in the order in which they come. */
  List<ResultRow> rows(String simulation, long window) {
    List<ResultRow> rows = new ArrayList<>();
    long shift = window / CYCLE * CYCLE * TAU;
    for (Played row : slots.getOrDefault(window % CYCLE, List.of())) {
      rows.add(row.at(simulation, shift));
    }
    long time = FIRST + window * TAU;
    if ((time + FIRST) % BLOCK == 0) {
      long blocks = time / BLOCK + 1;
      for (ResultRow row : relaxation) {
        Object[] cells = row.cells();
        cells[1] = simulation;
        cells[6] = (Double) cells[6] * (1 + 1e-6 * blocks);
        cells[9] = (Long) cells[9] * blocks;
        rows.add(row.kind().row(new RowCells(cells)));
      }
    }
    if (window % 10 == 9) {
      for (String rule : List.of("low", "high", "hops", "quiet")) {
        rows.add(
            new TrainingCountRow(
                study, simulation, rule, window + 1, 800 * (window + 1), window, -1, 0.1));
      }
    }
    boolean due = (window + simulation.hashCode()) % totalsEvery == 0;
    if (due) {
      totals(rows, simulation, window + 1);
    }
    long counted = Math.min(window, (time % BLOCK) / TAU) + 1;
    if (due || counted == BLOCK / TAU) {
      rows.add(blockRow(simulation, time / BLOCK, counted));
    }
    return rows;
  }

  private void totals(List<ResultRow> rows, String simulation, long windows) {
    for (HistogramTotal h : histograms) {
      List<HistogramTotal.Bin> bins = new ArrayList<>(h.bins().size());
      for (HistogramTotal.Bin bin : h.bins()) {
        long count = bin.count() * windows / h.windows();
        if (count > 0) {
          bins.add(new HistogramTotal.Bin(bin.index(), count));
        }
      }
      rows.add(new HistogramTotal(study, simulation, h.kindOfValue(), windows, h.binning(), bins));
    }
    rows.add(
        new CounterTotal(
            study,
            simulation,
            counter.model(),
            counter.modelVersion(),
            counter.temperature(),
            windows,
            scaled(counter.bins(), windows, counter.windows())));
  }

  private CounterBlock blockRow(String simulation, long number, long windows) {
    return new CounterBlock(
        study,
        simulation,
        block.model(),
        block.modelVersion(),
        block.temperature(),
        BLOCK,
        number,
        windows,
        scaled(block.bins(), windows, block.windows()));
  }

  private static List<CounterBin> scaled(List<CounterBin> bins, long windows, long of) {
    List<CounterBin> scaled = new ArrayList<>(bins.size());
    for (CounterBin bin : bins) {
      long structures = bin.structures() * windows / of;
      if (structures > 0) {
        scaled.add(new CounterBin(bin.index(), structures, bin.rearranging() * windows / of));
      }
    }
    return scaled;
  }
}
