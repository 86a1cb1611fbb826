package io.vitrine.streaming.transforms;

import io.vitrine.analysis.sets.FluiditySet;
import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.analysis.spec.Conventions;
import io.vitrine.format.run.ShardFolder;
import io.vitrine.learning.Model;
import io.vitrine.learning.TrainOptions;
import io.vitrine.learning.Training;
import io.vitrine.learning.ridge.MomentParts;
import io.vitrine.learning.ridge.RidgeTraining;
import io.vitrine.model.TrainingSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/** Trains a version of the live model: a classifier from shards, or a regression from moments. */
final class LiveTraining {
  /** Fewer samples of a class than this are no training set. */
  private static final int FEWEST = 10;

  private LiveTraining() {}

  /** The model, or none where there is too little to train on. */
  static Optional<Model> of(Due due, AnalysisSpec spec, RetrainSchedule schedule)
      throws IOException {
    return schedule.isRidge()
        ? Optional.of(ridge(due, spec, schedule))
        : svm(due.simulations(), spec, schedule);
  }

  private static Optional<Model> svm(
      Map<String, Long> windows, AnalysisSpec spec, RetrainSchedule schedule) throws IOException {
    ShardFolder shards = ShardFolder.at(Path.of(schedule.shards()));
    FluiditySet tails = FluiditySet.of(spec);
    for (Map.Entry<String, Long> e : windows.entrySet()) {
      tails.add(shards, e.getKey(), e.getValue());
    }
    TrainingSet set = tails.build(schedule.temperature());
    if (set.count(1) < FEWEST || set.count(-1) < FEWEST) {
      return Optional.empty();
    }
    TrainOptions options = TrainOptions.standard(schedule.program());
    return Optional.of(
        Training.run(List.of(set), Optional.empty(), options, "", part -> {}).model());
  }

  private static Model ridge(Due due, AnalysisSpec spec, RetrainSchedule schedule) {
    MomentParts moments = MomentParts.decode(due.moments());
    RidgeTraining.Result result =
        RidgeTraining.run(moments.parts(), RidgeTraining.standardLambdas());
    SortedMap<String, Double> until = new TreeMap<>();
    due.simulations().forEach((simulation, millis) -> until.put(simulation, millis / 1000.0));
    double temperature = schedule.temperature();
    return result
        .model(
            schedule.sets(spec),
            new Model.Regression(
                spec.training().label().text(),
                spec.targets().name(),
                result.lambda(),
                Map.of("cross_validation", result.crossValidation())),
            Double.isNaN(temperature) ? OptionalDouble.empty() : OptionalDouble.of(temperature),
            Conventions.of(spec),
            "",
            schedule.program())
        .stating(Model.TRAINED_UNTIL, until);
  }
}
