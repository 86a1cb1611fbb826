package io.vitrine.format.run;

import java.util.Arrays;
import java.util.List;

/** Example shards: two particles, one of them chosen, one model, two features. */
final class Shards {
  private Shards() {}

  static WindowShard at(String simulation, long tau) {
    return new WindowShard(
        simulation,
        1000 * tau,
        1000 * (tau - 2),
        2,
        new int[] {4, 9},
        new byte[] {0, 1},
        new double[] {0.25 + tau, 0.5},
        List.of("fluidity"),
        new double[][] {{-1.5, tau}},
        new int[] {9},
        new byte[] {-1},
        new double[] {0.5},
        new float[] {1.5f, 2.5f},
        tau % 2 == 0 ? new double[] {1, 2, 3, tau} : null,
        null,
        tau % 2 == 0 ? null : new byte[] {7, 8});
  }

  static WindowShard withoutHops(WindowShard shard) {
    return new WindowShard(
        shard.simulation(),
        shard.timeMillis(),
        shard.structureMillis(),
        shard.targets(),
        shard.particles(),
        shard.types(),
        null,
        List.of(),
        new double[0][],
        new int[0],
        new byte[0],
        new double[0],
        new float[0],
        null,
        null,
        null);
  }

  /** The byte form with one bit of the byte at {@code position} turned. */
  static byte[] damaged(WindowShard shard, int position) {
    byte[] bytes = shard.toBytes();
    byte[] copy = Arrays.copyOf(bytes, bytes.length);
    copy[position] = (byte) (copy[position] ^ 4);
    return copy;
  }
}
