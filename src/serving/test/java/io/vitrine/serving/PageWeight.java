package io.vitrine.serving;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * What the first look at a store costs: bytes over the line and seconds to the first paint, the
 * first curves and all of them; then the same of a look at a server that has read the store. {@code
 * src/serving/weigh} runs it.
 */
public final class PageWeight {
  private static final String WATCH =
      """
      window.seen = {};
      const watch = setInterval(() => {
        const v = window.vitrine;
        if (!v?.numbers || !v.state()) return;
        const curves = v.numbers('fig-hops').length;
        if (curves && !seen.curves) seen.curves = performance.now();
        if (curves && v.more() === false) { seen.all = performance.now(); clearInterval(watch); }
      }, 20);
      """;

  private PageWeight() {}

  /** Arguments: URL of a store, folder for the browser's profile. */
  public static void main(String[] arguments) throws IOException {
    try (Dashboard dashboard = Dashboard.start(ServingOptions.local(arguments[0]));
        Browser browser = Browser.start(Path.of(arguments[1]), 1400, 900)) {
      browser.call("Page.addScriptToEvaluateOnNewDocument", Map.of("source", WATCH));
      for (String which : new String[] {"first look", "next look"}) {
        browser.call("Network.clearBrowserCache", Map.of());
        browser.open(dashboard.address());
        browser.await("window.seen?.all > 0 && vitrine.numbers('fig-rate')");
        browser.evaluate("new Promise(done => setTimeout(done, 2000))");
        JsonNode seen = browser.evaluate("seen");
        System.out.printf(
            "%s: %d bytes in %d answers; first paint %.2f s, first curves %.2f s, all %.2f s%n",
            which,
            bytes(browser),
            browser.evaluate("performance.getEntriesByType('resource').length").asInt(),
            browser
                    .evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
                    .asDouble()
                / 1000,
            seen.path("curves").asDouble() / 1000,
            seen.path("all").asDouble() / 1000);
        browser.leave();
      }
    }
  }

  private static long bytes(Browser browser) throws IOException {
    return browser
        .evaluate(
            "[...performance.getEntriesByType('navigation'),"
                + " ...performance.getEntriesByType('resource')]"
                + ".reduce((sum, e) => sum + e.transferSize, 0)")
        .asLong();
  }
}
