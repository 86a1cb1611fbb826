package io.vitrine.analysis.spec;

import io.vitrine.model.FeatureSpec;
import io.vitrine.model.Target;
import io.vitrine.relaxation.RelaxationSpec;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The conventions that numbers depend on, by name: the one list that store, run description,
 * exports, training sets and so models and reports take. Values are String, Double or double[].
 */
public final class Conventions {
  /** Name of the convention of p_hop's windows. */
  public static final String P_HOP = "p_hop_convention";

  /** Name of the number of dimensions of space, which is there where it is not 3. */
  public static final String DIMENSIONS = "dimensions";

  /** Name of the list of wavevectors of F_s; tau_alpha belongs to the first. */
  public static final String WAVEVECTORS = "wavevectors";

  private Conventions() {}

  /** Of the motion in a window and the structure that goes with it; times in tau. */
  public static SortedMap<String, Object> of(AnalysisSpec spec) {
    SortedMap<String, Object> named = new TreeMap<>();
    named.put(P_HOP, spec.convention().label());
    named.put("interval", spec.intervalMillis() / 1000.0);
    named.put("window", spec.windowMillis() / 1000.0);
    named.put("lag", spec.lagMillis() / 1000.0);
    named.put("targets", spec.targets().name());
    if (!spec.targets().species().equals(Target.A.species())) {
      named.put("species", String.join(",", spec.targets().species()));
    }
    if (spec.features().dimensions() != 3) {
      named.put(DIMENSIONS, (double) spec.features().dimensions());
    }
    named.put("hop_threshold", spec.hopThreshold());
    named.putAll(of(spec.quench()));
    return named;
  }

  /** Of inherent structures and pair energies. */
  public static SortedMap<String, Object> of(Quench quench) {
    SortedMap<String, Object> named = new TreeMap<>();
    named.put("quench", quench.text());
    if (!quench.isKobAndersen()) {
      named.put(Quench.MIXTURE, quench.mixture());
    }
    return named;
  }

  /** Of the time correlation functions; wavevectors in 1/sigma, the overlap's distance in sigma. */
  public static SortedMap<String, Object> of(RelaxationSpec relaxation) {
    SortedMap<String, Object> named = new TreeMap<>();
    named.put(
        WAVEVECTORS, relaxation.wavevectors().stream().mapToDouble(Double::doubleValue).toArray());
    named.put("overlap", relaxation.overlap());
    return named;
  }

  /** Of the structure functions; lengths in sigma. */
  public static SortedMap<String, Object> of(FeatureSpec features) {
    SortedMap<String, Object> named = new TreeMap<>();
    named.put("radii", features.radii());
    named.put("delta", features.delta());
    named.put("cutoff", features.cutoff());
    if (features.hasScaledDistances()) {
      named.put("scale_distances", "diameter");
    }
    return named;
  }
}
