package io.vitrine.analysis;

import io.vitrine.format.Columns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Hands the windows of one simulation on in order of time.
 *
 * <p>One that comes early is held until those before it are there, or until {@value #HELD} later
 * ones are (then those before it were incomplete). One that comes later still is refused: nothing
 * is left out silently.
 */
final class WindowOrder {
  /** Windows held back at most. */
  static final int HELD = 64;

  private static final long NEVER = Long.MIN_VALUE;

  private final long stepMillis;
  private final TreeSet<Long> held = new TreeSet<>();
  private long next = NEVER;

  /**
   * @param stepMillis distance of successive windows, ms
   */
  WindowOrder(long stepMillis) {
    this.stepMillis = stepMillis;
  }

  /** When the next window is expected, ms. */
  long next() {
    return next;
  }

  /** Takes a window; returns those that can go on now. */
  List<HopFrame> accept(HopFrame window, Keep keep) throws IOException {
    long time = window.timeMillis();
    if (next != NEVER && time < next) {
      throw new IllegalStateException(
          window.simulation()
              + ": window at "
              + time / 1e3
              + " tau came after "
              + HELD
              + " later ones, expected none before "
              + next / 1e3);
    }
    List<HopFrame> ready = new ArrayList<>();
    if (time == next) {
      ready.add(window);
      next = time + stepMillis;
      release(keep, ready, false);
    } else {
      keep.put(Keep.Kind.WINDOW, time, window.toBytes());
      held.add(time);
      release(keep, ready, held.size() > HELD);
    }
    return ready;
  }

  /** No window follows: hands on what is held. */
  List<HopFrame> finish(Keep keep) throws IOException {
    List<HopFrame> ready = new ArrayList<>();
    while (!held.isEmpty()) {
      release(keep, ready, true);
    }
    return ready;
  }

  /** Hands on held windows as far as they follow each other, the first one even behind a gap. */
  private void release(Keep keep, List<HopFrame> ready, boolean gap) throws IOException {
    boolean jump = gap;
    while (!held.isEmpty() && (jump || held.first() == next)) {
      long time = held.pollFirst();
      ready.add(HopFrame.fromBytes(keep.get(Keep.Kind.WINDOW, time)));
      keep.remove(Keep.Kind.WINDOW, time);
      next = time + stepMillis;
      jump = false;
    }
  }

  void encode(Columns.Writer out) {
    out.put(next).put(held.size());
    held.forEach(out::put);
  }

  static WindowOrder decode(Columns.Reader in, long stepMillis) throws IOException {
    WindowOrder order = new WindowOrder(stepMillis);
    order.next = in.getLong();
    for (int n = in.getInt(); n > 0; n--) {
      order.held.add(in.getLong());
    }
    return order;
  }
}
