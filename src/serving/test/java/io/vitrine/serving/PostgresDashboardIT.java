package io.vitrine.serving;

import io.vitrine.results.PostgresServer;
import java.io.IOException;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The same numbers from a real PostgreSQL server. */
final class PostgresDashboardIT extends DashboardContract {
  @RegisterExtension private static final PostgresServer SERVER = new PostgresServer();

  @Override
  String url() throws IOException {
    return SERVER.newDatabase();
  }
}
