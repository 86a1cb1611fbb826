package io.vitrine.serving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser over SQLite, and what else it does. */
final class PageIT extends PageContract {
  private static final String TOKEN = "a-token-of-the-test";

  @TempDir Path folder;

  @Override
  String newStore() {
    return "jdbc:sqlite:" + folder.resolve("store.sqlite");
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
        Map.of("width", 390, "height", 844, "deviceScaleFactor", 1, "mobile", true));
    browser.open(dashboard.address());
    browser.await("vitrine.numbers('fig-barrier').length === 3");

    assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
        .isLessThanOrEqualTo(390);
  }

  @Test
  void page_atStart_costsLessThanAMegabyte() throws IOException {
    store.apply(List.of(ExampleStudy.snapshot(0.5, 10)));
    browser.call("Network.clearBrowserCache", Map.of());
    open();
    browser.await("vitrine.box().count === 4096");

    JsonNode sizes =
        browser.evaluate(
            "[...performance.getEntriesByType('navigation'),"
                + " ...performance.getEntriesByType('resource')]"
                + ".map(e => [e.name.replace(/.*\\/\\/[^/]*/, ''), e.transferSize])");
    long sum = 0;
    boolean library = false;
    for (JsonNode one : sizes) {
      sum += one.get(1).asLong();
      library |= one.get(0).asText().endsWith("echarts.min.js") && one.get(1).asLong() > 100_000;
    }
    System.out.println("page at start: " + sum + " bytes in " + sizes.size() + " answers");
    assertThat(library).as(sizes.toString()).isTrue();
    assertThat(sum).as(sizes.toString()).isLessThan(1_000_000);
  }

  @Test
  void page_tabKey_reachesEveryControlAndFigureAndTheBoxTurns() throws IOException {
    store.apply(List.of(ExampleStudy.snapshot(0.5, 10)));
    open();
    browser.await("vitrine.box().count === 4096");
    browser.evaluate(
        "window.wanted = new Set(document.querySelectorAll('button, select, input, figure, canvas#box, a'));"
            + " wanted.forEach(e => { if (!e.getClientRects().length) wanted.delete(e); });"
            + " addEventListener('focusin', e => wanted.delete(e.target)); 1");
    int controls = browser.evaluate("wanted.size").asInt();
    assertThat(controls).isGreaterThan(40);
    for (int i = 0; i < controls + 5; i++) {
      browser.press("Tab");
    }
    assertThat(browser.evaluate("[...wanted].map(e => e.outerHTML)").toString()).isEqualTo("[]");

    double before = browser.evaluate("vitrine.box().yaw").asDouble();
    browser.evaluate("document.getElementById('box').focus()");
    browser.await("document.activeElement.id === 'box'");
    browser.press("ArrowRight");
    browser.await("vitrine.box().yaw > " + before);
  }
}
