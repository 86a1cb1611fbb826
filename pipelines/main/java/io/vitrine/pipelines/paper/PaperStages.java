package io.vitrine.pipelines.paper;

import io.vitrine.pipelines.run.FailureException;
import io.vitrine.results.StoreException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * The simulations of the paper through the main job, and what is trained on them.
 *
 * <p>Three jobs, each a run folder that continues where it was interrupted: {@code fluid} (hot
 * temperatures, tails of p_hop), {@code cold} (softness and test temperature, softness rule), then
 * {@code statistics} (all temperatures from other velocities, scored by all classifiers at once).
 * {@link PaperTraining} in between writes {@code models/} and {@code training/}.
 */
final class PaperStages {
  private final PaperScale scale;
  private final PaperFolder output;
  private final String runner;
  private final ToIntFunction<String[]> program;
  private final PrintStream people;

  PaperStages(
      PaperScale scale,
      PaperFolder output,
      String runner,
      ToIntFunction<String[]> program,
      PrintStream people) {
    this.scale = scale;
    this.output = output;
    this.runner = runner;
    this.program = program;
    this.people = people;
  }

  /** Runs what has not been run; false when it was interrupted. */
  boolean run() throws FailureException, StoreException, IOException {
    if (!monitor(
        "fluid",
        scale.fluid().temperatures(),
        scale.fluid().until(),
        scale.seed(),
        List.of(
            "--no-model",
            "--immobile-vs-random",
            "--softness-size",
            "1",
            "--tail-fraction",
            String.valueOf(scale.largestFraction())))) {
      return false;
    }
    List<Double> cold = List.of(scale.softness().temperature(), scale.test().temperature());
    if (!monitor(
        "cold",
        cold,
        Math.max(scale.softness().until(), scale.test().until()),
        scale.seed(),
        List.of(
            "--no-model",
            "--quiet",
            scale.quiet(),
            "--softness-size",
            String.valueOf(scale.softnessSize())))) {
      return false;
    }
    StageCost cost = StageCost.now();
    new PaperTraining(scale, output, people).run();
    cost.addTo(output.cost("training"));
    List<String> arguments = new ArrayList<>(List.of("--softness-size", "1"));
    for (String name : scale.classifiers()) {
      arguments.add("--model");
      arguments.add(output.model(name).toString());
    }
    return monitor(
        "statistics",
        scale.statistics().temperatures(),
        scale.statistics().until(),
        scale.seed() + 1,
        arguments);
  }

  private boolean monitor(
      String job, List<Double> temperatures, double until, long seed, List<String> more)
      throws FailureException, IOException {
    Path folder = output.job(job);
    if (Files.exists(folder.resolve("DONE"))) {
      people.println("Stage " + job + ": done");
      return true;
    }
    people.println("Stage " + job + ": " + temperatures + " until " + until + " tau");
    List<String> words = new ArrayList<>(List.of("monitor", "--study", job));
    for (double t : temperatures) {
      words.add("--frames");
      words.add(scale.frames(t, seed).toString());
    }
    words.addAll(List.of("--until", String.valueOf(until), "--output", folder.toString()));
    words.addAll(List.of("--runner", runner));
    words.addAll(more);
    StageCost cost = StageCost.now();
    int exit = program.applyAsInt(words.toArray(String[]::new));
    cost.addTo(output.cost(job));
    if (exit != 0) {
      throw new FailureException("stage " + job + " failed (see " + folder + "/logs)");
    }
    return Files.exists(folder.resolve("DONE"));
  }
}
