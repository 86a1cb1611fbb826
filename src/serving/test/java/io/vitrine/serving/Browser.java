package io.vitrine.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitrine.Patience;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** A headless Chromium with one tab, spoken to over its DevTools protocol. */
public final class Browser implements AutoCloseable {
  private static final List<Path> PLACES =
      List.of(Path.of("/usr/bin/chromium"), Path.of("/usr/bin/chromium-browser"));
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final long PATIENCE_SECONDS = Patience.STILL.toSeconds();

  private final Process process;
  private final WebSocket socket;
  private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
  private final AtomicInteger ids = new AtomicInteger();
  private String session;

  private Browser(Process process, URI address) {
    this.process = process;
    this.socket =
        HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(address, new Listener()).join();
  }

  /** Where Chromium is, if it is. */
  public static Optional<Path> program() {
    return PLACES.stream().filter(Files::isExecutable).findFirst();
  }

  /** Starts Chromium with a profile of its own in {@code folder}. */
  public static Browser start(Path folder, int width, int height) throws IOException {
    Process process =
        new ProcessBuilder(
                program().orElseThrow().toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu-sandbox",
                "--use-angle=swiftshader",
                "--enable-unsafe-swiftshader",
                "--hide-scrollbars",
                "--window-size=" + width + "," + height,
                "--remote-debugging-port=0",
                "--user-data-dir=" + folder,
                "about:blank")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    // The reader stays open: Chromium must never wait for us to read what it says.
    BufferedReader said = process.errorReader();
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      int at = line.indexOf("ws://");
      if (line.startsWith("DevTools listening") && at >= 0) {
        Thread drain = new Thread(() -> drain(said), "chromium-output");
        drain.setDaemon(true);
        drain.start();
        return new Browser(process, URI.create(line.substring(at).strip())).openTab();
      }
    }
    process.destroyForcibly();
    throw new IOException("chromium ended without listening");
  }

  private static void drain(BufferedReader said) {
    try {
      while (said.readLine() != null) {
        // Nobody wants it.
      }
    } catch (IOException e) {
      // The process has ended.
    }
  }

  private Browser openTab() throws IOException {
    String target =
        call("Target.createTarget", Map.of("url", "about:blank")).path("targetId").asText();
    session =
        call("Target.attachToTarget", Map.of("targetId", target, "flatten", true))
            .path("sessionId")
            .asText();
    call("Page.enable", Map.of());
    call("Emulation.setFocusEmulationEnabled", Map.of("enabled", true));
    call(
        "Page.addScriptToEvaluateOnNewDocument",
        Map.of(
            "source",
            "window.faults = [];"
                + "addEventListener('error', e => faults.push(String(e.message)));"
                + "addEventListener('unhandledrejection', e => faults.push(String(e.reason)));"
                + "addEventListener('securitypolicyviolation', e =>"
                + " faults.push(e.violatedDirective + ' ' + e.sourceFile + ':' + e.lineNumber));"));
    return this;
  }

  /** Goes to an address. */
  public void open(URI address) throws IOException {
    call("Page.navigate", Map.of("url", address.toString()));
  }

  /** Goes to an address again and again until what is there makes an expression true. */
  public void openWhenServed(URI address, String expression) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < end) {
      open(address);
      for (int i = 0; i < 40; i++) {
        if (holds(expression)) {
          return;
        }
        evaluate("new Promise(done => setTimeout(done, 50))");
      }
    }
    throw new AssertionError(address + ": " + expression + " stayed false");
  }

  private boolean holds(String expression) throws IOException {
    return evaluate(
            "(() => { try { return !!(" + expression + "); } catch (e) { return false; }})()")
        .asBoolean();
  }

  /** Leaves the page; the window has its own size again. */
  void leave() throws IOException {
    call("Emulation.clearDeviceMetricsOverride", Map.of());
    open(URI.create("about:blank"));
  }

  /** Presses a key and lets it go. */
  void press(String key) throws IOException {
    int code =
        key.equals("Tab") ? 9 : key.equals("ArrowLeft") ? 37 : key.equals("ArrowRight") ? 39 : 13;
    for (String type : List.of("keyDown", "keyUp")) {
      call(
          "Input.dispatchKeyEvent",
          Map.of("type", type, "key", key, "code", key, "windowsVirtualKeyCode", code));
    }
  }

  /** Moves the mouse to a place of the window, CSS pixels. */
  void move(double x, double y) throws IOException {
    mouse("mouseMoved", x, y, 0);
  }

  /** Presses the left button at one place and lets it go at another. */
  void drag(double fromX, double fromY, double toX, double toY) throws IOException {
    move(fromX, fromY);
    mouse("mousePressed", fromX, fromY, 1);
    for (int i = 1; i <= 5 && (fromX != toX || fromY != toY); i++) {
      mouse("mouseMoved", fromX + (toX - fromX) * i / 5, fromY + (toY - fromY) * i / 5, 1);
    }
    mouse("mouseReleased", toX, toY, 1);
  }

  /** Turns the wheel. */
  void wheel(double x, double y, double by) throws IOException {
    call(
        "Input.dispatchMouseEvent",
        Map.of("type", "mouseWheel", "x", x, "y", y, "deltaX", 0, "deltaY", by));
  }

  private void mouse(String type, double x, double y, int down) throws IOException {
    call(
        "Input.dispatchMouseEvent",
        Map.of(
            "type",
            type,
            "x",
            x,
            "y",
            y,
            "button",
            down > 0 ? "left" : "none",
            "buttons",
            type.equals("mouseReleased") ? 0 : down,
            "clickCount",
            down));
  }

  /** Value of an expression, by value. */
  public JsonNode evaluate(String expression) throws IOException {
    JsonNode answer =
        call(
            "Runtime.evaluate",
            Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
    if (answer.has("exceptionDetails")) {
      throw new IOException(expression + ": " + answer.path("exceptionDetails"));
    }
    return answer.path("result").path("value");
  }

  /** Waits until an expression is true; fails when it stays false. */
  public void await(String expression) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < end) {
      if (holds(expression)) {
        return;
      }
      evaluate("new Promise(done => setTimeout(done, 50))");
    }
    throw new AssertionError(
        expression
            + " stayed false; faults "
            + evaluate("window.faults")
            + ", page says "
            + evaluate("document.getElementById('connection')?.textContent"));
  }

  /** A picture of the whole page. */
  public void screenshot(Path file) throws IOException {
    screenshot(file, "document.documentElement", true);
  }

  /**
   * A picture of one element of the page, cut at 1600 pixels.
   *
   * @param beyond whether it may reach beyond the window
   */
  void screenshot(Path file, String element, boolean beyond) throws IOException {
    JsonNode area =
        evaluate(
            "(() => { const r = "
                + element
                + ".getBoundingClientRect(); return { x: r.x + scrollX, y: r.y + scrollY,"
                + " width: r.width, height: Math.min(r.height, 1600), scale: 1 }; })()");
    JsonNode answer =
        call(
            "Page.captureScreenshot",
            Map.of("format", "png", "captureBeyondViewport", beyond, "clip", area));
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, Base64.getDecoder().decode(answer.path("data").asText()));
  }

  /** Processor time its processes have taken so far, s. */
  double cpuSeconds() {
    return process
        .descendants()
        .mapToDouble(p -> p.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3)
        .sum();
  }

  /** Asks the browser for something. */
  public JsonNode call(String method, Map<String, Object> parameters) throws IOException {
    int id = ids.incrementAndGet();
    ObjectNode message = MAPPER.createObjectNode();
    message.put("id", id).put("method", method);
    message.set("params", MAPPER.valueToTree(parameters));
    if (session != null) {
      message.put("sessionId", session);
    }
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    answers.put(id, answer);
    socket.sendText(message.toString(), true).join();
    try {
      JsonNode whole = answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (whole.has("error")) {
        throw new IOException(method + ": " + whole.path("error"));
      }
      return whole.path("result");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException(method + " was not answered", e);
    }
  }

  @Override
  public void close() {
    socket.abort();
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Puts pieces together and hands answers to who asked. */
  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        try {
          JsonNode message = MAPPER.readTree(text.toString());
          CompletableFuture<JsonNode> waiting = answers.remove(message.path("id").asInt(-1));
          if (waiting != null) {
            waiting.complete(message);
          }
        } catch (IOException e) {
          answers.values().forEach(waiting -> waiting.completeExceptionally(e));
        }
        text.setLength(0);
      }
      from.request(1);
      return null;
    }
  }
}
