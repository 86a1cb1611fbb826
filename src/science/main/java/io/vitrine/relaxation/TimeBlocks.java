package io.vitrine.relaxation;

import io.vitrine.model.Check;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Sums of several columns over blocks of time, in bounded memory: blocks follow each other from
 * frame 0, all of one length; before there would be more than {@value #MOST}, each two are joined.
 *
 * <p>Rows are added in order of time, and joined blocks are added earlier to later, so the sums are
 * functions of the rows alone. Column 0 is the number of rows. Space: 8 bytes a column and block.
 */
final class TimeBlocks {
  /** Blocks at most. */
  static final int MOST = 32;

  private final int columns;
  private long length;
  private int count;
  private double[] sums;

  private TimeBlocks(int columns, long length, int count, double[] sums) {
    this.columns = columns;
    this.length = length;
    this.count = count;
    this.sums = sums;
  }

  /**
   * No rows yet.
   *
   * @param columns of a row, without the number of rows
   * @param length of a block at first, frames
   */
  static TimeBlocks of(int columns, long length) {
    if (length <= 0) {
      throw Check.refuse("length of a block", "be > 0", length);
    }
    return new TimeBlocks(columns + 1, length, 0, new double[0]);
  }

  /** Adds a row that belongs to frame n. */
  void add(long n, double... row) {
    while (n / length >= MOST) {
      join();
    }
    int block = (int) (n / length);
    if (block >= count) {
      count = block + 1;
      sums = Arrays.copyOf(sums, count * columns);
    }
    int at = block * columns;
    sums[at]++;
    for (int c = 1; c < columns; c++) {
      sums[at + c] += row[c - 1];
    }
  }

  private void join() {
    int joined = (count + 1) / 2;
    sums = joined(2);
    count = joined;
    length *= 2;
  }

  /** Sums of each {@code many} blocks, the last of fewer where they do not come out even. */
  private double[] joined(int many) {
    int groups = (count + many - 1) / many;
    double[] joined = new double[groups * columns];
    for (int block = 0; block < count; block++) {
      int at = block / many * columns;
      for (int c = 0; c < columns; c++) {
        joined[at + c] += sums[block * columns + c];
      }
    }
    return joined;
  }

  /** Length of a block, frames. */
  long length() {
    return length;
  }

  /** Sums over everything: [columns], the number of rows first. */
  double[] total() {
    double[] total = new double[columns];
    for (int i = 0; i < sums.length; i++) {
      total[i % columns] += sums[i];
    }
    return total;
  }

  /**
   * Blocks of at least {@code atLeast} frames that have rows and begin at frame {@code from} or
   * later; each {sums, number of rows first}.
   */
  double[][] rows(long from, double atLeast) {
    long first = Math.min(count, (from + length - 1) / length);
    int many = (int) Math.min(Math.max(1, Math.ceil(atLeast / length)), Math.max(1, count));
    TimeBlocks rest =
        new TimeBlocks(
            columns,
            length,
            count - (int) first,
            Arrays.copyOfRange(sums, (int) first * columns, count * columns));
    double[] joined = rest.joined(many);
    double[][] rows = new double[joined.length / columns][];
    int kept = 0;
    for (int b = 0; b < rows.length; b++) {
      double[] row = Arrays.copyOfRange(joined, b * columns, (b + 1) * columns);
      if (row[0] > 0) {
        rows[kept++] = row;
      }
    }
    return Arrays.copyOf(rows, kept);
  }

  int bytes() {
    return 4 + 8 + 4 + 8 * count * columns;
  }

  void write(ByteBuffer out) {
    out.putInt(columns).putLong(length).putInt(count);
    for (int i = 0; i < count * columns; i++) {
      out.putDouble(sums[i]);
    }
  }

  static TimeBlocks read(ByteBuffer in) {
    int columns = in.getInt();
    long length = in.getLong();
    int count = in.getInt();
    double[] sums = new double[count * columns];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = in.getDouble();
    }
    return new TimeBlocks(columns, length, count, sums);
  }
}
