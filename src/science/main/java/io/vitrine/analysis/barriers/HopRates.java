package io.vitrine.analysis.barriers;

import io.vitrine.results.HopDuration;
import io.vitrine.results.ResultsReader;
import io.vitrine.results.SimulationStatus;
import io.vitrine.results.StoreException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Rates of hops beside rates of windows.
 *
 * <p>P_R counts windows, and one hop (a maximal run of p_hop &gt; p_c of a particle) is seen in
 * several. With D(T) windows a hop, P_R / D is the chance that a hop begins within one interval. D
 * is the mean over all hops of a temperature, so it is taken to be the same in all bins of x: it
 * moves all barriers alike, by minus the slope of ln D in 1/T.
 *
 * @param byTemperature hops and windows a hop, of the simulations of each temperature together
 */
public record HopRates(SortedMap<Double, HopDuration> byTemperature) {
  /** Of the hops of a study that began where windows are counted. */
  public static HopRates of(ResultsReader store, String study, CountedTime counted)
      throws StoreException {
    SortedMap<Double, HopDuration> all = new TreeMap<>();
    for (SimulationStatus status : store.simulations(study)) {
      String id = status.simulation().simulation();
      CountedTime.Simulation own = counted.simulations().get(id);
      Optional<HopDuration> found = store.hopDuration(study, id, own.whole() ? 0 : own.from());
      double temperature = status.simulation().temperature();
      if (found.isPresent() && !Double.isNaN(temperature)) {
        all.merge(temperature, found.get(), HopRates::together);
      }
    }
    return new HopRates(all);
  }

  private static HopDuration together(HopDuration a, HopDuration b) {
    long hops = a.hops() + b.hops();
    return new HopDuration(hops, (a.hops() * a.windows() + b.hops() * b.windows()) / hops);
  }

  /** Whether the hops of all temperatures of a table are known. */
  public boolean covers(RateTable table) {
    for (int t = 0; t < table.temperatures(); t++) {
      if (!byTemperature.containsKey(table.temperature(t))) {
        return false;
      }
    }
    return table.temperatures() > 0;
  }

  /** The table as rates of hops. */
  public RateTable of(RateTable table) {
    double[] windows = new double[table.temperatures()];
    for (int t = 0; t < windows.length; t++) {
      windows[t] = byTemperature.get(table.temperature(t)).windows();
    }
    return table.perHop(windows);
  }
}
