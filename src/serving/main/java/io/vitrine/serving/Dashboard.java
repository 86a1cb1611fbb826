package io.vitrine.serving;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vitrine.results.StoreException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Serves the page, its questions and {@code /metrics} over one results store.
 *
 * <p>Its handle on the store cannot write. It has threads of its own, a bounded number, and gives a
 * slow request or reader up after {@value #SLOWEST_SECONDS} s, so clients cost the pipeline nothing
 * but the store's answers. No path of a request reaches the file system: it is one of a fixed set
 * of names or nothing. See {@link Guard} for who may ask.
 */
public final class Dashboard implements AutoCloseable {
  static final int SLOWEST_SECONDS = 20;

  private static final int THREADS = 32;
  private static final int WAITING = 256;
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  static {
    // Read once by the JDK's server, when its first instance is made.
    System.setProperty("sun.net.httpserver.maxReqTime", "" + SLOWEST_SECONDS);
    System.setProperty("sun.net.httpserver.maxRspTime", "" + SLOWEST_SECONDS);
    System.setProperty("sun.net.httpserver.maxReqHeaders", "64");
    System.setProperty("sun.net.httpserver.drainAmount", "0"); // a body is not waited for
    System.setProperty("jdk.httpserver.maxConnections", "512");
  }

  private final HttpServer server;
  private final ThreadPoolExecutor threads;
  private final Map<String, Answer> page;
  private final Api api;
  private final Guard guard;
  private final InstantSource clock;
  private final URI address;

  private Dashboard(ServingOptions options, InstantSource clock) throws IOException {
    this.clock = clock;
    this.page = Page.load();
    this.api = new Api(options, clock);
    try {
      this.server = HttpServer.create(new InetSocketAddress(options.host(), options.port()), 64);
    } catch (BindException e) {
      api.close();
      throw new IOException(
          "cannot listen on " + options.host() + ":" + options.port() + ": " + e.getMessage(), e);
    }
    InetSocketAddress bound = server.getAddress();
    this.guard = new Guard(options.host(), bound, options.token());
    String host = options.host().contains(":") ? "[" + options.host() + "]" : options.host();
    this.address = URI.create("http://" + host + ":" + bound.getPort() + "/");
    this.threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING),
            task -> {
              Thread thread = new Thread(task, "vitrine-serving");
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
    threads.execute(this::warm);
  }

  private void warm() {
    try {
      api.warm();
    } catch (IOException | RuntimeException e) {
      // Who asks will be told.
    }
  }

  /** Starts serving; the store must exist. */
  public static Dashboard start(ServingOptions options) throws IOException {
    return start(options, InstantSource.system());
  }

  static Dashboard start(ServingOptions options, InstantSource clock) throws IOException {
    return new Dashboard(options, clock);
  }

  /** Where the page is. */
  public URI address() {
    return address;
  }

  /** Stops listening, releases the store. */
  @Override
  public void close() throws IOException {
    server.stop(0);
    threads.shutdownNow();
    api.close();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      harden(exchange.getResponseHeaders());
      try {
        guard.admit(exchange, clock.millis());
        Answer file = page.get(exchange.getRequestURI().getPath());
        if (file == null) {
          guard.authorize(exchange);
        }
        Answer answer = file != null ? file : ask(exchange.getRequestURI());
        send(exchange, answer);
      } catch (Refusal e) {
        if (e.status() == 401) {
          exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
        }
        refuse(exchange, e.status(), e.getMessage());
      } catch (StoreException e) {
        refuse(exchange, 503, "the results store does not answer");
      }
    }
  }

  private Answer ask(URI uri) throws IOException, Refusal {
    Answer answer = api.ask(uri.getPath(), query(uri.getRawQuery()));
    if (answer == null) {
      throw new Refusal(404, "there is no such thing");
    }
    return answer;
  }

  private static void harden(Headers headers) {
    headers.set("Content-Security-Policy", POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("Cache-Control", "no-cache");
    headers.set("Vary", "Accept-Encoding, Authorization");
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("ETag", answer.tag());
    String known = exchange.getRequestHeaders().getFirst("If-None-Match");
    if (known != null && known.contains(answer.tag())) {
      exchange.sendResponseHeaders(304, -1);
      return;
    }
    headers.set("Content-Type", answer.type());
    byte[] bytes = answer.plain();
    String encodings = exchange.getRequestHeaders().getFirst("Accept-Encoding");
    if (answer.packed() != null && encodings != null && encodings.contains("gzip")) {
      headers.set("Content-Encoding", "gzip");
      bytes = answer.packed();
    }
    write(exchange, 200, bytes);
  }

  private static void refuse(HttpExchange exchange, int status, String text) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
    write(exchange, status, (text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static void write(HttpExchange exchange, int status, byte[] bytes) throws IOException {
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", "" + bytes.length);
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  private static Map<String, String> query(String raw) throws Refusal {
    Map<String, String> query = new HashMap<>();
    if (raw == null || raw.isEmpty()) {
      return query;
    }
    for (String pair : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals < 0) {
        throw new Refusal(400, "query must be name=value");
      }
      try {
        query.put(
            URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      } catch (IllegalArgumentException e) {
        throw new Refusal(400, "query must be percent-encoded");
      }
    }
    return query;
  }
}
