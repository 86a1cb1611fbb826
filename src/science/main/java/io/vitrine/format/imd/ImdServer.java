package io.vitrine.format.imd;

import io.vitrine.format.TrajectoryWriter;
import io.vitrine.model.Box;
import io.vitrine.model.Check;
import io.vitrine.model.Frame;
import io.vitrine.model.Thermo;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * An engine's side of IMD version 3: serves frames, one after the other, to one client at a time.
 *
 * <p>A frame is time, energies, box, unwrapped positions and velocities, little-endian float32.
 * Nothing is left out: a frame waits for a client that has said GO, and for one that is slow or has
 * said PAUSE. A client that goes is followed by the next, which gets the frames from there on; one
 * that says WAIT 0 lets the run continue without any. RATE n asks for every n-th frame. KILL ends
 * the connection, not the run. Forces sent by a client are read and not applied.
 *
 * <p>Not thread-safe. Bytes a frame: 24 N + 148.
 *
 * @see <a href="https://imdclient.readthedocs.io/en/latest/protocol_v3.html">IMD version 3</a>
 */
public final class ImdServer implements TrajectoryWriter {
  private static final int VERSION = 3;
  private static final int POLL_MILLIS = 50;
  private static final int PATIENCE_MILLIS = 10_000;
  private static final int BUFFER = 1 << 18;
  private static final int FORCE_BYTES = 16;
  private static final byte[] FLAGS = {1, 1, 1, 1, 0, 1, 0};

  private final ServerSocket listener;
  private final double timestep;
  private final BooleanSupplier goOn;
  private Socket client;
  private OutputStream out;
  private DataInputStream in;
  private boolean paused;
  private boolean waits = true;
  private int rate = 1;
  private long frames;

  private ImdServer(ServerSocket listener, double timestep, BooleanSupplier goOn) {
    this.listener = listener;
    this.timestep = timestep;
    this.goOn = goOn;
  }

  /**
   * Listens.
   *
   * @param port 0 for any
   * @param timestep of the engine, tau, which clients are told
   * @param goOn asked while a frame waits: no longer where false
   */
  public static ImdServer listen(String host, int port, double timestep, BooleanSupplier goOn)
      throws IOException {
    Check.positive("timestep", timestep);
    ServerSocket listener = new ServerSocket();
    try {
      listener.setReuseAddress(true);
      listener.bind(new InetSocketAddress(host, port), 1);
      listener.setSoTimeout(POLL_MILLIS);
      return new ImdServer(listener, timestep, goOn);
    } catch (IOException e) {
      listener.close();
      throw new IOException("imd://" + host + ":" + port + ": " + e.getMessage(), e);
    }
  }

  /** Where it listens. */
  public int port() {
    return listener.getLocalPort();
  }

  @Override
  public void write(Frame frame, Map<String, double[]> fields) throws IOException {
    byte[] packed = pack(frame);
    while (goOn.getAsBoolean()) {
      if (client == null && !greet()) {
        if (!waits) {
          break;
        }
        continue;
      }
      try {
        listen();
        if (client != null && !paused) {
          if (frames % rate == 0) {
            out.write(packed);
            out.flush();
          }
          break;
        }
      } catch (IOException e) {
        // The client is gone without notice; the frame is the next one's.
        drop();
      }
    }
    frames++;
  }

  /** Takes the next client, if there is one, up to its GO. */
  private boolean greet() throws IOException {
    try {
      client = listener.accept();
    } catch (SocketTimeoutException e) {
      return false;
    }
    try {
      client.setTcpNoDelay(true);
      client.setSoTimeout(PATIENCE_MILLIS);
      out = new BufferedOutputStream(client.getOutputStream(), BUFFER);
      in = new DataInputStream(client.getInputStream());
      ByteBuffer greeting = ByteBuffer.allocate(2 * ImdMessage.HEADER + FLAGS.length);
      greeting.put(ImdMessage.HANDSHAKE.header(Integer.reverseBytes(VERSION)));
      greeting.put(ImdMessage.SESSION.header(FLAGS.length)).put(FLAGS);
      out.write(greeting.array());
      out.flush();
      paused = true;
      rate = 1;
      while (client != null && paused) {
        hear();
      }
      return client != null;
    } catch (IOException e) {
      drop();
      return false;
    }
  }

