package io.vitrine.serving;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitrine.model.Target;
import io.vitrine.results.ResultsReader;
import io.vitrine.results.StoreException;
import io.vitrine.results.TimeBin;
import io.vitrine.results.rows.ConventionRow;
import io.vitrine.results.rows.HopEventRow;
import io.vitrine.results.rows.RowKind;
import io.vitrine.results.rows.SnapshotRow;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Particles to look at: which instants there are, one of them, and the history of a particle. */
final class BoxView {
  private final ResultsReader reader;
  private final Classifiers classifiers;
  private final String study;
  private final String simulation;

  BoxView(ResultsReader reader, Classifiers classifiers, String study, String simulation) {
    this.reader = reader;
    this.classifiers = classifiers;
    this.study = study;
    this.simulation = simulation;
  }

  /** The instants whose particles are kept, tau. */
  ObjectNode times() throws StoreException {
    ObjectNode node = Json.object();
    ArrayNode times = node.putArray("times");
    for (long time : reader.snapshotTimes(study, simulation)) {
      times.add(time / 1000.0);
    }
    return node;
  }

  /** The particles at one of them. */
  ObjectNode at(double time) throws StoreException {
    Optional<SnapshotRow> found = reader.snapshot(study, simulation, Math.round(1000 * time));
    ObjectNode node = Json.object();
    if (found.isPresent()) {
      SnapshotRow row = found.get();
      particles(node, row, unit(row.model(), row.timeMillis()));
    }
    return node;
  }

  /**
   * One frame of a burst.
   *
   * @param model the classifier that scored it
   */
  ObjectNode burst(Bursts bursts, double time, int frame, String model)
      throws IOException, StoreException {
    ObjectNode node = Json.object();
    for (Bursts.Burst burst : bursts.all()) {
      if (burst.simulation().equals(simulation) && burst.time() == time) {
        Bursts.Shot shot = Bursts.shot(burst, frame);
        node.put("frames", shot.frames());
        particles(node, shot.frame(), unit(model, Math.round(1000 * time)));
      }
    }
    return node;
  }

  private void particles(ObjectNode node, SnapshotRow row, Unit unit) throws StoreException {
    ArrayNode species = node.putArray("species");
    species().forEach(species::add);
    node.put("time", row.timeMillis() / 1000.0);
    node.put("model", row.model());
    node.put("count", row.count());
    node.put("shift", unit.shift());
    node.put("sigma", unit.sigma());
    ArrayNode box = node.putArray("box");
    row.box().forEach(length -> Json.add(box, length));
    node.put("payload", row.payload());
  }

  /** Names of the species, by type. */
  private List<String> species() throws StoreException {
    for (ConventionRow row : reader.rows(ConventionRow.class, RowKind.CONVENTION, study)) {
      if (row.simulation().equals(simulation) && row.name().equals("species")) {
        return List.of(row.value().split(",", -1));
      }
    }
    return Target.A_AND_B;
  }

  /** The hops of a particle, and its p_hop and x at the instants that are kept. */
  ObjectNode particle(int id) throws StoreException {
    ObjectNode node = Json.object();
    ArrayNode hops = node.putArray("hops");
    for (HopEventRow hop : reader.hops(study, simulation, id)) {
      ObjectNode each = hops.addObject();
      each.put("begin", hop.beginMillis() / 1000.0);
      each.put("time", hop.timeMillis() / 1000.0);
      each.put("end", hop.endMillis() / 1000.0);
      each.put("pHop", hop.pHop());
      each.put("species", hop.species());
    }
    ArrayNode times = node.putArray("time");
    ArrayNode pHop = node.putArray("pHop");
    ArrayNode x = node.putArray("x");
    for (long time : reader.snapshotTimes(study, simulation)) {
      SnapshotRow row = reader.snapshot(study, simulation, time).orElseThrow();
      int at = SnapshotRow.FIELDS * row.place(id);
      if (at >= 0) {
        float[] values = row.values();
        Unit unit = unit(row.model(), time);
        times.add(time / 1000.0);
        Json.add(pHop, values[at + 3]);
        Json.add(x, (values[at + 4] - unit.shift()) / unit.sigma());
      }
    }
    return node;
  }

  /** The scale of the scores of a window. */
  private Unit unit(String model, long timeMillis) throws StoreException {
    Map<String, Unit> units = classifiers.units(study, model);
    List<TimeBin> window =
        reader.windowBins(study, simulation, model, 1, timeMillis, timeMillis + 1);
    return window.isEmpty()
        ? units.values().stream().reduce((a, b) -> b).orElse(Unit.NONE)
        : units.getOrDefault(window.get(0).version(), Unit.NONE);
  }
}
