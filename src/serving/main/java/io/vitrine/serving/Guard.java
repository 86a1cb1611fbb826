package io.vitrine.serving;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Who may ask what. Every request passes: its Host must name this server (so that no foreign page
 * reaches it through a name of its own), its Origin, if any, must be the page itself, it must be a
 * short GET or HEAD without a body, and no address may ask too often. Results also want the bearer
 * token, if there is one; it is compared in constant time and never taken from a URL.
 */
final class Guard {
  static final int LONGEST_URI = 1024;

  /** Requests an address may have at once, and how many it gets back a second. */
  static final int BURST = 300;

  static final int PER_SECOND = 50;

  private static final int MOST_ADDRESSES = 1024;

  private final Set<String> hosts;
  private final byte[] token;
  private final Map<InetAddress, Allowance> allowances =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, Allowance> eldest) {
          return size() > MOST_ADDRESSES;
        }
      };

  /** What an address has left. */
  private static final class Allowance {
    private double left = BURST;
    private long since;
  }

  Guard(String host, InetSocketAddress bound, String token) {
    this.hosts = names(host, bound);
    this.token = token.getBytes(StandardCharsets.UTF_8);
  }

  /** Refuses what no request may do. */
  void admit(HttpExchange exchange, long nowMillis) throws Refusal {
    slowDown(exchange.getRemoteAddress().getAddress(), nowMillis);
    String method = exchange.getRequestMethod();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      throw new Refusal(405, "method must be GET or HEAD");
    }
    if (exchange.getRequestURI().toString().length() > LONGEST_URI) {
      throw new Refusal(414, "address must have at most " + LONGEST_URI + " characters");
    }
    Headers headers = exchange.getRequestHeaders();
    String length = headers.getFirst("Content-Length");
    if ((length != null && !length.equals("0")) || headers.containsKey("Transfer-Encoding")) {
      throw new Refusal(413, "request must have no body");
    }
    String host = headers.getFirst("Host");
    if (host == null || !hosts.contains(host.toLowerCase(Locale.ROOT))) {
      throw new Refusal(421, "Host must name this server");
    }
    String origin = headers.getFirst("Origin");
    if (origin != null && !origin.toLowerCase(Locale.ROOT).equals("http://" + host)) {
      throw new Refusal(403, "Origin must be this page");
    }
    String site = headers.getFirst("Sec-Fetch-Site");
    if ("cross-site".equals(site) || "same-site".equals(site)) {
      throw new Refusal(403, "request must come from this page");
    }
  }

  /** Refuses a question about results without the token. */
  void authorize(HttpExchange exchange) throws Refusal {
    if (token.length == 0) {
      return;
    }
    String header = exchange.getRequestHeaders().getFirst("Authorization");
    byte[] offered =
        header != null && header.startsWith("Bearer ")
            ? header.substring("Bearer ".length()).getBytes(StandardCharsets.UTF_8)
            : new byte[0];
    if (!MessageDigest.isEqual(digest(token), digest(offered))) {
      throw new Refusal(401, "a bearer token is needed");
    }
  }

  private synchronized void slowDown(InetAddress address, long nowMillis) throws Refusal {
    Allowance allowance = allowances.computeIfAbsent(address, a -> new Allowance());
    double back = (nowMillis - allowance.since) * PER_SECOND / 1000.0;
    allowance.left = Math.min(BURST, allowance.left + Math.max(0, back));
    allowance.since = nowMillis;
    if (allowance.left < 1) {
      throw new Refusal(429, "at most " + PER_SECOND + " requests a second");
    }
    allowance.left--;
  }

  /** Equal lengths, so that a comparison tells nothing of the token's own. */
  private static byte[] digest(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Every way to write this server's address in a Host header. */
  private static Set<String> names(String host, InetSocketAddress bound) {
    Set<String> names = new HashSet<>();
    add(names, host, bound.getPort());
    add(names, bound.getAddress().getHostAddress(), bound.getPort());
    if (bound.getAddress().isLoopbackAddress() || bound.getAddress().isAnyLocalAddress()) {
      add(names, "localhost", bound.getPort());
      add(names, "127.0.0.1", bound.getPort());
    }
    if (bound.getAddress().isAnyLocalAddress()) {
      try {
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .forEach(
                address -> {
                  add(names, address.getHostAddress(), bound.getPort());
                  add(names, address.getHostName(), bound.getPort());
                });
      } catch (SocketException e) {
        throw new IllegalStateException(e);
      }
    }
    return Set.copyOf(names);
  }

  private static void add(Set<String> names, String host, int port) {
    String name = host.toLowerCase(Locale.ROOT);
    int zone = name.indexOf('%');
    String plain = zone < 0 ? name : name.substring(0, zone);
    String written = plain.contains(":") ? "[" + plain + "]" : plain;
    names.add(written + ":" + port);
    if (port == 80) {
      names.add(written);
    }
  }
}
