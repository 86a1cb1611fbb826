package io.vitrine.pipelines.paper;

import io.vitrine.analysis.barriers.CountedTime;
import io.vitrine.analysis.barriers.HopRates;
import java.util.List;
import java.util.Map;

/**
 * What a reproduction found.
 *
 * @param scale how much of the paper was simulated
 * @param name of that scale
 * @param folder with all that was made
 * @param counted which windows are counted
 * @param doubts a line for each counted simulation that is not known to be in equilibrium
 * @param hops how long hops last
 * @param classifiers by name: reading by reading, fluidities by temperature, then softness
 * @param missing why a softness classifier is not there, by name
 */
record PaperResults(
    PaperScale scale,
    String name,
    PaperFolder folder,
    CountedTime counted,
    List<String> doubts,
    HopRates hops,
    Map<String, PaperClassifier> classifiers,
    Map<String, String> missing) {
  /** The classifiers of a reading. */
  List<PaperClassifier> of(PaperReading reading) {
    return classifiers.values().stream().filter(c -> c.reading().equals(reading)).toList();
  }

  /** The fluidities of a reading. */
  List<PaperClassifier> fluidities(PaperReading reading) {
    return of(reading).stream().filter(c -> !c.isSoftness()).toList();
  }

  /**
   * The softness that a reading's fluidities are compared with: its own where runs can score it.
   */
  PaperClassifier softness(PaperReading reading) {
    PaperReading thermal = reading.isThermal() ? reading : scale.thermal();
    return classifiers.get(thermal.softness());
  }

  /** All that the counted runs scored. */
  List<PaperClassifier> counted(PaperReading reading) {
    return of(reading).stream().filter(PaperClassifier::isCounted).toList();
  }
}
