package io.vitrine.analysis.bursts;

import io.vitrine.format.wire.Columns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which bursts of one simulation are kept: as many as fit on the disk space there is, those with
 * the highest peaks; of equal ones the earlier.
 *
 * <p>A function of the bursts in order of time and their sizes. State: 32 bytes a burst kept.
 */
public final class BurstShelf {
  private static final Comparator<Entry> WEAKEST =
      Comparator.comparingLong(Entry::peakHops)
          .thenComparing(Entry::firstMillis, Comparator.reverseOrder());

  private final long space;
  private final List<Entry> entries = new ArrayList<>();

  private record Entry(long firstMillis, long peakHops, long bytes) {}

  private BurstShelf(long space) {
    this.space = space;
  }

  /** An empty one of so many bytes. */
  public static BurstShelf of(long space) {
    return new BurstShelf(space);
  }

  /** Bytes taken. */
  public long bytes() {
    return entries.stream().mapToLong(Entry::bytes).sum();
  }

  /** Takes a burst; returns the bursts that have to go, by their first window, maybe itself. */
  public List<Long> put(long firstMillis, long peakHops, long bytes) {
    entries.removeIf(e -> e.firstMillis() == firstMillis);
    entries.add(new Entry(firstMillis, peakHops, bytes));
    List<Long> gone = new ArrayList<>();
    while (bytes() > space) {
      Entry weakest = entries.stream().min(WEAKEST).orElseThrow();
      entries.remove(weakest);
      gone.add(weakest.firstMillis());
    }
    return gone;
  }

  /** A copy that changes on its own. */
  public BurstShelf copy() {
    BurstShelf copy = new BurstShelf(space);
    copy.entries.addAll(entries);
    return copy;
  }

  /** Equal contents give equal bytes. */
  public byte[] encode() {
    Columns.Writer out = new Columns.Writer(16 + 24 * entries.size()).put(entries.size());
    entries.forEach(e -> out.put(e.firstMillis()).put(e.peakHops()).put(e.bytes()));
    return out.toBytes();
  }

  /** Reads what {@link #encode} wrote. */
  public static BurstShelf decode(byte[] bytes, long space) throws IOException {
    Columns.Reader in = new Columns.Reader(bytes, "burst shelf");
    BurstShelf shelf = new BurstShelf(space);
    for (int n = in.getInt(); n > 0; n--) {
      shelf.entries.add(new Entry(in.getLong(), in.getLong(), in.getLong()));
    }
    in.end();
    return shelf;
  }
}
