package io.vitrine.results.rows;

import io.vitrine.model.Check;
import java.util.List;
import java.util.stream.Collectors;

/**
 * g(r) of a pair of species over one block of time; key (study, simulation, pair, time). Stored as
 * one text {@code [g,g,..]}, bin by bin from r = 0.
 *
 * @param study name of the study
 * @param simulation identifier of the simulation
 * @param pair names of the two species
 * @param timeMillis when the block begins, ms of event time
 * @param frames that were counted
 * @param width of a bin, sigma
 * @param g by bin
 */
public record PairCorrelationRow(
    String study,
    String simulation,
    String pair,
    long timeMillis,
    long frames,
    double width,
    List<Double> g)
    implements ResultRow {
  /** Checks the row. */
  public PairCorrelationRow {
    Rule.named("study", study);
    Rule.named("simulation", simulation);
    Rule.named("pair", pair);
    Rule.notNegative("frames", frames);
    Check.positive("width", width);
    g = List.copyOf(g);
  }

  static PairCorrelationRow of(RowCells c) {
    return new PairCorrelationRow(
        c.text(), c.text(), c.text(), c.whole(), c.whole(), c.real(), parse(c.text()));
  }

  private static List<Double> parse(String text) {
    String inside = text.substring(1, text.length() - 1);
    return inside.isEmpty()
        ? List.of()
        : List.of(inside.split(",", -1)).stream().map(Double::valueOf).toList();
  }

  @Override
  public RowKind kind() {
    return RowKind.PAIR_CORRELATION;
  }

  @Override
  public Object[] cells() {
    String text = g.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
    return new Object[] {study, simulation, pair, timeMillis, frames, width, text};
  }
}
