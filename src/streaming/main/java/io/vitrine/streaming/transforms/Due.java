package io.vitrine.streaming.transforms;

import io.vitrine.format.wire.Columns;
import io.vitrine.streaming.coders.ByteCoder;
import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A version of the live model that is due, and what it is trained on.
 *
 * @param timeMillis of the window after which it is due, ms
 * @param simulations by identifier: of a classifier, how many windows there were; of a regression,
 *     the centre of the last window trained on, ms
 * @param moments of a regression; empty of a classifier
 */
record Due(long timeMillis, SortedMap<String, Long> simulations, byte[] moments) {

  static ByteCoder<Due> coder() {
    return ByteCoder.of(Due.class, Due::toBytes, Due::fromBytes);
  }

  private byte[] toBytes() {
    Columns.Writer out = new Columns.Writer(moments.length + 1024).put(timeMillis).put(moments);
    out.put(simulations.size());
    simulations.forEach((simulation, number) -> out.put(simulation).put(number));
    return out.toBytes();
  }

  private static Due fromBytes(byte[] bytes) throws IOException {
    Columns.Reader in = new Columns.Reader(bytes, "due version");
    long time = in.getLong();
    byte[] moments = in.getBytes();
    SortedMap<String, Long> simulations = new TreeMap<>();
    for (int n = in.getInt(); n > 0; n--) {
      simulations.put(in.getString(), in.getLong());
    }
    in.end();
    return new Due(time, simulations, moments);
  }
}
