package io.vitrine.pipelines.paper;

import io.vitrine.pipelines.run.FailureException;
import io.vitrine.results.StoreException;
import io.vitrine.streaming.io.feed.FrameUri;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/**
 * The simulations of the paper through the main job, and what is trained on them.
 *
 * <p>Jobs, each a run folder that continues where it was interrupted: {@code fluid} (hot
 * temperatures, tails of p_hop), {@code cold} (softness and test temperature, softness rule), the
 * same of inherent structures where a reading asks for them, then {@code statistics} (all
 * temperatures from other starts, scored by all classifiers at once; runs of one length are a job,
 * and all write to one store). {@link PaperTraining} in between writes {@code models/} and {@code
 * training/}.
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
    List<FrameUri> fluid = scale.fluid().temperatures().stream().map(scale::frames).toList();
    if (!monitor(
        "fluid",
        fluid,
        scale.fluid().until(),
        List.of(
            "--no-model",
            "--no-hop-events",
            "--immobile-vs-random",
            "--softness-size",
            "1",
            "--tail-fraction",
            String.valueOf(scale.largestFraction())))) {
      return false;
    }
    double until = Math.max(scale.softness().until(), scale.test().until());
    if (!cold(scale.thermal(), until, List.of())) {
      return false;
    }
    for (PaperReading reading : scale.readings()) {
      if (!reading.isThermal() && !cold(reading, reading.inherent(), List.of("--quench"))) {
        return false;
      }
    }
    StageCost cost = StageCost.now();
    new PaperTraining(scale, output, people).run();
    cost.addTo(output.cost("training"));
    return statistics();
  }

  private boolean cold(PaperReading reading, double until, List<String> more)
      throws FailureException, IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--no-model",
                "--no-hop-events",
                "--quiet",
                reading.quiet(),
                "--softness-size",
                String.valueOf(scale.softnessSize())));
    arguments.addAll(more);
    List<FrameUri> frames =
        List.of(
            scale.frames(scale.softness().temperature()), scale.frames(scale.test().temperature()));
    return monitor(reading.coldJob(), frames, until, arguments);
  }

  /** Counted runs of one length together, the longest first. */
  private boolean statistics() throws FailureException, IOException {
    SortedMap<Double, List<FrameUri>> byLength = new TreeMap<>(Comparator.reverseOrder());
    for (CountingRuns.Run run : scale.counted()) {
      byLength.computeIfAbsent(run.until(), u -> new ArrayList<>()).add(scale.frames(run));
    }
    List<String> arguments = new ArrayList<>(List.of("--softness-size", "1"));
    for (String name : scored()) {
      arguments.add("--model");
      arguments.add(output.model(name).toString());
    }
    arguments.addAll(List.of("--store", output.store(PaperFolder.STATISTICS)));
    for (Map.Entry<Double, List<FrameUri>> each : byLength.entrySet()) {
      String job = PaperFolder.STATISTICS + "-" + Math.round(each.getKey());
      if (!monitor(job, each.getValue(), each.getKey(), arguments)) {
        return false;
      }
    }
    return true;
  }

  /** All classifiers of frames as they are. */
  private List<String> scored() {
    List<String> names = new ArrayList<>();
    for (PaperReading reading : scale.readings()) {
      for (String name : scale.classifiers(reading)) {
        if (reading.isThermal() || !name.equals(reading.softness())) {
          names.add(name);
        }
      }
    }
    return names;
  }

  private boolean monitor(String job, List<FrameUri> frames, double until, List<String> more)
      throws FailureException, IOException {
    Path folder = output.job(job);
    if (Files.exists(folder.resolve("DONE"))) {
      people.println("Stage " + job + ": done");
      return true;
    }
    people.println("Stage " + job + ": " + frames + " until " + until + " tau");
    String study = job.startsWith(PaperFolder.STATISTICS) ? PaperFolder.STATISTICS : job;
    List<String> words = new ArrayList<>(List.of("monitor", "--study", study));
    for (FrameUri each : frames) {
      words.add("--frames");
      words.add(each.toString());
    }
    words.addAll(List.of("--until", String.valueOf(until), "--output", folder.toString()));
    words.addAll(List.of("--runner", runner));
    words.addAll(more);
    StageCost cost = StageCost.now();
    int exit = program.applyAsInt(words.toArray(String[]::new));
    cost.addTo(output.cost(study));
    if (exit != 0) {
      throw new FailureException("stage " + job + " failed (see " + folder + "/logs)");
    }
    return Files.exists(folder.resolve("DONE"));
  }
}
