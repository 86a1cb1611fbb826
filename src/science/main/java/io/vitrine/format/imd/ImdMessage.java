package io.vitrine.format.imd;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The kinds of IMD messages; a header is two big-endian integers, the kind and a length. */
enum ImdMessage {
  DISCONNECT(0, 0),
  ENERGIES(1, 40),
  COORDINATES(2, 12),
  GO(3, 0),
  HANDSHAKE(4, 0),
  KILL(5, 0),
  INDEXED_FORCES(6, 0),
  PAUSE(7, 0),
  RATE(8, 0),
  ERROR(9, 0),
  SESSION(10, 1),
  RESUME(11, 0),
  TIME(12, 24),
  BOX(13, 36),
  VELOCITIES(14, 12),
  FORCES(15, 12),
  WAIT(16, 0);

  static final int HEADER = 8;

  private final int code;
  private final int unit;

  ImdMessage(int code, int unit) {
    this.code = code;
    this.unit = unit;
  }

  /** Bytes that follow the header for each of its length. */
  int unit() {
    return unit;
  }

  static ImdMessage of(String peer, int code) throws IOException {
    for (ImdMessage message : values()) {
      if (message.code == code) {
        return message;
      }
    }
    throw new ImdProtocolException(
        peer + ": expected an IMD message of kind 0 to 16, found " + code);
  }

  byte[] header(int length) {
    return ByteBuffer.allocate(HEADER).putInt(code).putInt(length).array();
  }
}
