package io.vitrine.pipelines.paper;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitrine.format.WholeFile;
import io.vitrine.pipelines.run.FailureException;
import io.vitrine.results.StoreException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What a reproduction writes in the end.
 *
 * @param results what was found
 * @param json the same as JSON, with the checks
 */
record PaperReport(PaperResults results, ObjectNode json) {
  /** Reads, fits and checks. */
  static PaperReport of(PaperScale scale, String name, PaperFolder folder, String from)
      throws IOException, StoreException, FailureException {
    PaperResults results = PaperReader.read(scale, name, folder, from);
    return new PaperReport(results, PaperJson.of(results));
  }

  /** Writes the page, its figures, and its numbers as JSON and CSV. */
  void write() throws IOException, StoreException {
    Path root = results.folder().root();
    Path figures = root.resolve("figures");
    new AccuracyFigures(results).write(figures);
    new CountFigures(results).write(figures);
    PaperNumbers.write(results, root.resolve("numbers"));
    WholeFile.write(root.resolve("report.json"), json.toPrettyString() + "\n");
    WholeFile.write(root.resolve("table1.csv"), new PaperTable(results).csv());
    WholeFile.write(root.resolve("report.html"), PaperPage.html(this, figures));
  }

  /** Both tables and all checks for a terminal. */
  String text() {
    StringBuilder text = new StringBuilder(new PaperTable(results).text());
    for (JsonNode check : json.path("checks")) {
      text.append(check.path("holds").asBoolean() ? "  holds      " : "  DOES NOT   ");
      text.append(check.path("reading").asText()).append(": ");
      text.append(check.path("check").asText()).append(" (");
      text.append(check.path("found").asText()).append(")\n");
    }
    results.doubts().forEach(line -> text.append("  ").append(line).append('\n'));
    return text.toString();
  }
}
