package io.vitrine.pipelines.monitor;

import io.vitrine.results.ResultsReader;
import io.vitrine.results.StoreException;
import io.vitrine.results.rows.NoticeRow;
import io.vitrine.results.rows.RowKind;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Tells people once what sources left out or did otherwise, as the store has it. */
final class Notices {
  private static final long PAUSE_NANOS = 1_000_000_000L;

  private final Consumer<String> out;
  private final String study;
  private final Map<String, String> told = new HashMap<>();
  private long lookAt = System.nanoTime();

  /** What is in the store already has been told by an earlier process. */
  Notices(ResultsReader store, String study, Consumer<String> out) throws StoreException {
    this.out = out;
    this.study = study;
    for (NoticeRow row : store.rows(NoticeRow.class, RowKind.NOTICE, study)) {
      told.put(key(row), row.text());
    }
  }

  /** Whether it is time to look again. */
  boolean isDue() {
    return System.nanoTime() - lookAt >= 0;
  }

  /** Tells what is new. */
  void tell(ResultsReader store) throws StoreException {
    lookAt = System.nanoTime() + PAUSE_NANOS;
    for (NoticeRow row : store.rows(NoticeRow.class, RowKind.NOTICE, study)) {
      if (!row.text().isEmpty() && !row.text().equals(told.put(key(row), row.text()))) {
        out.accept("vitrine: " + row.simulation() + ": " + row.text());
      }
    }
  }

  private static String key(NoticeRow row) {
    return row.simulation() + '\n' + row.subject();
  }
}
