package io.vitrine.serving;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Takes pictures of a page that is being served: its beginning at three widths, one of them dark
 * and one a phone, and sections. Prints how fast the box is drawn. {@code src/serving/screenshots}
 * runs it.
 */
public final class Screenshots {
  /** Frames that {@code pace()} of the page draws. */
  private static final int FRAMES = 60;

  /** Higher than the page at its narrowest, px: nothing is drawn below the window. */
  private static final int HEIGHT = 12_000;

  private static final String READY =
      "vitrine.state() && vitrine.more() === false && vitrine.numbers('fig-rate')"
          + " && vitrine.numbers('fig-fs').length && vitrine.numbers('fig-bias').length"
          + " && vitrine.box().count > 0";

  private static final String BOX_READY =
      "vitrine.state() && vitrine.more() === false && vitrine.box().count > 0";

  private final Browser browser;
  private final URI address;
  private final Path folder;

  private Screenshots(Browser browser, URI address, Path folder) {
    this.browser = browser;
    this.address = address;
    this.folder = folder;
  }

  /**
   * Arguments: address of the page, folder for the pictures, folder for the browser's profile; with
   * a name, one picture of that name, of the box alone.
   */
  public static void main(String[] arguments) throws IOException {
    try (Browser browser = Browser.start(Path.of(arguments[2]), 1400, 900)) {
      Screenshots page = new Screenshots(browser, URI.create(arguments[0]), Path.of(arguments[1]));
      if (arguments.length > 3) {
        page.open("light", 660, false, "#colour=p_hop", BOX_READY);
        page.picture(arguments[3], section("box"));
      } else {
        page.all();
      }
    }
  }

  private void all() throws IOException {
    open("light", 1400, false, "");
    picture("wide", beginning("relaxation"));
    open("dark", 1024, false, "");
    picture("dark", beginning("relaxation"));
    open("light", 390, true, "");
    browser.evaluate("document.getElementById('h-relaxation').closest('details').open = true");
    settle();
    picture("phone", beginning("relaxation"));
    open("light", 1024, false, "#glass=0.85");
    picture("hops", section("hops"));
    picture("box", section("box"));
    picture("physics", section("physics"));
    picture("learning", section("learning"));
    double before = browser.cpuSeconds();
    double pace = browser.evaluate("vitrine.box().pace()").asDouble();
    System.out.printf(
        "box: %d particles, %.1f frames/s, %.1f ms of processor time a frame (%s)%n",
        browser.evaluate("vitrine.box().count").asInt(),
        pace,
        1000 * (browser.cpuSeconds() - before) / FRAMES,
        browser.evaluate("vitrine.box().renderer()").asText());
  }

  /** Opens the page in a window as high as it is, so that every figure is drawn. */
  private void open(String scheme, int width, boolean phone, String state) throws IOException {
    open(scheme, width, phone, state, READY);
  }

  private void open(String scheme, int width, boolean phone, String state, String ready)
      throws IOException {
    Map<String, String> feature = Map.of("name", "prefers-color-scheme", "value", scheme);
    browser.call("Emulation.setEmulatedMedia", Map.of("features", List.of(feature)));
    size(width, HEIGHT, phone);
    browser.call("Page.bringToFront", Map.of());
    browser.leave();
    size(width, HEIGHT, phone);
    browser.open(URI.create(address + state));
    browser.await(ready);
    settle();
  }

  private void size(int width, int height, boolean phone) throws IOException {
    browser.call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", phone));
  }

  /** From the top of the page to the end of a section. */
  private static String beginning(String last) {
    return "({ getBoundingClientRect: () => { const r = %s.getBoundingClientRect(); const w = document.documentElement.clientWidth; return { x: 0, y: -scrollY, width: w, height: r.bottom + scrollY + 12 }; } })"
        .formatted(section(last));
  }

  private static String section(String name) {
    return "document.getElementById('h-" + name + "').closest('section')";
  }

  private void picture(String name, String element) throws IOException {
    browser.screenshot(folder.resolve(name + ".png"), element, false);
  }

  /** Lets the figures follow a change of size or colour. */
  private void settle() throws IOException {
    browser.evaluate("new Promise(done => setTimeout(done, 3000))");
  }
}
