package io.vitrine.streaming.transforms;

import io.vitrine.analysis.Keep;
import org.apache.beam.sdk.state.MapState;

/** A map in the state of a key as collectors of science see it. */
record KeptInState(MapState<String, byte[]> map) implements Keep {
  private static String key(Kind kind, long millis) {
    return kind + "/" + millis;
  }

  @Override
  public void put(Kind kind, long millis, byte[] bytes) {
    map.put(key(kind, millis), bytes);
  }

  @Override
  public byte[] get(Kind kind, long millis) {
    return map.get(key(kind, millis)).read();
  }

  @Override
  public void remove(Kind kind, long millis) {
    map.remove(key(kind, millis));
  }
}
