package io.vitrine.streaming.transforms;

import io.vitrine.results.ResultsStore;
import io.vitrine.results.StoreException;
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
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;

/**
 * Writes rows into the results store: one transaction a bundle, upserts by deterministic key, so
 * that a bundle tried again changes nothing.
 *
 * <p>Of running totals only the last of a bundle is written: it covers the others. Of snapshots
 * only those that the store would keep.
 */
public final class WriteResults extends PTransform<PCollection<ResultRow>, PDone> {
  private static final long serialVersionUID = 1L;

  private final String storeUrl;

  private WriteResults(String storeUrl) {
    this.storeUrl = storeUrl;
  }

  /** Writes to the store at a JDBC URL. */
  public static WriteResults to(String storeUrl) {
    return new WriteResults(storeUrl);
  }

  @Override
  public PDone expand(PCollection<ResultRow> rows) {
    rows.apply("Upsert", ParDo.of(new UpsertFn(storeUrl)));
    return PDone.in(rows.getPipeline());
  }

  private static final class UpsertFn extends DoFn<ResultRow, Void> {
    private static final long serialVersionUID = 1L;

    /** Bounds the memory of a bundle and the time others wait for the writer. */
    private static final int LARGEST_BATCH = 2000;

    private final String storeUrl;
    private final Counter retries = Metrics.counter("vitrine", "store_retries");
    private transient ResultsStore store;
    private transient List<ResultRow> rows;
    private transient Map<Object, ResultRow> totals;
    private transient Map<List<String>, TreeMap<Long, SnapshotRow>> snapshots;

    UpsertFn(String storeUrl) {
      this.storeUrl = storeUrl;
    }

    @Setup
    public void setup() throws StoreException {
      store = ResultsStore.open(storeUrl);
    }

    @StartBundle
    public void start() {
      rows = new ArrayList<>();
      totals = new LinkedHashMap<>();
      snapshots = new LinkedHashMap<>();
    }

    @ProcessElement
    public void process(@Element ResultRow row) throws StoreException {
      if (row instanceof SnapshotRow snapshot) {
        keep(snapshot);
        return;
      }
      Object key = totalKey(row);
      if (key == null) {
        rows.add(row);
      } else {
        totals.merge(key, row, UpsertFn::later);
      }
      if (rows.size() >= LARGEST_BATCH) {
        flush();
      }
    }

    @FinishBundle
    public void finish() throws StoreException {
      flush();
    }

    @Teardown
    public void teardown() throws StoreException {
      if (store != null) {
        store.close();
      }
    }

    private void flush() throws StoreException {
      if (rows.isEmpty() && totals.isEmpty() && snapshots.isEmpty()) {
        return;
      }
      List<ResultRow> all = new ArrayList<>(rows);
      all.addAll(totals.values());
      snapshots.values().forEach(newest -> all.addAll(newest.values()));
      long before = store.retries();
      store.apply(all);
      retries.inc(store.retries() - before);
      rows.clear();
      totals.clear();
      snapshots.clear();
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
}
