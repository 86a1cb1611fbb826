package io.vitrine.pipelines.paper;

import io.vitrine.analysis.sets.FluiditySet;
import io.vitrine.analysis.sets.SoftnessSet;
import io.vitrine.analysis.sets.SourceEquilibrium;
import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.analysis.spec.SoftnessRule;
import io.vitrine.analysis.spec.TrainingSpec;
import io.vitrine.format.WholeFile;
import io.vitrine.format.run.ShardFolder;
import io.vitrine.format.run.TrainingSetFile;
import io.vitrine.model.TrainingSet;
import io.vitrine.pipelines.run.FailureException;
import io.vitrine.results.ResultsReader;
import io.vitrine.results.SimulationStatus;
import io.vitrine.results.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;

/**
 * The training sets of a reproduction, from the shards of its jobs; what is in the folder stays.
 */
final class PaperSets {
  /** Fewer samples of a class than this teach nothing. */
  private static final int FEWEST_SAMPLES = 50;

  private final PaperScale scale;
  private final PaperFolder folder;

  PaperSets(PaperScale scale, PaperFolder folder) {
    this.scale = scale;
    this.folder = folder;
  }

  /** The test set of a reading, as {@link #softness}. */
  Optional<TrainingSet> test(PaperReading reading)
      throws IOException, StoreException, FailureException {
    return softness(reading, scale.test().temperature(), reading.test());
  }

  /**
   * What the softness classifier of a reading is trained on; empty where its rule gives too little,
   * which a file {@code NAME.none} then says.
   */
  Optional<TrainingSet> softness(PaperReading reading)
      throws IOException, StoreException, FailureException {
    return softness(reading, scale.softness().temperature(), reading.softness());
  }

  /** Of the size wanted, or half, a quarter, ... of it. */
  private Optional<TrainingSet> softness(PaperReading reading, double temperature, String name)
      throws IOException, StoreException, FailureException {
    if (Files.exists(folder.set(name))) {
      return Optional.of(TrainingSetFile.read(folder.set(name)));
    }
    SoftnessSet set = softnessSet(reading, temperature, scale.softnessSize());
    for (int size = scale.softnessSize() / 2;
        Math.min(set.hops(), set.quiet()) < FEWEST_SAMPLES && size >= FEWEST_SAMPLES;
        size /= 2) {
      set = softnessSet(reading, temperature, size);
    }
    if (Math.min(set.hops(), set.quiet()) >= FEWEST_SAMPLES) {
      write(reading.coldJob(), name, balanced(set.build(temperature)));
      return Optional.of(TrainingSetFile.read(folder.set(name)));
    }
    String why =
        "%d hops and %d quiet runs of 120 tau at T = %s with p_l = %s: fewer than %d"
            .formatted(set.hops(), set.quiet(), temperature, reading.quiet(), FEWEST_SAMPLES);
    if (reading.isThermal()) {
      throw new FailureException(
          "reading " + reading.name() + ": " + why + "; a longer run or more particles give more");
    }
    Files.createDirectories(folder.none(name).getParent());
    WholeFile.write(folder.none(name), why + "\n");
    return Optional.empty();
  }

  private SoftnessSet softnessSet(PaperReading reading, double temperature, int size)
      throws IOException, FailureException {
    TrainingSpec training =
        new TrainingSpec(
            TrainingSpec.Label.P_HOP,
            TrainingSpec.TAIL_FRACTION,
            TrainingSpec.TAIL_CAPACITY,
            0,
            false,
            reading.rule(size));
    AnalysisSpec spec = scale.analysis().withTraining(training);
    ShardFolder shards = ShardFolder.at(folder.job(reading.coldJob()).resolve("shards"));
    FluiditySet bulk = FluiditySet.of(spec).add(shards, PaperFolder.id(temperature), 0);
    return SoftnessSet.of(spec, bulk.bulk()).add(shards, PaperFolder.id(temperature));
  }

  /** As many of one class as of the other: the first of each, which are drawn by keyed hashes. */
  private static TrainingSet balanced(TrainingSet set) {
    int each = Math.min(set.count(1), set.count(-1));
    TrainingSet.Builder some = TrainingSet.of(set.spec()).attributes(set.attributes());
    for (int label : new int[] {1, -1}) {
      int all = set.count(label);
      int seen = 0;
      for (int i = 0; i < set.count(); i++) {
        // Evenly spread over time: sample k of n is taken where floor(k each / n) steps.
        if (set.labels()[i] == label) {
          long before = (long) seen * each / all;
          seen++;
          if ((long) seen * each / all > before) {
            some.add(label, set.origin(i), set.features(), i * set.spec().featureCount());
          }
        }
      }
    }
    return some.bulk(set.bulk().orElse(null)).build();
  }

  /** The tails of a hot temperature. */
  TrainingSet fluid(PaperReading reading, double temperature, double fraction, String name)
      throws IOException, StoreException, FailureException {
    if (Files.notExists(folder.set(name))) {
      write("fluid", name, fluidSet(reading, temperature, fraction).build(temperature));
    }
    return TrainingSetFile.read(folder.set(name));
  }

  /** The low tail of a hot temperature against particles drawn at random. */
  TrainingSet random(PaperReading reading, double temperature, String name)
      throws IOException, StoreException, FailureException {
    if (Files.notExists(folder.set(name))) {
      FluiditySet set = fluidSet(reading, temperature, scale.tailFraction());
      write("fluid", name, set.buildRandom(temperature));
    }
    return TrainingSetFile.read(folder.set(name));
  }

  private FluiditySet fluidSet(PaperReading reading, double temperature, double fraction)
      throws IOException, StoreException, FailureException {
    ShardFolder shards = ShardFolder.at(folder.job("fluid").resolve("shards"));
    SimulationStatus status = status(temperature);
    // What the run kept of each tail; shards also hold what was displaced later.
    long values = status.windows() * status.simulation().targets();
    int kept = (int) Math.round(scale.largestFraction() * values);
    TrainingSpec training =
        new TrainingSpec(
            TrainingSpec.Label.P_HOP,
            fraction,
            kept,
            (int) Math.round(reading.thin() * 1000),
            false,
            SoftnessRule.standard());
    return FluiditySet.of(scale.analysis().withTraining(training))
        .add(shards, PaperFolder.id(temperature), status.windows());
  }

  private SimulationStatus status(double temperature) throws StoreException {
    try (ResultsReader reader = ResultsReader.open(folder.store("fluid"))) {
      for (SimulationStatus s : reader.simulations("fluid")) {
        if (s.simulation().simulation().equals(PaperFolder.id(temperature))) {
          return s;
        }
      }
    }
    throw new IllegalStateException(
        folder.store("fluid")
            + ": no simulation "
            + PaperFolder.id(temperature)
            + " in study fluid");
  }

  private void write(String job, String name, TrainingSet set) throws IOException, StoreException {
    Files.createDirectories(folder.set(name).getParent());
    try (ResultsReader store = ResultsReader.open(folder.store(job))) {
      TrainingSetFile.write(folder.set(name), SourceEquilibrium.added(set, store, job));
    }
  }
}
