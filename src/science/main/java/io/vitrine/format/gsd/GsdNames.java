package io.vitrine.format.gsd;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The names of a GSD file's chunks; a chunk's id is the ordinal of its name. */
final class GsdNames {
  private static final int MOST = 1 << 16;

  private final List<String> names = new ArrayList<>();
  private final Map<String, Integer> ids = new HashMap<>();

  /** Zero-terminated names, packed (layer 2) or in slots of 64 bytes (layer 1). */
  static GsdNames parse(byte[] block, int majorVersion) {
    GsdNames result = new GsdNames();
    int from = 0;
    while (from < block.length && block[from] != 0 && result.count() < MOST) {
      int slotEnd =
          majorVersion == 1 ? Math.min(block.length, from + GsdHeader.NAME_UNIT) : block.length;
      int to = from;
      while (to < slotEnd && block[to] != 0) {
        to++;
      }
      result.add(new String(block, from, to - from, StandardCharsets.UTF_8));
      from = majorVersion == 1 ? slotEnd : to + 1;
    }
    return result;
  }

  int add(String name) {
    ids.putIfAbsent(name, names.size());
    names.add(name);
    return names.size() - 1;
  }

  int count() {
    return names.size();
  }

  String name(int id) {
    return names.get(id);
  }

  /** The id of a name, or -1. */
  int id(String name) {
    return ids.getOrDefault(name, -1);
  }

  /** The names as layer 2 stores them. */
  byte[] packed() {
    return (String.join("\0", names) + "\0").getBytes(StandardCharsets.UTF_8);
  }
}
