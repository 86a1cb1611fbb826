package io.vitrine.results;

import io.vitrine.results.rows.CounterBlock;
import io.vitrine.results.rows.CounterTotal;
import io.vitrine.results.rows.HistogramTotal;
import io.vitrine.results.rows.ResultRow;
import io.vitrine.results.rows.SnapshotRow;
import io.vitrine.results.rows.TrainingCountRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rows that are written together. Of running totals only the last is kept, because it covers the
 * others; of snapshots only those that the store would keep.
 */
public final class RowBatch {
  private final List<ResultRow> rows = new ArrayList<>();
  private final Map<Object, ResultRow> totals = new LinkedHashMap<>();
  private final Map<List<String>, TreeMap<Long, SnapshotRow>> snapshots = new LinkedHashMap<>();

  /** Adds a row. */
  public void add(ResultRow row) {
    if (row instanceof SnapshotRow snapshot) {
      keep(snapshot);
      return;
    }
    Object key = totalKey(row);
    if (key == null) {
      rows.add(row);
    } else {
      totals.merge(key, row, RowBatch::later);
    }
  }

  /** How many rows there are, totals and snapshots left out. */
  public int size() {
    return rows.size();
  }

  /** All rows; the batch is empty then. */
  public List<ResultRow> take() {
    List<ResultRow> all = new ArrayList<>(rows);
    all.addAll(totals.values());
    snapshots.values().forEach(newest -> all.addAll(newest.values()));
    rows.clear();
    totals.clear();
    snapshots.clear();
    return all;
  }

  private void keep(SnapshotRow row) {
    TreeMap<Long, SnapshotRow> newest =
        snapshots.computeIfAbsent(List.of(row.study(), row.simulation()), s -> new TreeMap<>());
    newest.put(row.timeMillis(), row);
    if (newest.size() > SnapshotRow.KEPT) {
      newest.pollFirstEntry();
    }
  }

  private static Object totalKey(ResultRow row) {
    if (row instanceof CounterTotal t) {
      return List.of("total", t.study(), t.simulation(), t.model(), t.modelVersion());
    }
    if (row instanceof CounterBlock t) {
      return List.of("block", t.study(), t.simulation(), t.model(), t.modelVersion(), t.block());
    }
    if (row instanceof HistogramTotal t) {
      return List.of("histogram", t.study(), t.simulation(), t.kindOfValue());
    }
    if (row instanceof TrainingCountRow t) {
      return List.of("training", t.study(), t.simulation(), t.rule());
    }
    return null;
  }

  private static long windows(ResultRow row) {
    if (row instanceof CounterTotal t) {
      return t.windows();
    }
    if (row instanceof CounterBlock t) {
      return t.windows();
    }
    if (row instanceof HistogramTotal t) {
      return t.windows();
    }
    return ((TrainingCountRow) row).windows();
  }

  private static ResultRow later(ResultRow a, ResultRow b) {
    return windows(b) >= windows(a) ? b : a;
  }
}
