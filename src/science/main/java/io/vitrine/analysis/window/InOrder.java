package io.vitrine.analysis.window;

import io.vitrine.format.wire.Columns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Hands the windows (or frames) of one simulation on in order: those numbered 0, 1, 2, ... as soon
 * as all before them were handed on.
 *
 * <p>The source numbers what it makes, so a gap in time is no gap in numbers: nothing waits behind
 * one, and nothing waits for a watermark, which a stalled simulation would hold for all others. One
 * that comes early is kept; one whose number was handed on already is the same one once more and is
 * left out. At most as many are kept as are under way between the source and this step.
 */
public final class InOrder {
  private final TreeSet<Long> held = new TreeSet<>();
  private long next;

  /** How many are kept because one before them has not come. */
  public int held() {
    return held.size();
  }

  /** Takes one; returns those that can continue now. */
  public <T> List<T> accept(long number, T item, Kept<T> early) {
    List<T> ready = new ArrayList<>();
    if (number > next) {
      if (held.add(number)) {
        early.put(number, item);
      }
    } else if (number == next) {
      ready.add(item);
      next++;
      while (held.remove(next)) {
        ready.add(take(next++, early));
      }
    }
    return ready;
  }

  /** No other one follows: hands on what is kept. */
  public <T> List<T> finish(Kept<T> early) {
    List<T> ready = new ArrayList<>();
    while (!held.isEmpty()) {
      next = held.pollFirst();
      ready.add(take(next++, early));
    }
    return ready;
  }

  private static <T> T take(long number, Kept<T> early) {
    T item = early.get(number);
    early.remove(number);
    return item;
  }

  /** Appends the numbers. */
  public void encode(Columns.Writer out) {
    out.put(next).put(held.size());
    held.forEach(out::put);
  }

  /** Reads what {@link #encode} wrote. */
  public static InOrder decode(Columns.Reader in) throws IOException {
    InOrder order = new InOrder();
    order.next = in.getLong();
    for (int n = in.getInt(); n > 0; n--) {
      order.held.add(in.getLong());
    }
    return order;
  }
}
