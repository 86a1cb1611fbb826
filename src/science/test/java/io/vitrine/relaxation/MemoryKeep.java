package io.vitrine.relaxation;

import java.util.HashMap;
import java.util.Map;

/** A map in memory. */
final class MemoryKeep implements Keep {
  final Map<String, byte[]> kept = new HashMap<>();

  @Override
  public byte[] get(String name) {
    return kept.get(name);
  }

  @Override
  public void put(String name, byte[] bytes) {
    kept.put(name, bytes);
  }

  @Override
  public void remove(String name) {
    kept.remove(name);
  }

  long bytes() {
    return kept.values().stream().mapToLong(b -> b.length).sum();
  }
}
