package io.vitrine.format.imd;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What an IMD server sends, read in the order it comes.
 *
 * <p>The number of particles is known beforehand, so no length is believed: nothing is allocated
 * for a message that is longer or shorter than it must be.
 */
public final class ImdStream {
  private static final int EDGES = 9;

  private final String peer;
  private final int particles;
  private final InputStream in;
  private ImdSession session;

  /** Reads from a stream that can mark. */
  public ImdStream(String peer, int particles, InputStream in) {
    this.peer = peer;
    this.particles = particles;
    this.in = in;
  }

  /** What the server announced. */
  ImdSession session() {
    return session;
  }

  /** Reads what the server says at the start. */
  public void handshake() throws IOException {
    ByteBuffer header = read(ImdMessage.HEADER, ByteOrder.BIG_ENDIAN);
    int kind = header.getInt();
    int version = header.getInt();
    // The version is written in the server's own order: this tells it.
    boolean swapped = version != 2 && version != 3;
    ByteOrder order = swapped ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    int own = swapped ? Integer.reverseBytes(version) : version;
    if (kind != 4 || (own != 2 && own != 3)) {
      throw new ImdProtocolException(
          String.format(
              "%s: expected an IMD handshake of version 2 or 3, found %08x %08x",
              peer, kind, version));
    }
    if (own == 2) {
      session = ImdSession.version2(order);
      return;
    }
    ByteBuffer info = read(ImdMessage.HEADER, ByteOrder.BIG_ENDIAN);
    int infoKind = info.getInt();
    int length = info.getInt();
    if (ImdMessage.of(peer, infoKind) != ImdMessage.SESSION || length != ImdSession.FLAGS) {
      throw new ImdProtocolException(
          peer + ": expected session info of 7 bytes, found kind " + infoKind + " of " + length);
    }
    ImdSession announced =
        ImdSession.version3(order, read(ImdSession.FLAGS, ByteOrder.BIG_ENDIAN).array());
    if (!announced.coordinates()) {
      throw new ImdProtocolException(
          peer + ": expected a stream with coordinates, found one without; switch them on there");
    }
    session = announced;
  }

  /** Waits for the next frame; null at the end of the run. */
  public ImdFrame next() throws IOException {
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
      ImdMessage message = ImdMessage.of(peer, header.getInt());
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
        default ->
            throw new ImdProtocolException(peer + ": expected a part of a frame, found " + message);
      }
      if (message == session.last()) {
        if (positions == null) {
          throw new ImdProtocolException(peer + ": expected coordinates before " + message);
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
          // These have no body: their length is an argument.
          default -> length;
        };
    if (length != expected) {
      throw new ImdProtocolException(
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
}
