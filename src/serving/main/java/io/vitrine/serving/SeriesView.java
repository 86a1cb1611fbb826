package io.vitrine.serving;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitrine.results.HistogramTotal;
import io.vitrine.results.WindowRow;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What is drawn over time, and the histograms. */
final class SeriesView {
  private SeriesView() {}

  static ObjectNode windows(List<WindowRow> rows, int limit) {
    ObjectNode node = Json.object();
    node.put("more", rows.size() == limit);
    column(node, "time", rows, w -> w.timeMillis() / 1000.0);
    column(node, "hopFraction", rows, w -> (double) w.hops() / w.n());
    column(node, "meanPHop", rows, w -> w.pHop().mean());
    column(node, "meanScore", rows, w -> w.score().mean());
    column(node, "sigmaScore", rows, w -> w.score().sigma());
    column(node, "msd10", rows, w -> w.msd().get(WindowRow.LAGS - 1));
    return node;
  }

  static ObjectNode histograms(List<HistogramTotal> totals) {
    ObjectNode node = Json.object();
    ArrayNode all = node.putArray("histograms");
    for (HistogramTotal total : totals) {
      ObjectNode each = all.addObject();
      each.put("simulation", total.simulation());
      each.put("kind", total.kindOfValue());
      each.put("windows", total.windows());
      ArrayNode low = each.putArray("low");
      ArrayNode high = each.putArray("high");
      ArrayNode count = each.putArray("count");
      for (HistogramTotal.Bin bin : total.bins()) {
        Json.add(low, total.binning().low(bin.index()));
        Json.add(high, total.binning().high(bin.index()));
        count.add(bin.count());
      }
    }
    return node;
  }

  private static void column(
      ObjectNode node, String name, List<WindowRow> rows, ToDoubleFunction<WindowRow> value) {
    ArrayNode array = node.putArray(name);
    for (WindowRow row : rows) {
      Json.add(array, value.applyAsDouble(row));
    }
  }
}
