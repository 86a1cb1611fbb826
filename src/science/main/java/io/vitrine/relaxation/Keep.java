package io.vitrine.relaxation;

import java.util.Map;

/**
 * Where a {@link RelaxationTracker} keeps what it knows of one simulation: bytes by name. A map in
 * memory, or the state of a key in a dataflow. What was put must not be changed by anyone.
 */
public interface Keep {
  /** In a map. */
  static Keep in(Map<String, byte[]> map) {
    return new Keep() {
      @Override
      public byte[] get(String name) {
        return map.get(name);
      }

      @Override
      public void put(String name, byte[] bytes) {
        map.put(name, bytes);
      }

      @Override
      public void remove(String name) {
        map.remove(name);
      }
    };
  }

  /** What was put under the name, or null. */
  byte[] get(String name);

  /** Keeps bytes under a name, in place of what may be there. */
  void put(String name, byte[] bytes);

  /** Forgets what is under the name, if anything is. */
  void remove(String name);
}
