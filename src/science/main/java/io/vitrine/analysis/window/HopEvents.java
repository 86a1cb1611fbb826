package io.vitrine.analysis.window;

import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.format.wire.Columns;
import io.vitrine.results.rows.HopEventRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the hops of one simulation while its windows pass: for each particle the maximal runs of
 * consecutive windows with p_hop &gt; p_c.
 *
 * <p>Windows are put in order first ({@link InOrder}). A run is known when a window follows in
 * which the particle does not rearrange, when a window is missing (consecutive means one interval
 * apart, so a gap ends every run, and what follows it begins anew), or when no window follows.
 *
 * <p>State: 32 bytes a particle that rearranges in the newest window, whatever the length of the
 * run; cost: one pass over those particles a window.
 */
public final class HopEvents {
  private static final byte VERSION = 1;

  private final String study;
  private final AnalysisSpec spec;
  private InOrder order = new InOrder();
  private List<Open> open = List.of();
  private long lastMillis;

  /** A run that is not over: where the particle is among the targets, and the largest p_hop yet. */
  private record Open(int place, int id, long begin, long time, double pHop) {}

  private HopEvents(String study, AnalysisSpec spec) {
    this.study = study;
    this.spec = spec;
  }

  /** Of one simulation, from its first window on. */
  public static HopEvents of(String study, AnalysisSpec spec) {
    return new HopEvents(study, spec);
  }

  /** Takes a window; returns the hops that are over. */
  public List<HopEventRow> accept(
      String simulation, HoppingParticles window, Kept<HoppingParticles> early) {
    List<HopEventRow> over = new ArrayList<>();
    for (HoppingParticles each : order.accept(window.number(), window, early)) {
      take(simulation, each, over);
    }
    return over;
  }

  /** No window follows: takes what is held and ends all hops. */
  public List<HopEventRow> finish(String simulation, Kept<HoppingParticles> early) {
    List<HopEventRow> over = new ArrayList<>();
    for (HoppingParticles each : order.finish(early)) {
      take(simulation, each, over);
    }
    endAll(simulation, over);
    return over;
  }

  /** Merges the runs under way with the particles that rearrange now; both ascend by place. */
  private void take(String simulation, HoppingParticles window, List<HopEventRow> over) {
    long now = window.timeMillis();
    if (now != lastMillis + spec.intervalMillis()) {
      endAll(simulation, over);
    }
    List<Open> next = new ArrayList<>(window.count());
    int before = 0;
    for (int k = 0; k < window.count(); k++) {
      int place = window.place(k);
      double pHop = window.pHop(k);
      while (before < open.size() && open.get(before).place() < place) {
        over.add(row(simulation, open.get(before++)));
      }
      if (before < open.size() && open.get(before).place() == place) {
        Open run = open.get(before++);
        next.add(pHop > run.pHop() ? new Open(place, run.id(), run.begin(), now, pHop) : run);
      } else {
        next.add(new Open(place, window.id(k), now, now, pHop));
      }
    }
    while (before < open.size()) {
      over.add(row(simulation, open.get(before++)));
    }
    open = next;
    lastMillis = now;
  }

  private void endAll(String simulation, List<HopEventRow> over) {
    open.forEach(run -> over.add(row(simulation, run)));
    open = List.of();
  }

  /** A run that ended with the window before. */
  private HopEventRow row(String simulation, Open run) {
    return new HopEventRow(
        study,
        simulation,
        run.id(),
        spec.targets().name(),
        run.begin(),
        run.time(),
        lastMillis,
        run.pHop());
  }

  /** A copy that changes on its own. */
  public HopEvents copy() {
    try {
      return decode(encode(), study, spec);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All but the windows that came early: equal contents give equal bytes. */
  public byte[] encode() {
    Columns.Writer out =
        new Columns.Writer(32 + 8 * order.held() + 32 * open.size()).put(VERSION).put(lastMillis);
    order.encode(out);
    out.put(open.size());
    for (Open run : open) {
      out.put(run.place()).put(run.id()).put(run.begin()).put(run.time()).put(run.pHop());
    }
    return out.toBytes();
  }

  /** Reads what {@link #encode} wrote. */
  public static HopEvents decode(byte[] bytes, String study, AnalysisSpec spec) throws IOException {
    Columns.Reader in = new Columns.Reader(bytes, "state of hops");
    byte version = in.getByte();
    if (version != VERSION) {
      throw new IOException("state of hops has version " + version + ", expected " + VERSION);
    }
    HopEvents events = new HopEvents(study, spec);
    events.lastMillis = in.getLong();
    events.order = InOrder.decode(in);
    int count = in.getInt();
    List<Open> open = new ArrayList<>(count);
    for (int k = 0; k < count; k++) {
      open.add(new Open(in.getInt(), in.getInt(), in.getLong(), in.getLong(), in.getDouble()));
    }
    events.open = open;
    in.end();
    return events;
  }
}
