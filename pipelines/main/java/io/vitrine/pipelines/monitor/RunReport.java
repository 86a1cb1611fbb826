package io.vitrine.pipelines.monitor;

import io.vitrine.analysis.bursts.BurstFolder;
import io.vitrine.format.FileTrouble;
import io.vitrine.pipelines.run.FailureException;
import io.vitrine.pipelines.run.Program;
import io.vitrine.pipelines.run.RunFolder;
import io.vitrine.results.ResultsReader;
import io.vitrine.results.StoreException;
import io.vitrine.serving.alarms.AlarmThresholds;
import io.vitrine.serving.alarms.Study;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a run says when it ends: what was found, where things are and what to try next for people,
 * with {@code --json} one line for machines.
 */
final class RunReport {
  /** How a run can have ended or begun; the name is the key in the summary. */
  enum Mark {
    RESUMED,
    PAUSED,
    ALREADY_DONE
  }

  /** Temperatures that a barrier needs. */
  private static final int FEWEST_TEMPERATURES = 3;

  private final PreparedRun run;
  private final AlarmThresholds thresholds;
  private final PrintStream people;
  private final boolean json;
  private final long startedNanos;
  private final Set<Mark> marks = new LinkedHashSet<>();

  RunReport(
      PreparedRun run,
      AlarmThresholds thresholds,
      PrintStream people,
      boolean json,
      long startedNanos) {
    this.run = run;
    this.thresholds = thresholds;
    this.people = people;
    this.json = json;
    this.startedNanos = startedNanos;
  }

  RunReport mark(Mark mark) {
    marks.add(mark);
    return this;
  }

  /** Prints it; returns the exit code, 1 where a simulation ended with an error. */
  int print(Finishing.Made made) throws FailureException, StoreException {
    Set<String> simulations = run.spec().frames().keySet();
    Summary summary;
    List<String> found;
    try (ResultsReader store = ResultsReader.open(run.store())) {
      Study study =
          Study.look(
              store, run.spec().study(), run.store(), thresholds, System.currentTimeMillis());
      summary = Summary.of(study, store, simulations);
      found = new Findings(study, store, run.spec().analysis()).lines(simulations);
    }
    summary
        .finished(made, run.spec().models().keySet(), run.folder().root(), run.store())
        .captured(bursts())
        .seconds((System.nanoTime() - startedNanos) * 1e-9);
    marks.forEach(mark -> summary.flag(mark.name().toLowerCase(java.util.Locale.ROOT), true));
    people.println(summary.counts());
    found.forEach(people::println);
    summary.results().forEach(people::println);
    people.println("In " + RunFolder.shown(run.folder().root()) + ":");
    files(made).forEach(f -> people.println("  " + f));
    summary.failures().forEach(f -> System.err.println("vitrine: " + f));
    if (!summary.failures().isEmpty()) {
      summary.error(summary.failures().get(0));
    } else if (!marks.contains(Mark.PAUSED)) {
      people.println("Next:");
      next(made).forEach(command -> people.println("  ./vitrine " + command));
    }
    if (json) {
      System.out.println(summary.json());
    }
    return summary.failures().isEmpty() ? 0 : 1;
  }

  /** Files that were made, in the folder by their names there; the store where it is elsewhere. */
  private List<String> files(Finishing.Made made) {
    Path root = run.folder().root();
    List<String> files = new ArrayList<>();
    boolean inFolder = run.store().equals(run.folder().storeUrl());
    files.add(inFolder ? root.relativize(store()).toString() : run.store());
    for (Path file : made.files()) {
      Path path = file.toAbsolutePath().normalize();
      if (Files.exists(path)) {
        files.add(path.startsWith(root) ? root.relativize(path).toString() : RunFolder.shown(path));
      }
    }
    return files;
  }

  private Path store() {
    return Path.of(run.folder().storeUrl().substring("jdbc:sqlite:".length()));
  }

  /** What one does with such a run. */
  private List<String> next(Finishing.Made made) {
    String folder = shown(run.folder().root());
    List<String> commands = new ArrayList<>();
    Path model = run.folder().root().resolve("model.json");
    if (made.trainingSet() != null && !Files.exists(model)) {
      commands.add("train " + shown(made.trainingSet()) + " --output " + shown(model));
    }
    long temperatures =
        run.spec().frames().values().stream()
            .map(uri -> uri.temperature())
            .filter(t -> !Double.isNaN(t))
            .distinct()
            .count();
    if (temperatures >= FEWEST_TEMPERATURES && !run.spec().models().isEmpty()) {
      commands.add(
          "analyze --store "
              + folder
              + " --output "
              + shown(run.folder().root().resolve("figures")));
    }
    commands.add("serve " + folder);
    return commands;
  }

  private static String shown(Path path) {
    return Program.quoted(RunFolder.shown(path));
  }

  private List<Path> bursts() throws FailureException {
    try {
      return run.spec().capture() == null ? List.of() : BurstFolder.files(run.folder().capture());
    } catch (IOException e) {
      throw new FailureException(FileTrouble.of(e), e);
    }
  }
}
