package io.vitrine.serving;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vitrine.results.PostgresCluster;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The same page from a real PostgreSQL server. */
final class PostgresPageIT extends PageContract {
  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static PostgresCluster cluster;

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

  @Override
  String newStore() throws IOException {
    return cluster.database("page" + DATABASES.incrementAndGet());
  }
}