  /** Does what the client has said so far; waits a moment where it has asked for a pause. */
  private void listen() throws IOException {
    if (paused) {
      client.setSoTimeout(POLL_MILLIS);
      try {
        hear();
      } catch (SocketTimeoutException e) {
        return;
      } finally {
        if (client != null) {
          client.setSoTimeout(PATIENCE_MILLIS);
        }
      }
    }
    while (client != null && in.available() >= ImdMessage.HEADER) {
      hear();
    }
  }

  private void hear() throws IOException {
    ImdMessage message = ImdMessage.of("client", in.readInt());
    int value = in.readInt();
    switch (message) {
      case GO, RESUME -> paused = false;
      case PAUSE -> paused = !paused;
      case RATE -> rate = Math.max(1, value);
      case WAIT -> waits = value != 0;
      case DISCONNECT, KILL -> drop();
      case INDEXED_FORCES -> in.skipNBytes((long) FORCE_BYTES * Math.max(0, value));
      default -> throw new IOException("expected a client's message, found " + message);
    }
  }

  private void drop() throws IOException {
    if (client != null) {
      client.close();
      client = null;
    }
  }

  private byte[] pack(Frame frame) {
    int n = frame.count();
    boolean moving = frame.velocities() != null;
    int length = 5 * ImdMessage.HEADER + 24 + 40 + 36 + 24 * n;
    ByteBuffer b = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    b.put(ImdMessage.TIME.header(1));
    b.putDouble(timestep).putDouble(frame.time()).putLong(frame.step());
    b.put(ImdMessage.ENERGIES.header(1));
    Thermo thermo = frame.thermo();
    float potential = (float) thermo.potentialEnergy();
    double kinetic = 0.5 * (3.0 * n - 3) * thermo.temperature();
    b.putInt((int) frame.step()).putFloat((float) thermo.temperature());
    b.putFloat((float) (thermo.potentialEnergy() + kinetic)).putFloat(potential);
    b.putFloat(potential);
    for (int zero = 0; zero < 5; zero++) {
      b.putFloat(0);
    }
    Box box = frame.box();
    b.put(ImdMessage.BOX.header(1));
    b.putFloat((float) box.lx()).putFloat(0).putFloat(0);
    b.putFloat((float) box.xy()).putFloat((float) box.ly()).putFloat(0);
    b.putFloat((float) box.xz()).putFloat((float) box.yz()).putFloat((float) box.lz());
    b.put(ImdMessage.COORDINATES.header(n));
    putPositions(b, frame);
    b.put(ImdMessage.VELOCITIES.header(n));
    for (int k = 0; k < 3 * n; k++) {
      b.putFloat(moving ? (float) frame.velocities()[k] : 0);
    }
    return b.array();
  }

  private static void putPositions(ByteBuffer b, Frame frame) {
    Box box = frame.box();
    double[] r = frame.positions();
    int[] image = frame.images();
    for (int k = 0; k < r.length; k += 3) {
      int i = image == null ? 0 : image[k];
      int j = image == null ? 0 : image[k + 1];
      int l = image == null ? 0 : image[k + 2];
      b.putFloat((float) (r[k] + i * box.lx() + j * box.xy() + l * box.xz()));
      b.putFloat((float) (r[k + 1] + j * box.ly() + l * box.yz()));
      b.putFloat((float) (r[k + 2] + l * box.lz()));
    }
  }

  @Override
  public long frames() {
    return frames;
  }

  @Override
  public void close() throws IOException {
    try (listener) {
      drop();
    }
  }
}
