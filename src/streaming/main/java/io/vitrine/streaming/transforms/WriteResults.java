package io.vitrine.streaming.transforms;

import io.vitrine.results.ResultsStore;
import io.vitrine.results.RowBatch;
import io.vitrine.results.StoreException;
import io.vitrine.results.rows.ResultRow;
import java.util.List;
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
 * <p>Of running totals only the last of a bundle is written ({@link RowBatch}).
 */
public final class WriteResults extends PTransform<PCollection<ResultRow>, PDone> {
  private static final long serialVersionUID = 1L;

  private final String storeUrl;
  private final long keepWindows;

  private WriteResults(String storeUrl, long keepWindows) {
    this.storeUrl = storeUrl;
    this.keepWindows = keepWindows;
  }

  /** Writes to the store at a JDBC URL. */
  public static WriteResults to(String storeUrl) {
    return new WriteResults(storeUrl, 0);
  }

  /** The same; of windows older than the newest so many of their simulation one in ten stays. */
  public WriteResults keeping(long windows) {
    return new WriteResults(storeUrl, windows);
  }

  @Override
  public PDone expand(PCollection<ResultRow> rows) {
    rows.apply("Upsert", ParDo.of(new UpsertFn(storeUrl, keepWindows)));
    return PDone.in(rows.getPipeline());
  }

  private static final class UpsertFn extends DoFn<ResultRow, Void> {
    private static final long serialVersionUID = 1L;

    /** Bounds the memory of a bundle and the time others wait for the writer. */
    private static final int LARGEST_BATCH = 2000;

    private final String storeUrl;
    private final long keepWindows;
    private final Counter retries = Metrics.counter("vitrine", "store_retries");
    private transient ResultsStore store;
    private transient RowBatch rows;

    UpsertFn(String storeUrl, long keepWindows) {
      this.storeUrl = storeUrl;
      this.keepWindows = keepWindows;
    }

    @Setup
    public void setup() throws StoreException {
      store = ResultsStore.open(storeUrl);
    }

    @StartBundle
    public void start() {
      rows = new RowBatch();
    }

    @ProcessElement
    public void process(@Element ResultRow row) throws StoreException {
      rows.add(row);
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
      List<ResultRow> all = rows.take();
      long before = store.retries();
      store.apply(all, keepWindows);
      retries.inc(store.retries() - before);
    }
  }
}
