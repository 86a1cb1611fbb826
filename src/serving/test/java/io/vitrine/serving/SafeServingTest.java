package io.vitrine.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vitrine.results.ResultsStore;
import io.vitrine.serving.alarms.AlarmThresholds;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One test for every rule of who may ask what. */
final class SafeServingTest {
  private static final String TOKEN = "0123456789abcdef-token";
  private static final List<String> QUESTIONS =
      List.of(
          "/api/state",
          "/api/series",
          "/api/histograms",
          "/api/physics",
          "/api/learning",
          "/api/box",
          "/metrics");

  @TempDir Path folder;
  private String url;
  private ResultsStore store;
  private Dashboard dashboard;
  private URI address;

  @BeforeEach
  void serve() throws IOException {
    url = "jdbc:sqlite:" + folder.resolve("store.sqlite");
    store = ResultsStore.open(url);
    store.apply(ExampleStudy.rows(20));
    dashboard = Dashboard.start(ServingOptions.local(url), clockThatRuns());
    address = dashboard.address();
  }

  @AfterEach
  void stop() throws IOException {
    dashboard.close();
    store.close();
  }

  @Test
  void address_byDefault_isLoopback() {
    assertThat(address.getHost()).isEqualTo("127.0.0.1");
  }

  @Test
  void options_otherAddressWithoutToken_isRefused() {
    assertThatThrownBy(() -> new ServingOptions(url, "0.0.0.0", 0, "", AlarmThresholds.DEFAULT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("host must be a loopback address unless a token is given, but was 0.0.0.0");
    assertThatThrownBy(
            () -> new ServingOptions(url, "0.0.0.0", 0, "short", AlarmThresholds.DEFAULT))
        .hasMessageContaining("at least 16 characters")
        .hasMessageNotContaining("short,");
  }

  @Test
  void ask_withToken_onlyTheBearerIsAnswered() throws IOException {
    try (Dashboard guarded =
        Dashboard.start(new ServingOptions(url, "127.0.0.1", 0, TOKEN, AlarmThresholds.DEFAULT))) {
      URI there = guarded.address();
      for (String question : QUESTIONS) {
        assertThat(Wire.get(there, question).status()).as(question).isEqualTo(401);
      }
      Wire.Reply refused = Wire.get(there, "/api/state", "Authorization: Bearer " + TOKEN + "x");
      assertThat(refused.status()).isEqualTo(401);
      assertThat(refused.header("WWW-Authenticate")).isEqualTo("Bearer");
      assertThat(refused.body()).doesNotContain(TOKEN);
      assertThat(Wire.get(there, "/api/state?token=" + TOKEN).status()).isEqualTo(401);
      assertThat(Wire.get(there, "/api/state", "Authorization: Basic " + TOKEN).status())
          .isEqualTo(401);
      assertThat(Wire.get(there, "/api/state", "Authorization: Bearer " + TOKEN).status())
          .isEqualTo(200);
      assertThat(Wire.get(there, "/").status()).isEqualTo(200); // the page asks for the token
    }
  }

  @Test
  void ask_foreignHost_isRefused() throws IOException {
    for (String host : List.of("Host: evil.example", "Host: 127.0.0.1:1", "X-None: 1")) {
      assertThat(Wire.send(address, "GET", "/api/state", host).status()).as(host).isIn(400, 421);
    }
    String localhost = "Host: localhost:" + address.getPort();
    assertThat(Wire.send(address, "GET", "/api/state", localhost).status()).isEqualTo(200);
  }

  @Test
  void ask_foreignOrigin_isRefused() throws IOException {
    assertThat(Wire.get(address, "/api/state", "Origin: http://evil.example").status())
        .isEqualTo(403);
    assertThat(Wire.get(address, "/api/state", "Origin: null").status()).isEqualTo(403);
    assertThat(Wire.get(address, "/api/state", "Sec-Fetch-Site: cross-site").status())
        .isEqualTo(403);
    assertThat(Wire.get(address, "/api/state", "Origin: http://" + address.getAuthority()).status())
        .isEqualTo(200);
  }

  @Test
  void answer_always_carriesAStrictPolicy() throws IOException {
    for (String path : List.of("/", "/page.js", "/api/state", "/nothing")) {
      Wire.Reply reply = Wire.get(address, path);
      assertThat(reply.header("Content-Security-Policy"))
          .contains("default-src 'none'")
          .contains("script-src 'self'")
          .contains("frame-ancestors 'none'")
          .doesNotContain("unsafe");
      assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(reply.head()).doesNotContainIgnoringCase("Access-Control-Allow");
    }
  }

  @Test
  void page_files_loadNothingFromElsewhere() throws IOException {
    for (String path : List.of("/", "/page.css", "/page.js", "/charts.js", "/box.js")) {
      assertThat(Wire.get(address, path).body())
          .doesNotContainPattern("(?i)(src|href|from)\\s*=?\\s*[\"']?(https?:)?//");
    }
    assertThat(Wire.get(address, "/").body()).doesNotContainPattern("<script>|style=| on[a-z]+=");
  }

  @Test
  void page_start_isBelowOneMegabyte() throws IOException {
    int bytes = 0;
    List<String> paths = new ArrayList<>(Page.load().keySet());
    paths.removeAll(List.of("/index.html"));
    paths.addAll(QUESTIONS);
    for (String path : paths) {
      Wire.Reply reply = Wire.get(address, path, "Accept-Encoding: gzip");
      assertThat(reply.status()).as(path).isEqualTo(200);
      bytes += reply.sent();
    }
    assertThat(bytes).isLessThan(1_000_000);
  }

  @Test
  void ask_pathsOfTheFileSystem_findNothing() throws IOException {
    for (String path :
        List.of(
            "/../../etc/passwd",
            "/%2e%2e/%2e%2e/etc/passwd",
            "/page/../../store.sqlite",
            "//etc/passwd",
            "/etc/passwd",
            "/index.html/..",
            "/echarts.min.js%00.html",
            "/" + folder.resolve("store.sqlite"))) {
      assertThat(Wire.get(address, path).status()).as(path).isIn(400, 404);
    }
  }

  @Test
  void ask_otherMethodsAndBodies_areRefused() throws IOException {
    String host = "Host: " + address.getAuthority();
    for (String method : List.of("POST", "PUT", "DELETE", "OPTIONS", "PATCH")) {
      assertThat(Wire.send(address, method, "/api/state", host, "Content-Length: 0").status())
          .as(method)
          .isEqualTo(405);
    }
    assertThat(Wire.get(address, "/api/state", "Content-Length: 1000000").status()).isEqualTo(413);
    assertThat(Wire.get(address, "/api/state", "Transfer-Encoding: chunked").status())
        .isEqualTo(413);
    assertThat(Wire.get(address, "/api/state?study=" + "x".repeat(2000)).status()).isEqualTo(414);
    Wire.Reply head = Wire.send(address, "HEAD", "/api/state", host);
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
  }

  @Test
  void ask_tooOften_isRefusedUntilTimePasses() throws IOException {
    long[] now = {1_000_000};
    try (Dashboard counted =
        Dashboard.start(ServingOptions.local(url), () -> Instant.ofEpochMilli(now[0]))) {
      URI there = counted.address();
      for (int i = 0; i < Guard.BURST; i++) {
        assertThat(Wire.get(there, "/icon.svg").status()).isEqualTo(200);
      }
      assertThat(Wire.get(there, "/icon.svg").status()).isEqualTo(429);
      now[0] += 1000;
      for (int i = 0; i < Guard.PER_SECOND; i++) {
        assertThat(Wire.get(there, "/icon.svg").status()).isEqualTo(200);
      }
      assertThat(Wire.get(there, "/icon.svg").status()).isEqualTo(429);
    }
  }

  @Test
  void ask_whileTwentyClientsSendAndReadNothing_isAnsweredAndTheStoreIsWritten()
      throws IOException {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 20; i++) {
        Socket socket = new Socket(address.getHost(), address.getPort());
        String start =
            i % 2 == 0
                ? "GET /api/state HTTP/1.1\r\nHost:"
                : "GET /echarts.min.js HTTP/1.1\r\nHost: " + address.getAuthority() + "\r\n\r\n";
        socket.setReceiveBufferSize(1024);
        socket.getOutputStream().write(start.getBytes(StandardCharsets.ISO_8859_1));
        slow.add(socket);
      }
      store.apply(ExampleStudy.rows(21));
      assertThat(Wire.get(address, "/api/state").status()).isEqualTo(200);
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  void start_portInUse_saysSo() {
    assertThatThrownBy(
            () ->
                Dashboard.start(
                    new ServingOptions(
                        url, "127.0.0.1", address.getPort(), "", AlarmThresholds.DEFAULT)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot listen on 127.0.0.1:" + address.getPort());
  }

  @Test
  void start_noStore_saysSo() {
    assertThatThrownBy(
            () -> Dashboard.start(ServingOptions.local("jdbc:sqlite:" + folder.resolve("none"))))
        .hasMessageContaining("there is no such file");
  }

  private static InstantSource clockThatRuns() {
    return InstantSource.system();
  }
}
