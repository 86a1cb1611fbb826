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
    private transient RowBatch rows;

    UpsertFn(String storeUrl) {
      this.storeUrl = storeUrl;
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
      store.apply(all);
      retries.inc(store.retries() - before);
    }
  }
}
