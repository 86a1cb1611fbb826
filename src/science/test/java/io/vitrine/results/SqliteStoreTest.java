package io.vitrine.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vitrine.results.rows.FrameRow;
import io.vitrine.results.rows.ModelRow;
import io.vitrine.results.rows.ResultRow;
import io.vitrine.results.rows.RowKind;
import io.vitrine.results.rows.Rows;
import io.vitrine.results.rows.RunState;
import io.vitrine.results.rows.SimulationRow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteStoreTest extends StoreContract {
  @TempDir Path folder;

  @Override
  String url() {
    return "jdbc:sqlite:" + folder.resolve("store.sqlite");
  }

  @Override
  String otherUrl() {
    return "jdbc:sqlite:" + folder.resolve(".").resolve("store.sqlite");
  }

  @Test
  void apply_whileAnotherProcessHoldsTheLock_waitsAndWrites() throws Exception {
    ResultsStore.open(url()).close();
    try (Connection other = DriverManager.getConnection(url());
        Statement statement = other.createStatement();
        ResultsStore store = ResultsStore.open(otherUrl())) {
      statement.execute("BEGIN IMMEDIATE");
      statement.execute("INSERT INTO models VALUES ('default', 'm', '1', '{}', 0)");
      Thread writer =
          new Thread(
              () -> {
                try {
                  store.apply(List.of(Rows.frame("a", 1)));
                } catch (StoreException e) {
                  throw new AssertionError(e);
                }
              });
      writer.start();
      statement.execute("COMMIT");
      writer.join();
    }
    try (ResultsReader reader = ResultsReader.open(url())) {
      assertThat(reader.rows(FrameRow.class, RowKind.FRAME, Rows.STUDY)).hasSize(1);
      assertThat(reader.rows(ModelRow.class, RowKind.MODEL, Rows.STUDY)).hasSize(1);
    }
  }

  @Test
  void open_newFile_keepsAWriteAheadLog() throws Exception {
    try (ResultsStore store = ResultsStore.open(url())) {
      store.apply(List.of(Rows.frame("a", 1)));
      assertThat(folder.resolve("store.sqlite-wal")).exists();
    }
  }

  @Test
  void read_whileABatchIsWritten_seesTheStateBefore() throws Exception {
    try (ResultsStore store = ResultsStore.open(url());
        ResultsReader reader = ResultsReader.open(url());
        Connection writer = DriverManager.getConnection(url());
        Statement statement = writer.createStatement()) {
      store.apply(List.of(Rows.frame("a", 1)));
      statement.execute("BEGIN IMMEDIATE");
      statement.execute("DELETE FROM frames");

      assertThat(reader.rows(FrameRow.class, RowKind.FRAME, Rows.STUDY)).hasSize(1);
    }
  }

  @Test
  void reader_missingFile_saysSoAndCreatesNothing() {
    assertThatThrownBy(() -> ResultsReader.open(url()))
        .isInstanceOf(StoreException.class)
        .hasMessageEndingWith("store.sqlite: there is no such file");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void open_notADatabase_saysSo() throws Exception {
    Files.writeString(folder.resolve("store.sqlite"), "a text file\n".repeat(100));

    assertThatThrownBy(() -> ResultsStore.open(url()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("store.sqlite")
        .hasMessageContaining("not a database");
  }

  @Test
  void open_someOtherDatabase_isRefusedForReading() throws Exception {
    try (Connection other = DriverManager.getConnection(url());
        Statement statement = other.createStatement()) {
      statement.execute("CREATE TABLE t (a INTEGER)");
    }
    assertThatThrownBy(() -> ResultsReader.open(url())).hasMessageContaining("it holds no results");
  }

  @Test
  void check_urlsNoStoreCanHave_areRefusedWithoutSayingThePassword() {
    assertThatThrownBy(() -> ResultsStore.check("jdbc:mysql://h/d"))
        .hasMessage(
            "store must start with jdbc:sqlite: or jdbc:postgresql:, but was jdbc:mysql://h/d");
    for (String url :
        List.of("jdbc:postgresql://h/d?user=u&password=secret", "jdbc:postgresql://u:secret@h/d")) {
      assertThatThrownBy(() -> ResultsStore.check(url))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("must carry no password")
          .hasMessageNotContaining("secret");
    }
    ResultsStore.check("jdbc:postgresql://h:5432/d?user=u");
  }

  @Test
  void apply_manyRowsInOneBatch_areAllThere() throws Exception {
    List<ResultRow> rows = new ArrayList<>();
    for (long tau = 0; tau < 5000; tau++) {
      rows.add(Rows.frame("a", tau));
      rows.add(Rows.window("a", "fluidity", tau, 3));
    }
    try (ResultsStore store = ResultsStore.open(url());
        ResultsReader reader = ResultsReader.open(url())) {
      store.apply(rows);

      SimulationRow simulation = Rows.simulation("a", "a", RunState.RUNNING);
      store.apply(List.of(simulation));
      assertThat(reader.simulations(Rows.STUDY).get(0).windows()).isEqualTo(5000);
    }
  }
}
