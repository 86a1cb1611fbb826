package io.vitrine.pipelines.paper;

import io.vitrine.analysis.spec.SoftnessRule;
import io.vitrine.model.Check;

/**
 * One way to read what the paper leaves open.
 *
 * @param name of it; in the names of all that is trained by it
 * @param thin a particle gives a tail one sample within so many tau, its most extreme: windows that
 *     share frames show one event; 0 lets all windows in
 * @param quiet p_l of the softness rule, sigma^2, or {@code auto}: see {@code monitor --quiet}
 * @param inherent softness and its test set are those of inherent structures, from runs of so many
 *     tau; 0: those of the frames as they are
 */
record PaperReading(String name, double thin, String quiet, double inherent) {
  PaperReading {
    if (name == null || !name.matches("[a-z]+")) {
      throw Check.refuse("name of a reading", "be small letters", "'" + name + "'");
    }
    Check.within("thin", thin, 0, 1e6);
    Check.within("inherent", inherent, 0, 1e6);
    SoftnessRule.readQuiet("quiet", quiet);
  }

  /** Whether softness is that of the frames as they are, which the counted runs can score. */
  boolean isThermal() {
    return inherent == 0;
  }

  /** Name of a fluidity classifier. */
  String fluidity(double temperature) {
    return "F" + temperature + "-" + name;
  }

  /** Name of the softness classifier. */
  String softness() {
    return "S-" + name;
  }

  /** Name of the test set. */
  String test() {
    return "test-" + name;
  }

  /** The job that softness and its test set come from. */
  String coldJob() {
    return isThermal() ? "cold" : "inherent-" + name;
  }

  /** The softness rule, for as many samples of either class. */
  SoftnessRule rule(int size) {
    return new SoftnessRule(SoftnessRule.readQuiet("quiet", quiet), size, false);
  }
}
