package io.vitrine.format.imd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ImdClientTest {
  private static final ByteOrder LITTLE = ByteOrder.LITTLE_ENDIAN;
  private static final ByteOrder BIG = ByteOrder.BIG_ENDIAN;
  private static final String HOST = "127.0.0.1";
  private static final int GO = 3;
  private static final int DISCONNECT = 0;

  private static ByteOrder order(String name) {
    return name.equals("big") ? BIG : LITTLE;
  }

  @ParameterizedTest
  @CsvSource({"little,100000", "big,100000", "little,1", "big,7"})
  void next_version3_readsEveryPart(String name, int piece) throws Exception {
    ByteOrder order = order(name);
    byte[] stream = ImdStreams.version3(order, 200, 400, 600);
    try (FakeImdServer server =
        new FakeImdServer(ImdStreams.greeting3(order, 1), stream, piece, false)) {
      try (ImdClient client = ImdClient.connect(HOST, server.port(), 2)) {
        assertThat(client.session().version()).isEqualTo(3);
        assertThat(client.session().order()).isEqualTo(order);
        assertThat(client.session().wrapped()).isTrue();
        for (int k = 1; k <= 3; k++) {
          ImdFrame frame = client.next();
          assertThat(frame.step()).isEqualTo(200L * k);
          assertThat(frame.time()).isEqualTo(k);
          assertThat(frame.edges()).containsExactly(4, 0, 0, 1, 5, 0, 0, 0, 6);
          assertThat(frame.positions()).containsExactly(200 * k, 1, 2, 3, 4, 5);
          assertThat(frame.velocities()).containsExactly(0.5, 0, 0, 0, 0, -1);
        }
        assertThat(client.next()).isNull();
      }
      assertThat(server.received()).containsExactly(GO, DISCONNECT);
    }
  }

  @Test
  void connect_bigEndianVersion2_isToldByTheHandshake() throws Exception {
    byte[] stream = FakeImdServer.floats(2, 1, BIG, 1, 2, 3);
    byte[] greeting = FakeImdServer.greeting(2, BIG);
    try (FakeImdServer server = new FakeImdServer(greeting, stream, 100, false);
        ImdClient client = ImdClient.connect(HOST, server.port(), 1)) {
      assertThat(client.session().version()).isEqualTo(2);
      assertThat(client.next().positions()).containsExactly(1, 2, 3);
    }
  }

  @Test
  void open_asOftenAsThereArePorts_neverMeetsItself() throws Exception {
    // Connections get even ports.
    int port;
    do {
      try (ServerSocket free = new ServerSocket(0)) {
        port = free.getLocalPort() + 1;
      }
    } while (!free(port));
    String host = InetAddress.getLoopbackAddress().getHostAddress();
    for (int attempt = 0; attempt < 40_000; attempt++) {
      int to = port;
      assertThatThrownBy(() -> ImdClient.open(host, to, 1))
          .hasCauseInstanceOf(ConnectException.class);
    }
  }

  private static boolean free(int port) throws IOException {
    try (ServerSocket free = new ServerSocket(port)) {
      return free.isBound();
    } catch (BindException e) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\n\r\n", "\0\0\0\4\0\0\0\5", "\0\0\0\4\0\0"})
  void connect_notImd_isRefused(String greeting) throws Exception {
    byte[] bytes = greeting.getBytes(StandardCharsets.ISO_8859_1);
    try (ServerSocket listener = new ServerSocket(0)) {
      Thread thread =
          new Thread(
              () -> {
                try (Socket socket = listener.accept()) {
                  socket.getOutputStream().write(bytes);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      thread.setDaemon(true);
      thread.start();
      assertThatThrownBy(() -> ImdClient.connect(HOST, listener.getLocalPort(), 2))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("imd://127.0.0.1:");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1, 3, Integer.MAX_VALUE})
  void next_otherNumberOfParticles_isRefusedBeforeItIsAllocated(int count) throws Exception {
    byte[] stream = FakeImdServer.header(2, count);
    byte[] greeting = FakeImdServer.greeting(2, LITTLE);
    try (FakeImdServer server = new FakeImdServer(greeting, stream, 100, false);
        ImdClient client = ImdClient.connect(HOST, server.port(), 2)) {
      assertThatThrownBy(client::next)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("found " + count);
    }
  }

  @Test
  void next_streamEndsWithinAFrame_isAnEnd() throws Exception {
    byte[] frame = FakeImdServer.floats(2, 2, LITTLE, 1, 2, 3, 4, 5, 6);
    byte[] greeting = FakeImdServer.greeting(2, LITTLE);
    for (int cut = 1; cut < frame.length; cut++) {
      byte[] stream = Arrays.copyOf(frame, cut);
      try (FakeImdServer server = new FakeImdServer(greeting, stream, 100, false);
          ImdClient client = ImdClient.connect(HOST, server.port(), 2)) {
        assertThatThrownBy(client::next).isInstanceOf(EOFException.class);
      }
    }
  }

  @Test
  void header_isBigEndian() {
    assertThat(ByteBuffer.wrap(ImdMessage.GO.header(0)).getInt()).isEqualTo(GO);
  }
}
