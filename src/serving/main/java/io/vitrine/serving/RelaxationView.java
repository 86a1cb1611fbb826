package io.vitrine.serving;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitrine.analysis.spec.Conventions;
import io.vitrine.relaxation.Statics;
import io.vitrine.results.ResultsReader;
import io.vitrine.results.SimulationStatus;
import io.vitrine.results.StoreException;
import io.vitrine.results.rows.ConventionRow;
import io.vitrine.results.rows.RelaxationRow;
import io.vitrine.results.rows.RowKind;
import io.vitrine.results.rows.StaticsRow;
import io.vitrine.serving.alarms.Study;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The relaxation functions of each simulation and S_cc over time. */
final class RelaxationView {
  /** Of a quantity over time at most so many frames are given: of a longer run each m-th one. */
  static final int MOST = 500;

  /** The same of all simulations together, one quantity of each. */
  static final int MOST_OF_ALL = 8000;

  /** Of more simulations numbers are given to six digits and without the numbers of blocks. */
  static final int FEW = 16;

  private static final String WAVES = "S_cc";

  private RelaxationView() {}

  static ObjectNode of(ResultsReader reader, Study looked) throws StoreException {
    String study = looked.name();
    Map<String, String> wavevectors = new HashMap<>();
    for (ConventionRow row : reader.rows(ConventionRow.class, RowKind.CONVENTION, study)) {
      if (row.name().equals(Conventions.WAVEVECTORS)) {
        wavevectors.put(row.simulation(), row.value());
      }
    }
    Map<String, List<RelaxationRow>> functions =
        reader.rows(RelaxationRow.class, RowKind.RELAXATION, study).stream()
            .collect(Collectors.groupingBy(RelaxationRow::simulation));
    ObjectNode node = Json.object();
    ArrayNode all = node.putArray("simulations");
    List<SimulationStatus> simulations = looked.simulations();
    boolean few = simulations.size() <= FEW;
    int most = Math.min(MOST, Math.max(2, MOST_OF_ALL / Math.max(1, simulations.size())));
    for (SimulationStatus status : simulations) {
      String id = status.simulation().simulation();
      ObjectNode each = all.addObject();
      each.put("id", id);
      functions(
          each.putArray("functions"),
          functions.getOrDefault(id, List.of()),
          first(wavevectors.getOrDefault(id, "")),
          few);
      statics(each.putObject("statics"), reader.statics(study, id, WAVES), most);
    }
    return node;
  }

  /** The wavevector that tau_alpha belongs to: the first of a list like [7.25, 3.0]; or NaN. */
  private static double first(String wavevectors) {
    return wavevectors.isEmpty()
        ? Double.NaN
        : Double.parseDouble(wavevectors.replaceAll("^\\[|[,\\]].*$", ""));
  }

  /**
   * One for each species, observable and wavevector, by lag; the rows come in order of the key.
   * Those of the wavevector of tau_alpha come before the others.
   */
  private static void functions(
      ArrayNode array, List<RelaxationRow> sorted, double first, boolean few) {
    Map<List<Object>, List<RelaxationRow>> curves = new LinkedHashMap<>();
    List<RelaxationRow> rows = new ArrayList<>(sorted);
    rows.sort(Comparator.comparing(row -> row.wavevector() != first)); // stable
    for (RelaxationRow row : rows) {
      curves
          .computeIfAbsent(
              List.of(row.species(), row.observable(), row.wavevector()), k -> new ArrayList<>())
          .add(row);
    }
    for (List<RelaxationRow> curve : curves.values()) {
      ObjectNode node = array.addObject();
      node.put("species", curve.get(0).species());
      node.put("observable", curve.get(0).observable());
      Json.put(node, "wavevector", curve.get(0).wavevector());
      ArrayNode lag = node.putArray("lag");
      ArrayNode value = node.putArray("value");
      ArrayNode error = node.putArray("error");
      ArrayNode blocks = Json.object().putArray("blocks");
      if (few) {
        node.set("blocks", blocks);
      }
      for (RelaxationRow row : curve) {
        lag.add(row.lagMillis() / 1000.0);
        Json.add(value, few ? row.value() : Json.short6(row.value()));
        Json.add(error, few ? row.error() : Json.short6(row.error()));
        blocks.add(row.blocks());
      }
    }
  }

  private static void statics(ObjectNode node, List<StaticsRow> rows, int most) {
    Map<String, List<StaticsRow>> quantities =
        rows.stream()
            .collect(
                Collectors.groupingBy(
                    StaticsRow::quantity, LinkedHashMap::new, Collectors.toList()));
    for (int shell = 1; shell <= 3; shell++) {
      series(node, quantities, Statics.COMPOSITION + shell, most);
    }
    series(node, quantities, Statics.COMPOSITION_LOW, most);
    series(node, quantities, Statics.COMPOSITION_HIGH, most);
  }

  private static void series(
      ObjectNode node, Map<String, List<StaticsRow>> quantities, String quantity, int most) {
    List<StaticsRow> rows = quantities.getOrDefault(quantity, List.of());
    ObjectNode series = node.putObject(quantity);
    ArrayNode time = series.putArray("time");
    ArrayNode value = series.putArray("value");
    int every = Math.max(1, (rows.size() + most - 1) / most);
    // Counted back from the newest one, which is always there.
    for (int i = (rows.size() - 1) % every; i >= 0 && i < rows.size(); i += every) {
      time.add(rows.get(i).timeMillis() / 1000.0);
      Json.add(value, rows.get(i).value());
      Json.put(series, "wavevector", rows.get(i).wavevector());
    }
  }
}
