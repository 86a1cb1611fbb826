package io.vitrine.analysis.window;

import java.util.HashMap;
import java.util.Map;

/**
 * Where one kind of value is kept between the windows of one simulation: a map by number or time.
 *
 * @param <T> what is kept; it does not change while it is
 */
public interface Kept<T> {
  /** Keeps a value. */
  void put(long key, T value);

  /** What was put there. */
  T get(long key);

  /** Forgets. */
  void remove(long key);

  /** Keeps values in this map. */
  static <T> Kept<T> in(Map<Long, T> map) {
    return new Kept<>() {
      @Override
      public void put(long key, T value) {
        map.put(key, value);
      }

      @Override
      public T get(long key) {
        return map.get(key);
      }

      @Override
      public void remove(long key) {
        map.remove(key);
      }
    };
  }

  /** Keeps values in memory. */
  static <T> Kept<T> inMemory() {
    return in(new HashMap<>());
  }
}
