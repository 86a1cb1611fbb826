package io.vitrine.serving;

import io.vitrine.model.Check;
import io.vitrine.serving.alarms.AlarmThresholds;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Where and what to serve.
 *
 * @param store JDBC URL of a results store that exists
 * @param host address to bind; anything but a loopback address demands a token
 * @param port port to bind; 0 for any free one
 * @param token bearer token that every question about results must carry; empty for none
 * @param thresholds when alarms are raised
 */
public record ServingOptions(
    String store, String host, int port, String token, AlarmThresholds thresholds) {
  /** Shortest token taken: 16 characters. */
  static final int SHORTEST_TOKEN = 16;

  /** Checks the options. */
  public ServingOptions {
    Check.within("port", port, 0, 65535);
    InetAddress address;
    try {
      address = InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw Check.refuse("host", "be an address of this machine", host);
    }
    if (token.isEmpty() && !address.isLoopbackAddress()) {
      throw Check.refuse("host", "be a loopback address unless a token is given", host);
    }
    if (!token.isEmpty() && token.length() < SHORTEST_TOKEN) {
      throw new IllegalArgumentException(
          "token must have at least " + SHORTEST_TOKEN + " characters, but had " + token.length());
    }
  }

  /** A store on 127.0.0.1, any free port. */
  public static ServingOptions local(String store) {
    return new ServingOptions(store, "127.0.0.1", 0, "", AlarmThresholds.DEFAULT);
  }
}
