package io.vitrine.format.imd;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The client's side of an IMD connection, version 2 and 3, either byte order.
 *
 * <p>What protects the user's run: GO goes out as soon as the handshake is read, because LAMMPS
 * ends a run whose client keeps silent for a second; DISCONNECT goes out before the socket is
 * closed, here and when the virtual machine shuts down, because some versions of LAMMPS spin for
 * ever without it; KILL is never sent. There is one connection and nothing probes the port. After
 * DISCONNECT what still comes is read away: closing a socket with unread bytes would reset the
 * connection and could lose the DISCONNECT.
 *
 * <p>{@link #next} and {@link #close} are for one thread; {@link #leave} and {@link #abort} may be
 * called by any.
 *
 * @see <a href="https://www.ks.uiuc.edu/Research/vmd/imd/">IMD version 2</a>
 * @see <a href="https://imdclient.readthedocs.io/en/latest/protocol_v3.html">IMD version 3</a>
 */
public final class ImdClient implements Closeable {
  private static final int CONNECT_MILLIS = 10_000;
  private static final int FAREWELL_MILLIS = 2_000;
  private static final int BUFFER = 1 << 18;

  private final Socket socket;
  private final ImdStream stream;
  private final Thread farewell = new Thread(this::leaveInHaste, "imd-disconnect");
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean left;

  private ImdClient(String peer, int particles, Socket socket) throws IOException {
    this.socket = socket;
    this.stream =
        new ImdStream(peer, particles, new BufferedInputStream(socket.getInputStream(), BUFFER));
  }

  /**
   * Connects, once; {@link #greet} must follow at once.
   *
   * @param particles number of particles every frame must have
   * @throws IOException caused by a {@link java.net.ConnectException} when nobody listens there
   */
  static ImdClient open(String host, int port, int particles) throws IOException {
    String peer = "imd://" + host + ":" + port;
    Socket socket = socketTo(port);
    try {
      socket.setTcpNoDelay(true);
      socket.setReceiveBufferSize(1 << 22);
      socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
      ImdClient client = new ImdClient(peer, particles, socket);
      Runtime.getRuntime().addShutdownHook(client.farewell);
      return client;
    } catch (IOException e) {
      socket.close();
      throw new IOException(peer + ": " + e.getMessage(), e);
    }
  }

  /**
   * A socket whose own port is another one. On the engine's machine the system may else give a
   * client the very port it goes to, where it would meet itself, and the engine, when it comes,
   * would end because its port is taken.
   */
  private static Socket socketTo(int port) throws IOException {
    while (true) {
      Socket socket = new Socket();
      socket.bind(null);
      if (socket.getLocalPort() != port) {
        return socket;
      }
      socket.close();
    }
  }

  /**
   * Waits for the handshake, as long as it takes: an engine that is still busy has the connection
   * in its queue, and would be ended by one that was given up. Then says GO.
   *
   * @throws IOException when what listens does not speak IMD; the client is closed
   */
  void greet() throws IOException {
    try {
      stream.handshake();
      send(ImdMessage.GO);
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  /** Connects and starts the stream. */
  public static ImdClient connect(String host, int port, int particles) throws IOException {
    ImdClient client = open(host, port, particles);
    client.greet();
    return client;
  }

  /** What the server announced. */
  public ImdSession session() {
    return stream.session();
  }

  /**
   * Waits for the next frame; null at the end of the run.
   *
   * @throws EOFException when the stream ends within a frame
   * @throws IOException for what is not IMD
   */
  public ImdFrame next() throws IOException {
    boolean more = false;
    try {
      ImdFrame frame = stream.next();
      more = frame != null;
      return frame;
    } finally {
      if (!more) {
        ended.countDown();
      }
    }
  }

  private void send(ImdMessage message) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(message.header(0));
    out.flush();
  }

  /**
   * Sends DISCONNECT: what was sent before still comes, then {@link #next} returns null, unless the
   * server does not care ({@link #abort} helps).
   */
  public synchronized void leave() {
    if (left || socket.isClosed()) {
      return;
    }
    left = true;
    try {
      send(ImdMessage.DISCONNECT);
      socket.shutdownOutput();
    } catch (IOException e) {
      // The server is gone: there is nobody left to take leave of.
      left = true;
    }
  }

  /** When the virtual machine shuts down: the reading thread still reads what comes. */
  private void leaveInHaste() {
    leave();
    try {
      ended.await(FAREWELL_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Closes the socket whatever comes: a {@link #next} that waits fails. */
  public void abort() throws IOException {
    leave();
    socket.close();
  }

  /** Takes leave, reads away what still comes, and closes. */
  @Override
  public void close() throws IOException {
    leave();
    ended.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(farewell);
    } catch (IllegalStateException e) {
      // The virtual machine is shutting down and the hook has run or is running.
      left = true;
    }
    try {
      readAway();
    } finally {
      socket.close();
    }
  }

  private void readAway() throws IOException {
    if (socket.isClosed()) {
      return;
    }
    byte[] rest = new byte[BUFFER];
    long end = System.nanoTime() + FAREWELL_MILLIS * 1_000_000L;
    try {
      socket.setSoTimeout(FAREWELL_MILLIS / 10);
      InputStream raw = socket.getInputStream();
      while (System.nanoTime() < end && raw.read(rest) >= 0) {
        // What comes now belongs to nobody.
      }
    } catch (SocketTimeoutException e) {
      // Silence: the server has what we sent, or never will.
      return;
    } catch (IOException e) {
      return;
    }
  }
}
