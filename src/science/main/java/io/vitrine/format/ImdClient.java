package io.vitrine.format;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
  private static final int HANDSHAKE_MILLIS = 10_000;
  private static final int FAREWELL_MILLIS = 2_000;
  private static final int BUFFER = 1 << 18;
  private static final int EDGES = 9;

  private final String peer;
  private final int particles;
  private final Socket socket;
  private final InputStream in;
  private final Thread farewell = new Thread(this::leaveInHaste, "imd-disconnect");
  private final CountDownLatch ended = new CountDownLatch(1);
  private ImdSession session;
  private volatile boolean left;

  private ImdClient(String peer, int particles, Socket socket) throws IOException {
    this.peer = peer;
    this.particles = particles;
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream(), BUFFER);
  }

  /**
   * Connects, once, and starts the stream.
   *
   * @param particles number of particles every frame must have
   * @throws IOException when nobody listens there, or what listens does not speak IMD
   */
  public static ImdClient connect(String host, int port, int particles) throws IOException {
    String peer = "imd://" + host + ":" + port;
    Socket socket = new Socket();
    ImdClient client = null;
    try {
      socket.setTcpNoDelay(true);
      socket.setReceiveBufferSize(1 << 22);
      socket.connect(new InetSocketAddress(host, port), HANDSHAKE_MILLIS);
      socket.setSoTimeout(HANDSHAKE_MILLIS);
      client = new ImdClient(peer, particles, socket);
      client.session = client.handshake();
      client.send(ImdMessage.GO);
      // A simulation may take any time between two frames.
      socket.setSoTimeout(0);
      Runtime.getRuntime().addShutdownHook(client.farewell);
      return client;
    } catch (SocketTimeoutException e) {
      abandon(client, socket);
      throw new IOException(
          peer + ": expected an IMD handshake within " + HANDSHAKE_MILLIS + " ms, found none", e);
    } catch (IOException e) {
      abandon(client, socket);
      throw e.getMessage() != null && e.getMessage().startsWith(peer)
          ? e
          : new IOException(peer + ": " + e.getMessage(), e);
    }
  }

  private static void abandon(ImdClient client, Socket socket) throws IOException {
    if (client != null) {
      client.leave();
    }
    socket.close();
  }

  private ImdSession handshake() throws IOException {
    ByteBuffer header = read(ImdMessage.HEADER, ByteOrder.BIG_ENDIAN);
    int kind = header.getInt();
    int version = header.getInt();
    // The version is written in the server's own order: this tells it.
    boolean swapped = version != 2 && version != 3;
    ByteOrder order = swapped ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    int own = swapped ? Integer.reverseBytes(version) : version;
    if (kind != 4 || (own != 2 && own != 3)) {
      throw new IOException(
          String.format(
              "%s: expected an IMD handshake of version 2 or 3, found %08x %08x",
              peer, kind, version));
    }
    if (own == 2) {
      return ImdSession.version2(order);
    }
    ByteBuffer info = read(ImdMessage.HEADER, ByteOrder.BIG_ENDIAN);
    int infoKind = info.getInt();
    int length = info.getInt();
    if (ImdMessage.of(infoKind) != ImdMessage.SESSION || length != ImdSession.FLAGS) {
      throw new IOException(
          peer + ": expected session info of 7 bytes, found kind " + infoKind + " of " + length);
    }
    ImdSession announced =
        ImdSession.version3(order, read(ImdSession.FLAGS, ByteOrder.BIG_ENDIAN).array());
    if (!announced.coordinates()) {
      throw new IOException(
          peer + ": expected a stream with coordinates, found one without; switch them on there");
    }
    return announced;
  }

  /** What the server announced. */
  public ImdSession session() {
    return session;
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
      ImdFrame frame = read();
      more = frame != null;
      return frame;
    } finally {
      if (!more) {
        ended.countDown();
      }
    }
  }

  private ImdFrame read() throws IOException {
    long step = -1;
    double time = Double.NaN;
    double[] edges = null;
    double[] positions = null;
    double[] velocities = null;
    boolean begun = false;
    while (true) {
      ByteBuffer header = header(begun);
      if (header == null) {
        return null;
      }
      ImdMessage message = ImdMessage.of(header.getInt());
      int length = header.getInt();
      if (message == ImdMessage.DISCONNECT) {
        return null;
      }
      begun = true;
      checkLength(message, length);
      ByteBuffer body = read(message.unit() * length, session.order());
      switch (message) {
        case TIME -> {
          body.getDouble();
          time = body.getDouble();
          step = body.getLong();
        }
        case BOX -> edges = floats(body, EDGES);
        case COORDINATES -> positions = floats(body, 3 * particles);
        case VELOCITIES -> velocities = floats(body, 3 * particles);
        case ENERGIES, FORCES, SESSION, PAUSE, RESUME, RATE, WAIT -> {}
        default -> throw new IOException(peer + ": expected a part of a frame, found " + message);
      }
      if (message == session.last()) {
        if (positions == null) {
          throw new IOException(peer + ": expected coordinates before " + message);
        }
        return new ImdFrame(step, time, edges, positions, velocities);
      }
    }
  }

  /** The next header, or null at the end of the run. */
  private ByteBuffer header(boolean begun) throws IOException {
    in.mark(1);
    int first = in.read();
    if (first < 0) {
      if (begun) {
        throw new EOFException(peer + ": expected the rest of a frame, found the end");
      }
      return null;
    }
    in.reset();
    return read(ImdMessage.HEADER, ByteOrder.BIG_ENDIAN);
  }

  private void checkLength(ImdMessage message, int length) throws IOException {
    int expected =
        switch (message) {
          case COORDINATES, VELOCITIES, FORCES -> particles;
          case ENERGIES, TIME, BOX -> 1;
          case SESSION -> ImdSession.FLAGS;
          default -> length;
        };
    if (length != expected) {
      throw new IOException(
          String.format(
              "%s: expected %s of length %d (types= says so), found %d",
              peer, message, expected, length));
    }
  }

  private static double[] floats(ByteBuffer body, int count) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = body.getFloat();
    }
    return values;
  }

  private ByteBuffer read(int length, ByteOrder order) throws IOException {
    byte[] bytes = new byte[length];
    int count = in.readNBytes(bytes, 0, length);
    if (count < length) {
      throw new EOFException(
          peer + ": expected " + length + " bytes of a message, found " + count + " and the end");
    }
    return ByteBuffer.wrap(bytes).order(order);
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
