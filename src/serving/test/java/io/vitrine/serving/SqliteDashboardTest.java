package io.vitrine.serving;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class SqliteDashboardTest extends DashboardContract {
  @TempDir Path folder;

  @Override
  String url() {
    return "jdbc:sqlite:" + folder.resolve("store.sqlite");
  }
}
