package io.vitrine.serving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitrine.results.ResultsStore;
import io.vitrine.results.rows.CounterTotal;
import io.vitrine.serving.alarms.AlarmThresholds;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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
  void learning_manyVersions_showsTheNewestAndTheOthersOnDemand() throws IOException {
    store.apply(ExampleStudy.versions(9));
    store.apply(
        List.of(
            new CounterTotal(
                ExampleStudy.NAME, "T0.5", "live", "v9", 0.5, 3, ExampleStudy.bins(0.5)),
            new CounterTotal(
                ExampleStudy.NAME, "T0.5", "live", "v4", 0.5, 3, ExampleStudy.bins(0.5))));
    open();
    browser.await("document.querySelectorAll('#classifiers tbody tr').length === 3");

    assertThat(browser.evaluate("document.querySelector('#cosines tbody').rows.length").asInt())
        .isEqualTo(3);
    assertThat(numbers("fig-learning").get(0).path("x").toString())
        .isEqualTo("[1185,1186,1187,1188,1189,1190,1191,1192,1193]");
    assertThat(browser.evaluate("document.querySelectorAll('#versions tbody tr').length").asInt())
        .isZero();
    browser.evaluate("document.querySelector('#history summary').click()");
    browser.await("document.querySelectorAll('#versions tbody tr').length === 9");
    browser.evaluate("document.querySelector('#versions tr[data-id=v4] button').click()");
    browser.await("document.getElementById('counted').textContent.includes('live, version v4')");
    assertThat(browser.evaluate("location.hash").asText()).isEqualTo("#model=live&version=v4");
    browser.await("document.getElementById('command').textContent.includes(\"--model 'live@v4'\")");
    assertThat(browser.evaluate("faults").toString()).isEqualTo("[]");
  }

  @Test
  void figure_savedAsCsvAndSvg_holdsItsNumbers() throws IOException {
    browser.open(dashboard.address());
    browser.await("vitrine.numbers('fig-barrier').length === 2");
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
    browser.await("vitrine.numbers('fig-barrier').length === 2");

    assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
        .isLessThanOrEqualTo(390);
    String open = "[...document.querySelectorAll('section > details')].filter(d => d.open).length";
    assertThat(browser.evaluate(open).asInt()).isEqualTo(2);
    browser.evaluate(
        "document.querySelectorAll('section > details').forEach(d => { d.open = true; }); 1");
    browser.await("document.querySelectorAll('.chart canvas').length > 0");
    assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
        .isLessThanOrEqualTo(390);
  }

  @Test
  void page_emptyStore_saysWhatItWaitsFor() throws IOException {
    String empty = "jdbc:sqlite:" + folder.resolve("empty.sqlite");
    try (ResultsStore none = ResultsStore.open(empty);
        Dashboard early = Dashboard.start(ServingOptions.local(empty))) {
      browser.open(early.address());
      browser.await("vitrine.state() && vitrine.numbers('fig-rate')");
      browser.await("document.querySelector('#onset li')");
      assertThat(texts("#no-overview, #no-verdicts, #box-empty"))
          .containsOnly("No simulation has sent a frame yet.");
      assertThat(texts("#onset li"))
          .containsExactly("No classifier has scored anything that counts yet.");

      none.apply(ExampleStudy.simulation(0.5, 12).subList(0, 5));
      browser.await("vitrine.state().simulations.length === 1");
      browser.await(
          "document.querySelector('#fig-hops .chart').getAttribute('aria-label').includes('The"
              + " first window is complete at 10 τ; the newest frame is at 3 τ.')");
      browser.await("document.getElementById('verdicts').textContent.includes('no verdict yet')");
      assertThat(texts("#verdicts li"))
          .containsExactly(
              "T0.5: no verdict yet; the first comes at 50 τ, and the newest frame is at 3 τ.");
      assertThat(browser.evaluate("faults").toString()).isEqualTo("[]");
      browser.leave();
    }
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
    assertThat(library).as(sizes.toString()).isTrue();
    assertThat(sum).as(sizes.toString()).isLessThan(1_000_000);
  }

  /** What a screen reader is told: everything one can use or look at has a name. */
  @Test
  void accessibilityTree_everyControlFigureAndTable_hasAName() throws IOException {
    store.apply(List.of(ExampleStudy.snapshot(0.5, 10)));
    open();
    browser.await("vitrine.box().count === 4096");
    browser.evaluate(
        "document.querySelectorAll('details').forEach(d => { d.open = true; });"
            + " document.querySelectorAll('figure').forEach(f => vitrine.drawing(f.id)); 1");
    browser.call("Accessibility.enable", Map.of());
    JsonNode nodes = browser.call("Accessibility.getFullAXTree", Map.of()).path("nodes");
    browser.call("Accessibility.disable", Map.of());

    Set<String> named =
        Set.of(
            "application",
            "button",
            "checkbox",
            "combobox",
            "DisclosureTriangle",
            "figure",
            "form",
            "image",
            "link",
            "list",
            "progressbar",
            "region",
            "slider",
            "spinbutton",
            "table");
    Map<String, Integer> found = new TreeMap<>();
    for (JsonNode node : nodes) {
      String role = node.path("role").path("value").asText();
      if (!node.path("ignored").asBoolean() && named.contains(role)) {
        found.merge(role, 1, Integer::sum);
        assertThat(node.path("name").path("value").asText()).as(node.toString()).isNotBlank();
      }
    }
    assertThat(found).containsOnlyKeys(named).containsEntry("application", 1);
    assertThat(found.get("figure")).isEqualTo(found.get("image")).isGreaterThan(15);
    String headings = "[...document.querySelectorAll('h1, h2')].map(h => h.tagName).join('')";
    assertThat(browser.evaluate(headings).asText()).matches("H1(H2){9}");
    assertThat(browser.evaluate("document.documentElement.lang").asText()).isEqualTo("en");
  }

  @Test
  void page_tabKey_reachesEveryControlAndFigureAndTheBoxTurns() throws IOException {
    store.apply(List.of(ExampleStudy.snapshot(0.5, 10)));
    open();
    browser.await("vitrine.box().count === 4096");
    browser.evaluate(
        "window.wanted = new Set(document.querySelectorAll('button, select, input, figure,"
            + " canvas#box, a, summary, .scroll')); wanted.forEach(e => { if (e.disabled ||"
            + " !e.checkVisibility()) wanted.delete(e); }); addEventListener('focusin', e =>"
            + " wanted.delete(e.target)); 1");
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
