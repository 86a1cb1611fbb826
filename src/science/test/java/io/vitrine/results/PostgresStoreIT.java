package io.vitrine.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vitrine.results.rows.FrameRow;
import io.vitrine.results.rows.RowKind;
import io.vitrine.results.rows.Rows;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The store's contract over a real PostgreSQL server. */
final class PostgresStoreIT extends StoreContract {
  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static PostgresCluster cluster;
  private String url;

  @BeforeAll
  static void startCluster() throws IOException {
    assumeTrue(PostgresCluster.missing().isEmpty(), () -> PostgresCluster.missing().orElseThrow());
    cluster = PostgresCluster.start();
  }

  @AfterAll
  static void stopCluster() throws IOException {
    if (cluster != null) {
      cluster.close();
    }
  }

  @BeforeEach
  void makeDatabase() throws IOException {
    url = cluster.database("vitrine" + DATABASES.incrementAndGet());
  }

  @Override
  String url() {
    return url;
  }

  @Override
  String otherUrl() {
    return url + "&tcpNoDelay=true";
  }

  @Test
  void apply_afterServerRestart_connectsAnewAndCountsTheRetry() throws Exception {
    try (ResultsStore store = ResultsStore.open(url);
        ResultsReader reader = ResultsReader.open(url)) {
      store.apply(List.of(Rows.frame("a", 1)));
      cluster.restart();
      store.apply(List.of(Rows.frame("a", 2)));

      assertThat(reader.rows(FrameRow.class, RowKind.FRAME, Rows.STUDY)).hasSize(2);
      assertThat(store.retries()).isPositive();
    }
  }
}
