package io.vitrine.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.vitrine.results.ResultsStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** README and docs: commands have options that exist, links lead to files that exist. */
final class DocumentationTest {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");

  @Test
  void commands_onAllPages_haveOptionsThatExist() {
    int commands = 0;
    for (Path page : DocumentedCommands.pages()) {
      for (List<String> words : DocumentedCommands.of(page)) {
        assertThatCode(() -> Vitrine.commands(List.of()).parseArgs(words.toArray(String[]::new)))
            .as(page.getFileName() + ": " + words)
            .doesNotThrowAnyException();
        commands++;
      }
    }
    assertThat(commands).isGreaterThan(25);
  }

  @Test
  void links_onAllPages_leadToFilesThatExist() throws IOException {
    for (Path page : DocumentedCommands.pages()) {
      Matcher link = LINK.matcher(Files.readString(page));
      while (link.find()) {
        assertThat(page.resolveSibling(link.group(1))).as(page + ": " + link.group()).exists();
      }
    }
  }

  @Test
  void store_everyColumnOfEveryTableAndView_isExplained(@TempDir Path folder) throws Exception {
    String url = "jdbc:sqlite:" + folder.resolve("store.sqlite");
    ResultsStore.open(url).close();
    String page =
        Files.readString(Path.of(System.getProperty("vitrine.root", "."), "docs", "store.md"));
    int columns = 0;
    try (Connection connection = DriverManager.getConnection(url);
        ResultSet found = connection.getMetaData().getColumns(null, null, "%", "%")) {
      while (found.next()) {
        String table = found.getString("TABLE_NAME");
        if (table.startsWith("sqlite_")) {
          continue;
        }
        String column = found.getString("COLUMN_NAME").replaceFirst("^msd_\\d+$", "msd_1");
        boolean everywhere = column.matches("study|simulation|wall_.*");
        assertThat(everywhere ? page : section(page, table))
            .as(table + "." + column)
            .contains("`" + column + "`");
        columns++;
      }
    }
    assertThat(columns).isGreaterThan(150);
  }

  private static String section(String page, String table) {
    Matcher section =
        Pattern.compile("^### [^\n]*`" + table + "`(?s:.*?)(?=^### |\\z)", Pattern.MULTILINE)
            .matcher(page);
    return section.find() ? section.group() : "";
  }
}
