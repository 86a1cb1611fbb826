package io.vitrine.serving;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitrine.results.bins.Binning;
import io.vitrine.results.rows.HistogramTotal;
import java.util.List;

/** The histograms that are drawn, in bins that are made wider where there are many simulations. */
final class HistogramView {
  /** Most counts of an answer. */
  static final int MOST = 60_000;

  private static final List<String> DRAWN = List.of("p_hop", "van_hove_1d");

  private HistogramView() {}

  /**
   * @param model only its scores
   * @param unit scale of its scores
   */
  static ObjectNode of(List<HistogramTotal> totals, String model, Unit unit) {
    String score = "score:" + model;
    List<HistogramTotal> some =
        totals.stream()
            .filter(h -> DRAWN.contains(h.kindOfValue()) || h.kindOfValue().equals(score))
            .filter(h -> !h.bins().isEmpty())
            .toList();
    long counts = some.stream().mapToLong(HistogramView::length).sum();
    int together = 1;
    while (counts / together > MOST) {
      together *= 2;
    }
    ObjectNode node = Json.object();
    node.put("origin", unit.origin());
    node.put("sigma", unit.sigma());
    ArrayNode all = node.putArray("histograms");
    for (HistogramTotal total : some) {
      ObjectNode each = all.addObject();
      each.put("simulation", total.simulation());
      each.put("kind", total.kindOfValue().equals(score) ? "score" : total.kindOfValue());
      each.put("windows", total.windows());
      histogram(each, total, together);
    }
    return node;
  }

  private static long length(HistogramTotal total) {
    List<HistogramTotal.Bin> bins = total.bins();
    return bins.get(bins.size() - 1).index() - bins.get(0).index() + 1L;
  }

  /**
   * Edges are i / perUnit, of a logarithmic axis powers of ten of it; over- and underflow apart.
   */
  private static void histogram(ObjectNode node, HistogramTotal total, int together) {
    Binning binning = total.binning();
    long outside = 0;
    int first = Math.floorDiv(Math.max(binning.first(), total.bins().get(0).index()), together);
    int last = total.bins().get(total.bins().size() - 1).index();
    last = Math.floorDiv(Math.min(binning.last(), last), together);
    long[] counts = new long[Math.max(0, last - first + 1)];
    for (HistogramTotal.Bin bin : total.bins()) {
      if (bin.index() < binning.first() || bin.index() > binning.last()) {
        outside += bin.count();
      } else {
        counts[Math.floorDiv(bin.index(), together) - first] += bin.count();
      }
    }
    node.put("log", binning.scale() == Binning.Scale.LOG);
    node.put("perUnit", (double) binning.perUnit() / together);
    node.put("first", first);
    node.put("outside", outside);
    ArrayNode array = node.putArray("counts");
    for (long count : counts) {
      array.add(count);
    }
  }
}
