package io.vitrine.serving;

import io.vitrine.results.PostgresServer;
import java.io.IOException;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The same page from a real PostgreSQL server. */
final class PostgresPageIT extends PageContract {
  @RegisterExtension private static final PostgresServer SERVER = new PostgresServer();

  @Override
  String newStore() throws IOException {
    return SERVER.newDatabase();
  }
}
