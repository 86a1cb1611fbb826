package io.vitrine.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitrine.results.ResultsReader;
import io.vitrine.results.ResultsStore;
import io.vitrine.results.WindowRow;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser: every figure holds the store's numbers. */
final class PageIT {
  private static final String TOKEN = "a-token-of-the-test";

  @TempDir(cleanup = CleanupMode.NEVER)
  Path profile;

  @TempDir Path folder;
  private String url;
  private ResultsStore store;
  private Dashboard dashboard;
  private Browser browser;

  @BeforeEach
  void serve() throws IOException {
    assumeTrue(Browser.program().isPresent(), "no Chromium (Debian package chromium)");
    url = "jdbc:sqlite:" + folder.resolve("store.sqlite");
    store = ResultsStore.open(url);
    store.apply(ExampleStudy.rows(40));
    dashboard = Dashboard.start(ServingOptions.local(url));
    browser = Browser.start(profile, 1400, 3000);
  }

  @AfterEach
  void stop() throws IOException {
    if (browser != null) {
      browser.close();
      dashboard.close();
      store.close();
    }
  }

  @Test
  void page_openedOverARun_showsTheStoresNumbersInEveryPanel() throws IOException {
    browser.open(dashboard.address());
    browser.await("vitrine.numbers('fig-barrier').length === 3");

    assertThat(cell("T0.5", 2)).isEqualTo(39.0);
    assertThat(cell("T0.5", 9)).isEqualTo(30.0);
    assertThat(cell("T0.8", 5)).isEqualTo(0.8);
    assertThat(browser.evaluate("document.querySelectorAll('#overview tbody tr').length").asInt())
        .isEqualTo(4);
    JsonNode hops = browser.evaluate("vitrine.numbers('fig-hops')");
    try (ResultsReader reader = ResultsReader.open(url)) {
      List<WindowRow> windows =
          reader.windows(ExampleStudy.NAME, "T0.5", ExampleStudy.MODEL, -1, 100);
      assertThat(hops.get(0).path("y")).hasSize(windows.size());
      for (int i = 0; i < windows.size(); i++) {
        assertThat(hops.get(0).path("y").get(i).asDouble())
            .isEqualTo((double) windows.get(i).hops() / windows.get(i).n());
      }
    }
    assertThat(browser.evaluate("vitrine.numbers('fig-score')[1].y[0]").asDouble())
        .isCloseTo(-1 + 0.5 + 0.005 + ExampleStudy.SIGMA, within(1e-12));
    assertThat(browser.evaluate("vitrine.numbers('fig-phop').length").asInt()).isEqualTo(4);
    assertThat(browser.evaluate("vitrine.numbers('fig-rate').length").asInt()).isEqualTo(4);
    assertThat(browser.evaluate("vitrine.numbers('fig-rate')[0].note[0]").asText())
        .contains(" of ");
    JsonNode barrier = browser.evaluate("vitrine.numbers('fig-barrier')[1]");
    int middle = 0;
    while (barrier.path("x").get(middle).asDouble() != 0.0) {
      middle++;
    }
    assertThat(barrier.path("y").get(middle).asDouble()).isCloseTo(3.0, within(0.05));
    assertThat(browser.evaluate("+document.getElementById('onset').dataset.t0").asDouble())
        .isCloseTo(ExampleStudy.T0, within(0.02));
    assertThat(browser.evaluate("document.querySelector('#alarms').textContent").asText())
        .contains("dead_letters")
        .contains("target");
    assertThat(browser.evaluate("document.getElementById('command').textContent").asText())
        .contains("./vitrine analyze --store '" + url + "'");
    assertThat(browser.evaluate("faults").toString()).isEqualTo("[]");
    browser.screenshot(Path.of("target", "page", "page.png"));
  }

  @Test
  void page_newWindowsAndServerRestart_losesNothing() throws IOException {
    browser.open(dashboard.address());
    browser.await("vitrine.numbers('fig-hops')[0].x.length === 30");
    store.apply(ExampleStudy.rows(42));
    browser.await("vitrine.numbers('fig-hops')[0].x.length === 32");

    URI address = dashboard.address();
    dashboard.close();
    browser.await("document.getElementById('connection').textContent.startsWith('waiting')");
    store.apply(ExampleStudy.rows(50));
    dashboard =
        Dashboard.start(
            new ServingOptions(url, "127.0.0.1", address.getPort(), "", AlarmThresholds.DEFAULT));

    browser.await("vitrine.numbers('fig-hops')[0].x.length === 40");
    assertThat(browser.evaluate("vitrine.numbers('fig-hops')[0].x").toString())
        .startsWith("[5,6,7")
        .endsWith("43,44]");
    browser.await("document.getElementById('connection').textContent === 'live'");
  }

