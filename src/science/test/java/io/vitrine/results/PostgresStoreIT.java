package io.vitrine.results;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitrine.results.rows.FrameRow;
import io.vitrine.results.rows.RowKind;
import io.vitrine.results.rows.Rows;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The store's contract over a real PostgreSQL server. */
final class PostgresStoreIT extends StoreContract {
  @RegisterExtension private static final PostgresServer SERVER = new PostgresServer();

  private String url;

  @BeforeEach
  void makeDatabase() throws IOException {
    url = SERVER.newDatabase();
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
      SERVER.restart();
      store.apply(List.of(Rows.frame("a", 2)));

      assertThat(reader.rows(FrameRow.class, RowKind.FRAME, Rows.STUDY)).hasSize(2);
      assertThat(store.retries()).isPositive();
    }
  }
}
