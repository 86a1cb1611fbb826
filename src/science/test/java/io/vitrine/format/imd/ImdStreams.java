package io.vitrine.format.imd;

import java.io.ByteArrayOutputStream;
import java.nio.ByteOrder;

/** Streams of IMD version 3 as an engine would send them. */
public final class ImdStreams {
  private ImdStreams() {}

  /** Frames of two particles with everything that version 3 has. */
  static byte[] version3(ByteOrder order, long... steps) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (long step : steps) {
      out.writeBytes(FakeImdServer.time(order, 0.005, step * 0.005, step));
      out.writeBytes(FakeImdServer.floats(1, 1, order, new double[10]));
      out.writeBytes(FakeImdServer.floats(13, 1, order, 4, 0, 0, 1, 5, 0, 0, 0, 6));
      out.writeBytes(FakeImdServer.floats(2, 2, order, (double) step, 1, 2, 3, 4, 5));
      out.writeBytes(FakeImdServer.floats(14, 2, order, 0.5, 0, 0, 0, 0, -1));
      out.writeBytes(FakeImdServer.floats(15, 2, order, new double[6]));
    }
    return out.toByteArray();
  }

  /** A greeting and two frames of version 3. */
  public static byte[] wholeStream(ByteOrder order) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(greeting3(order, 1));
    out.writeBytes(version3(order, 200, 400));
    return out.toByteArray();
  }

  /** Announces all of it. */
  static byte[] greeting3(ByteOrder order, int wrapped) {
    return FakeImdServer.greeting(3, order, 1, 1, 1, 1, wrapped, 1, 1);
  }
}
