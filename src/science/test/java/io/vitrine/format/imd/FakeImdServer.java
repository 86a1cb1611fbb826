package io.vitrine.format.imd;

import io.vitrine.Patience;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * An engine that speaks IMD: sends prepared bytes once it has GO, and notes what the client says.
 */
final class FakeImdServer implements Closeable {
  private final ServerSocket listener;
  private final byte[] greeting;
  private final byte[] stream;
  private final int piece;
  private final int port;
  private final boolean stays;
  private final List<Integer> received = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile IOException failure;
  private volatile boolean connected;

  /**
   * Starts to listen.
   *
   * @param greeting sent at once
   * @param stream sent behind GO
   * @param piece bytes sent at a time
   * @param stays whether it waits for DISCONNECT after the stream instead of hanging up
   */
  FakeImdServer(byte[] greeting, byte[] stream, int piece, boolean stays) throws IOException {
    this(0, greeting, stream, piece, stays);
  }

  FakeImdServer(int port, byte[] greeting, byte[] stream, int piece, boolean stays)
      throws IOException {
    this.listener = new ServerSocket();
    listener.setReuseAddress(true);
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
    this.port = listener.getLocalPort();
    this.greeting = greeting;
    this.stream = stream;
    this.piece = piece;
    this.stays = stays;
    Thread thread = new Thread(this::serve, "fake-imd");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return port;
  }

  /** Whether somebody has ever connected. */
  boolean connected() {
    return connected;
  }

  private void serve() {
    try (Socket socket = listener.accept()) {
      // Like an engine whose run is over, nobody listens for a second client.
      connected = true;
      listener.close();
      socket.setTcpNoDelay(true);
      OutputStream out = socket.getOutputStream();
      DataInputStream in = new DataInputStream(socket.getInputStream());
      out.write(greeting);
      out.flush();
      note(in);
      for (int at = 0; at < stream.length; at += piece) {
        out.write(stream, at, Math.min(piece, stream.length - at));
        out.flush();
      }
      if (!stays) {
        socket.shutdownOutput();
      }
      while (note(in)) {
        if (received.get(received.size() - 1) == 0) {
          break;
        }
      }
    } catch (IOException e) {
      failure = e;
    } finally {
      over.countDown();
    }
  }

  private boolean note(DataInputStream in) throws IOException {
    InputStream raw = in;
    byte[] header = raw.readNBytes(8);
    if (header.length < 8) {
      return false;
    }
    received.add(ByteBuffer.wrap(header).getInt());
    return true;
  }

  /** Kinds of messages the client sent, when the connection is over. */
  List<Integer> received() throws InterruptedException, IOException {
    if (!over.await(Patience.STILL.toSeconds(), TimeUnit.SECONDS)) {
      throw new IOException("the connection is not over");
    }
    if (failure != null) {
      throw failure;
    }
    return received;
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  static byte[] greeting(int version, ByteOrder order, int... flags) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(ByteBuffer.allocate(4).putInt(4).array());
    out.writeBytes(ByteBuffer.allocate(4).order(order).putInt(version).array());
    if (version == 3) {
      out.writeBytes(header(10, 7));
      for (int flag : flags) {
        out.write(flag);
      }
    }
    return out.toByteArray();
  }

  static byte[] header(int kind, int length) {
    return ByteBuffer.allocate(8).putInt(kind).putInt(length).array();
  }

  static byte[] floats(int kind, int length, ByteOrder order, double... values) {
    ByteBuffer out = ByteBuffer.allocate(8 + 4 * values.length).putInt(kind).putInt(length);
    out.order(order);
    for (double value : values) {
      out.putFloat((float) value);
    }
    return out.array();
  }

  static byte[] time(ByteOrder order, double dt, double time, long step) {
    ByteBuffer out = ByteBuffer.allocate(32).putInt(12).putInt(1);
    return out.order(order).putDouble(dt).putDouble(time).putLong(step).array();
  }
}
