package io.vitrine.relaxation;

import java.nio.ByteBuffer;

/** The sums of one level: a row a pair of frames, by species, lag and block of origins. */
final class Level {
  private final int level;
  private final TimeBlocks[][] blocks;

  private Level(int level, TimeBlocks[][] blocks) {
    this.level = level;
    this.blocks = blocks;
  }

  /** No pairs yet; blocks of origins are at first longer than the longest lag. */
  static Level of(int level, int species, int columns) {
    TimeBlocks[][] blocks = new TimeBlocks[species][Lags.count(level)];
    for (TimeBlocks[] own : blocks) {
      for (int lag = 0; lag < own.length; lag++) {
        own[lag] = TimeBlocks.of(columns, (long) Lags.SPAN << level);
      }
    }
    return new Level(level, blocks);
  }

  /** Sums of a species and of the lag m 2^level. */
  TimeBlocks of(int species, int m) {
    return blocks[species][m - Lags.first(level)];
  }

  byte[] encode() {
    int bytes = 4;
    for (TimeBlocks[] own : blocks) {
      for (TimeBlocks lag : own) {
        bytes += lag.bytes();
      }
    }
    ByteBuffer out = ByteBuffer.allocate(bytes).putInt(blocks.length);
    for (TimeBlocks[] own : blocks) {
      for (TimeBlocks lag : own) {
        lag.write(out);
      }
    }
    return out.array();
  }

  static Level decode(int level, byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    TimeBlocks[][] blocks = new TimeBlocks[in.getInt()][Lags.count(level)];
    for (TimeBlocks[] own : blocks) {
      for (int lag = 0; lag < own.length; lag++) {
        own[lag] = TimeBlocks.read(in);
      }
    }
    return new Level(level, blocks);
  }
}
