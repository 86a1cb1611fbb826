package io.vitrine.serving;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitrine.results.ResultsReader;
import io.vitrine.results.StoreException;
import io.vitrine.results.rows.ConventionRow;
import io.vitrine.results.rows.RowKind;
import java.util.Map;
import java.util.TreeMap;

/** The units of the files of a study: how many of them are a sigma and a tau. */
final class FileUnitsView {
  private static final String LENGTH = "length_unit_of_input";
  private static final String TIME = "time_unit_of_input";

  private FileUnitsView() {}

  /**
   * The overview with {@code units{length, time}}: those of all simulations, which are 1 where
   * {@code --frames} gives none; null where no simulation has other units than sigma and tau, or
   * not all have the same.
   */
  static ObjectNode added(ObjectNode state, ResultsReader reader, String study)
      throws StoreException {
    Map<String, Double> lengths = new TreeMap<>();
    Map<String, Double> times = new TreeMap<>();
    for (ConventionRow row : reader.rows(ConventionRow.class, RowKind.CONVENTION, study)) {
      lengths.putIfAbsent(row.simulation(), 1.0);
      times.putIfAbsent(row.simulation(), 1.0);
      if (row.name().equals(LENGTH)) {
        lengths.put(row.simulation(), Double.parseDouble(row.value()));
      } else if (row.name().equals(TIME)) {
        times.put(row.simulation(), Double.parseDouble(row.value()));
      }
    }
    boolean same =
        lengths.values().stream().distinct().count() == 1
            && times.values().stream().distinct().count() == 1;
    double length = same ? lengths.values().iterator().next() : 1;
    double time = same ? times.values().iterator().next() : 1;
    if (length == 1 && time == 1) {
      state.putNull("units");
    } else {
      state.putObject("units").put("length", length).put("time", time);
    }
    return state;
  }
}
