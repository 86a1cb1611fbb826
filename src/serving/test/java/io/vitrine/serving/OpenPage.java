package io.vitrine.serving;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitrine.results.ResultsReader;
import io.vitrine.results.ResultsStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A real browser and the page over a store that holds the example. */
abstract class OpenPage {
  @TempDir(cleanup = CleanupMode.NEVER)
  static Path profile;

  static Browser browser;

  String url;
  ResultsStore store;
  Dashboard dashboard;
  ResultsReader reader;

  /** URL of an empty store of this test. */
  abstract String newStore() throws IOException;

  @BeforeAll
  static void startBrowser() throws IOException {
    assumeTrue(Browser.program().isPresent(), "no Chromium (Debian package chromium)");
    browser = Browser.start(profile, 1400, 3000);
  }

  @AfterAll
  static void stopBrowser() {
    if (browser != null) {
      browser.close();
      browser = null;
    }
  }

  @BeforeEach
  void serve() throws IOException {
    url = newStore();
    store = ResultsStore.open(url);
    store.apply(ExampleStudy.rows(40));
    reader = ResultsReader.open(url);
    dashboard = Dashboard.start(ServingOptions.local(url));
  }

  @AfterEach
  void stop() throws IOException {
    browser.leave();
    dashboard.close();
    reader.close();
    store.close();
  }

  /** Opens the page and waits until both of its rounds have drawn. */
  void open() throws IOException {
    browser.open(dashboard.address());
    browser.await("vitrine.state() && vitrine.more() === false");
    browser.await("vitrine.numbers('fig-barrier').length === 2");
  }

  JsonNode numbers(String figure) throws IOException {
    return browser.evaluate("vitrine.numbers('" + figure + "')");
  }

  static double cell(String table, String row, int column) throws IOException {
    return browser
        .evaluate(
            "+document.querySelector('#"
                + table
                + " tr[data-id=\""
                + row
                + "\"]').cells["
                + column
                + "].dataset.value")
        .asDouble();
  }

  static String text(String table, String row, int column) throws IOException {
    return browser
        .evaluate(
            "document.querySelector('#"
                + table
                + " tr[data-id=\""
                + row
                + "\"]').cells["
                + column
                + "].textContent")
        .asText();
  }

  static List<String> texts(String selector) throws IOException {
    List<String> texts = new ArrayList<>();
    browser
        .evaluate("[...document.querySelectorAll('" + selector + "')].map(e => e.textContent)")
        .forEach(node -> texts.add(node.asText()));
    return texts;
  }
}
