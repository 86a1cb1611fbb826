package io.vitrine.streaming.transforms;

import io.vitrine.analysis.window.Kept;
import org.apache.beam.sdk.state.MapState;

/** A map in the state of a key as collectors of science see it. */
record KeptInState<T>(MapState<Long, T> map) implements Kept<T> {
  @Override
  public void put(long key, T value) {
    map.put(key, value);
  }

  @Override
  public T get(long key) {
    return map.get(key).read();
  }

  @Override
  public void remove(long key) {
    map.remove(key);
  }
}
