package io.vitrine.serving;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitrine.results.ResultsReader;
import io.vitrine.results.SnapshotRow;
import io.vitrine.results.StoreException;
import java.util.Optional;

/** Particles to look at: which instants there are, and one of them. */
final class BoxView {
  private BoxView() {}

  /**
   * @param at instant wanted, tau; NaN for the list of instants alone
   */
  static ObjectNode of(ResultsReader reader, String study, String simulation, double at)
      throws StoreException {
    ObjectNode node = Json.object();
    if (Double.isNaN(at)) {
      ArrayNode times = node.putArray("times");
      for (long time : reader.snapshotTimes(study, simulation)) {
        times.add(time / 1000.0);
      }
      return node;
    }
    Optional<SnapshotRow> found = reader.snapshot(study, simulation, Math.round(1000 * at));
    if (found.isPresent()) {
      SnapshotRow row = found.get();
      node.put("time", row.timeMillis() / 1000.0);
      node.put("model", row.model());
      node.put("count", row.count());
      ArrayNode box = node.putArray("box");
      row.box().forEach(length -> Json.add(box, length));
      node.put("payload", row.payload());
    }
    return node;
  }
}
