package io.vitrine.serving;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/**
 * Takes pictures of a page that is being served: every panel, the page in the dark and on a phone.
 * Prints how fast the box is drawn. {@code src/serving/screenshots} runs it.
 */
public final class Screenshots {
  private static final String[] PANELS = {"overview", "now", "physics", "learning", "box"};

  /** Frames that {@code pace()} of the page draws. */
  private static final int FRAMES = 60;

  private Screenshots() {}

  /** Arguments: address of the page, folder for the pictures, folder for the browser's profile. */
  public static void main(String[] arguments) throws IOException {
    URI address = URI.create(arguments[0]);
    Path folder = Path.of(arguments[1]);
    try (Browser browser = Browser.start(Path.of(arguments[2]), 1280, 900)) {
      scheme(browser, "light");
      size(browser, 1280, 4000, false);
      browser.call("Page.bringToFront", Map.of());
      browser.open(address);
      browser.await("vitrine.state() && vitrine.numbers('fig-rate')");
      browser.await("vitrine.numbers('fig-hops').length && vitrine.box().count > 0");
      settle(browser);
      int whole = browser.evaluate("document.documentElement.scrollHeight").asInt();
      size(browser, 1280, whole, false);
      settle(browser);
      for (String panel : PANELS) {
        browser.screenshot(folder.resolve(panel + ".png"), section(panel), false);
      }
      double before = browser.cpuSeconds();
      double pace = browser.evaluate("vitrine.box().pace()").asDouble();
      System.out.printf(
          "box: %d particles, %.1f frames/s, %.1f ms of processor time a frame (%s)%n",
          browser.evaluate("vitrine.box().count").asInt(),
          pace,
          1000 * (browser.cpuSeconds() - before) / FRAMES,
          browser.evaluate("vitrine.box().renderer()").asText());
      scheme(browser, "dark");
      settle(browser);
      browser.screenshot(folder.resolve("dark.png"), section("now"), false);
      size(browser, 390, 1500, true);
      settle(browser);
      browser.screenshot(folder.resolve("phone.png"), "document.documentElement", false);
    }
  }

  private static String section(String panel) {
    return "document.getElementById('h-" + panel + "').parentElement";
  }

  private static void scheme(Browser browser, String scheme) throws IOException {
    Map<String, String> feature = Map.of("name", "prefers-color-scheme", "value", scheme);
    browser.call("Emulation.setEmulatedMedia", Map.of("features", java.util.List.of(feature)));
  }

  private static void size(Browser browser, int width, int height, boolean phone)
      throws IOException {
    browser.call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", phone));
  }

  /** Lets the figures follow a change of size or colour. */
  private static void settle(Browser browser) throws IOException {
    browser.evaluate("new Promise(done => setTimeout(done, 3000))");
  }
}
