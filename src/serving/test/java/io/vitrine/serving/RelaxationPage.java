package io.vitrine.serving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitrine.results.ResultsReader;
import io.vitrine.results.rows.EquilibriumRow;
import io.vitrine.results.rows.RelaxationRow;
import io.vitrine.results.rows.RowKind;
import io.vitrine.results.rows.StaticsRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What the section on relaxation must show: the store's numbers, to the last digit. */
final class RelaxationPage {
  private final Browser browser;
  private final ResultsReader reader;

  RelaxationPage(Browser browser, ResultsReader reader) {
    this.browser = browser;
    this.reader = reader;
  }

  void check() throws IOException {
    int simulations = ExampleStudy.TEMPERATURES.length;
    browser.await("vitrine.numbers('fig-waves').length === " + 4 * simulations);
    for (int s = 0; s < simulations; s++) {
      String id = ExampleRelaxation.id(s);
      EquilibriumRow newest = reader.newestVerdict(ExampleStudy.NAME, id).orElseThrow();
      assertSentence(id, newest);
      assertCurve(numbers("fig-fs").get(2 * s), id + ", k = 7.25", id, "Fs", 7.25);
      assertCurve(numbers("fig-fs").get(2 * s + 1), id + ", k = 3", id, "Fs", 3);
      assertCurve(numbers("fig-msd").get(s), id, id, "msd", Double.NaN);
      assertCurve(numbers("fig-alpha2").get(s), id, id, "alpha2", Double.NaN);
      assertCurve(numbers("fig-overlap").get(s), id, id, "Q", Double.NaN);
      assertCurve(numbers("fig-chi4").get(s), id, id, "chi4", Double.NaN);
      assertWaves(numbers("fig-waves"), 4 * s, id);
      JsonNode mark = browser.evaluate("vitrine.marks('fig-fs')").get(s);
      assertThat(mark.path("x").asDouble()).isEqualTo(newest.tauAlpha());
      assertThat(mark.path("series").asText()).isEqualTo(id + ", k = 7.25");
    }
    JsonNode level = browser.evaluate("vitrine.levels('fig-fs')").get(0);
    assertThat(level.path("y").asDouble()).isEqualTo(1 / Math.E);
    assertThat(level.path("label").asText()).isEqualTo("1/e");
  }

  private void assertSentence(String id, EquilibriumRow newest) throws IOException {
    String sentence =
        text("document.querySelector('#verdicts li[data-id=\"" + id + "\"]').textContent");
    String since = newest.verdict().equals("equilibrated") ? " since 150 τ" : "";
    String reason =
        newest.reason().replace("+-", "±").replace("tau_alpha", "τ_α").replace(" tau", " τ");
    assertThat(sentence)
        .isEqualTo(id + ": " + newest.verdict() + since + ", at 4000 τ: " + reason + ".");
  }

  private void assertCurve(
      JsonNode shown, String name, String id, String observable, double wavevector)
      throws IOException {
    List<Double> lags = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    List<Double> errors = new ArrayList<>();
    for (RelaxationRow row :
        reader.rows(RelaxationRow.class, RowKind.RELAXATION, ExampleStudy.NAME)) {
      if (row.simulation().equals(id)
          && row.observable().equals(observable)
          && Double.compare(row.wavevector(), wavevector) == 0) {
        lags.add(row.lagMillis() / 1000.0);
        values.add(row.value());
        errors.add(row.error());
      }
    }
    assertThat(lags).hasSize(15);
    assertThat(shown.path("name").asText()).isEqualTo(name);
    assertThat(numbers(shown, "x")).isEqualTo(lags);
    assertThat(numbers(shown, "y")).isEqualTo(values);
    assertThat(numbers(shown, "error")).isEqualTo(errors);
  }

  private void assertWaves(JsonNode shown, int first, String id) throws IOException {
    String[] quantities = {"S_cc/1", "S_cc_low", "S_cc/2", "S_cc/3"};
    for (int i = 0; i < quantities.length; i++) {
      assertSeries(shown.get(first + i), "y", id, quantities[i]);
    }
    assertThat(shown.get(first).path("name").asText()).isEqualTo(id);
    assertThat(shown.get(first + 1).path("style").asText()).isEqualTo("band");
    assertSeries(shown.get(first + 1), "high", id, "S_cc_high");
  }

  private void assertSeries(JsonNode shown, String column, String id, String quantity)
      throws IOException {
    List<Double> times = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    for (StaticsRow row : reader.rows(StaticsRow.class, RowKind.STATICS, ExampleStudy.NAME)) {
      if (row.simulation().equals(id) && row.quantity().equals(quantity)) {
        times.add(row.timeMillis() / 1000.0);
        values.add(row.value());
      }
    }
    assertThat(times).isNotEmpty();
    assertThat(numbers(shown, "x")).isEqualTo(times);
    assertThat(numbers(shown, column)).isEqualTo(values);
  }

  private JsonNode numbers(String figure) throws IOException {
    return browser.evaluate("vitrine.numbers('" + figure + "')");
  }

  private String text(String expression) throws IOException {
    return browser.evaluate(expression).asText();
  }

  private static List<Double> numbers(JsonNode series, String column) {
    List<Double> numbers = new ArrayList<>();
    series.path(column).forEach(n -> numbers.add(n.isNull() ? Double.NaN : n.asDouble()));
    return numbers;
  }
}