  @Test
  void page_withToken_asksForItAndKeepsItOutOfAddresses() throws IOException {
    try (Dashboard guarded =
        Dashboard.start(new ServingOptions(url, "127.0.0.1", 0, TOKEN, AlarmThresholds.DEFAULT))) {
      browser.open(guarded.address());
      browser.await("!document.getElementById('token-form').hidden");
      browser.evaluate(
          "document.getElementById('token').value = '"
              + TOKEN
              + "'; document.querySelector('#token-form button').click()");
      browser.await("vitrine.state() && document.getElementById('token-form').hidden");

      assertThat(
              browser
                  .evaluate(
                      "performance.getEntriesByType('resource').some(e => e.name.includes('"
                          + TOKEN
                          + "'))")
                  .asBoolean())
          .isFalse();
    }
  }

  @Test
  void box_withSnapshots_drawsEveryParticleAndFollowsTheNewest() throws IOException {
    store.apply(List.of(ExampleStudy.snapshot(0.5, 10), ExampleStudy.snapshot(0.5, 11)));
    browser.open(dashboard.address());
    browser.await("vitrine.box().count === 4096");

    assertThat(browser.evaluate("vitrine.box().time").asDouble()).isEqualTo(11.0);
    // p_hop = 0.02 (z + 1) > 0.2 for 6 of 16 layers of 256, of which a fifth are B.
    int expected = 0;
    for (int i = 0; i < 4096; i++) {
      expected += i % 5 != 0 && 0.02f * (i / 256 + 1) > 0.2 ? 1 : 0;
    }
    assertThat(browser.evaluate("vitrine.box().rearranging").asInt()).isEqualTo(expected);
    assertThat(browser.evaluate("vitrine.box().coloured()").asInt()).isGreaterThan(10_000);
    browser.evaluate(
        "(() => { const s = document.getElementById('box-time'); s.value = 0;"
            + " s.dispatchEvent(new Event('input')); })()");
    browser.await("vitrine.box().time === 10");
    store.apply(List.of(ExampleStudy.snapshot(0.5, 12)));
    browser.await("document.getElementById('box-time').max === '2'");
    assertThat(browser.evaluate("vitrine.box().time").asDouble()).isEqualTo(10.0);
    assertThat(browser.evaluate("faults").toString()).isEqualTo("[]");
    browser.screenshot(Path.of("target", "page", "box.png"));
  }

  @Test
  void figure_savedAsCsvAndSvg_holdsItsNumbers() throws IOException {
    browser.open(dashboard.address());
    browser.await("vitrine.numbers('fig-barrier').length === 3");
    browser.evaluate(
        "window.files = {}; URL.createObjectURL = b => { window.last = b; return 'blob:x'; };"
            + " HTMLAnchorElement.prototype.click = function () { files[this.download] ="
            + " this.href.startsWith('data:') ? this.href : window.last; }; 1");
    browser.evaluate(
        "document.querySelectorAll('#fig-hops figcaption button').forEach(b => b.click())");

    String csv = browser.evaluate("files['fig-hops.csv'].text()").asText();
    assertThat(csv.lines().toList())
        .hasSize(1 + 4 * 30)
        .first()
        .isEqualTo("series,time (τ),fraction with p_hop > 0.2,error,note");
    assertThat(csv).contains("T0.5,5," + (50 + 5) / 800.0);
    assertThat(browser.evaluate("files['fig-hops.svg'].text()").asText())
        .startsWith("<svg")
        .contains("T0.5");
    assertThat(browser.evaluate("files['fig-hops.png']").asText())
        .startsWith("data:image/png;base64,");
  }

  @Test
  void page_onAPhone_needsNoSidewaysScrolling() throws IOException {
    browser.call(
        "Emulation.setDeviceMetricsOverride",
        java.util.Map.of("width", 390, "height", 844, "deviceScaleFactor", 1, "mobile", true));
    browser.open(dashboard.address());
    browser.await("vitrine.numbers('fig-barrier').length === 3");

    assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
        .isLessThanOrEqualTo(390);
  }

  private double cell(String simulation, int column) throws IOException {
    return browser
        .evaluate(
            "+document.querySelector('#overview tr[data-id=\""
                + simulation
                + "\"]').cells["
                + column
                + "].dataset.value")
        .asDouble();
  }
}
