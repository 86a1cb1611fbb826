package io.vitrine.results;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A PostgreSQL server for the tests of a class, which are skipped where it is not installed. */
public final class PostgresServer implements BeforeAllCallback, AfterAllCallback {
  private final AtomicInteger databases = new AtomicInteger();
  private PostgresCluster cluster;

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    Optional<String> missing = PostgresCluster.missing();
    assumeTrue(missing.isEmpty(), () -> missing.orElseThrow());
    cluster = PostgresCluster.start();
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    if (cluster != null) {
      cluster.close();
    }
  }

  /** The JDBC URL of an empty database of its own. */
  public String newDatabase() throws IOException {
    return cluster.database("vitrine" + databases.incrementAndGet());
  }

  /** Stops and starts the server; connections are lost. */
  void restart() throws IOException {
    cluster.restart();
  }
}
