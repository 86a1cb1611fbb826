package io.vitrine;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port for a program that is about to listen: below those that the system hands out, so that no
 * connection of another process takes it in between.
 */
public final class FreePort {
  private static final int FROM = 20_000;
  private static final int TO = 32_000;

  private static final Set<Integer> FOUND = ConcurrentHashMap.newKeySet();

  private FreePort() {}

  /** Another one each time. */
  public static int find() throws IOException {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(FROM, TO);
      try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        if (FOUND.add(port)) {
          return free.getLocalPort();
        }
      } catch (BindException e) {
        // taken
      }
    }
  }
}
