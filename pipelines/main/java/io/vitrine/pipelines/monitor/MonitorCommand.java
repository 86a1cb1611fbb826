package io.vitrine.pipelines.monitor;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitrine.format.WholeFile;
import io.vitrine.format.run.VersionFolder;
import io.vitrine.learning.Model;
import io.vitrine.learning.TrainOptions;
import io.vitrine.model.Check;
import io.vitrine.pipelines.run.FailureException;
import io.vitrine.pipelines.run.HeapBound;
import io.vitrine.pipelines.run.Interrupts;
import io.vitrine.pipelines.run.LivePage;
import io.vitrine.pipelines.run.Program;
import io.vitrine.pipelines.run.RunFolder;
import io.vitrine.pipelines.run.Runtime;
import io.vitrine.pipelines.run.Screen;
import io.vitrine.pipelines.study.CheckedOptions;
import io.vitrine.pipelines.study.MonitorOptions;
import io.vitrine.pipelines.study.OptionOrigins;
import io.vitrine.pipelines.study.StudySpec;
import io.vitrine.pipelines.train.TrainingRun;
import io.vitrine.results.ResultsStore;
import io.vitrine.serving.alarms.AlarmThresholds;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code vitrine monitor}: the main job, live. Prepare ({@link PreparedRun}), start ({@link
 * RunGraph}), watch ({@link Watch}), finish ({@link Finishing}, {@link RunReport}).
 */
@Command(
    name = "monitor",
    description = "Watch simulations while they run.",
    footer = {
      "monitor --frames 'follow:run.lammpstrj?T=0.6&dt=0.005' --until 1000",
      "monitor --frames 'replay:a.gsd?T=0.5&dt=0.005' --ui --output runs/a"
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class MonitorCommand implements Callable<Integer> {
  private static final long PAUSE_MILLIS = 100;

  /** More threads a step are refused. */
  private static final int MOST_THREADS = 64;

  private final List<Runtime> runtimes;

  @Spec private CommandSpec self;

  @Mixin private MonitorOptions options = new MonitorOptions();

  public MonitorCommand(List<Runtime> runtimes) {
    this.runtimes = runtimes;
  }

  @Override
  public Integer call() throws Exception {
    long started = System.nanoTime();
    OptionOrigins origins = OptionOrigins.complete(self, options.study);
    options.study = origins.nameOr(options.study);
    PrintStream people = options.json ? System.err : System.out;
    CheckedOptions checked = CheckedOptions.of(options);
    AlarmThresholds thresholds = AlarmThresholds.of(origins.alarms());
    if (options.printConfig) {
      System.out.print(origins.text(checked));
      return 0;
    }
    Runtime runtime = runtime(checked.spec());
    PrintStream news =
        options.silent ? new PrintStream(OutputStream.nullOutputStream(), false, UTF_8) : people;
    news.println(
        "Starting study "
            + checked.spec().study()
            + " in "
            + checked.output()
            + ": "
            + PreparedRun.some(checked.spec().frames().keySet()));
    if (options.fresh) {
      RunFolder.moveAside(checked.output());
    }
    System.setProperty(
        "vitrine.logs", checked.output().resolve("logs").toAbsolutePath().toString());
    try (RunFolder folder = RunFolder.open(checked.output())) {
      folder.unpackHere();
      PreparedRun run = PreparedRun.of(checked, folder, news);
      Finishing finishing = new Finishing(run.spec(), folder, run.store(), checked.exports());
      RunReport report = new RunReport(run, thresholds, people, options.json, started);
      if (folder.isDone()) {
        people.println("Run " + folder.root() + " is done already; --fresh starts it anew.");
        return report.mark(RunReport.Mark.ALREADY_DONE).print(finishing.make());
      }
      run.describe(runtime.name(), options.flinkMaster == null ? threads(run.spec()) : 0);
      return run(runtime, run, thresholds, finishing, report, people);
    }
  }

  private Runtime runtime(StudySpec spec) {
    for (Runtime runtime : runtimes) {
      if (runtime.name().equals(options.runner)) {
        return placed(runtime, spec);
      }
    }
    throw Check.refuse("--runner", "be flink or direct", "'" + options.runner + "'");
  }

  private Runtime placed(Runtime runtime, StudySpec spec) {
    Check.within("--parallelism", options.parallelism, 0, 512);
    Check.within("--threads", options.threads, 0, MOST_THREADS);
    if (options.flinkMaster != null) {
      if (options.threads > 0) {
        throw Check.refuse(
            "--threads",
            "be left out with --flink-master (there it is --parallelism)",
            options.threads);
      }
      return runtime.onCluster(options.flinkMaster, options.parallelism);
    }
    if (options.detach || options.parallelism > 0) {
      throw Check.refuse(
          options.detach ? "--detach" : "--parallelism", "go with --flink-master", "alone");
    }
    return runtime.withThreads(threads(spec));
  }

  private int threads(StudySpec spec) {
    return options.threads > 0
        ? options.threads
        : Threads.of(spec.frames().values(), java.lang.Runtime.getRuntime().availableProcessors());
  }

  private Integer run(
      Runtime runtime,
      PreparedRun run,
      AlarmThresholds thresholds,
      Finishing finishing,
      RunReport report,
      PrintStream people)
      throws Exception {
    RunGraph graph = new RunGraph(run);
    try (Interrupts interrupts =
            Interrupts.take("Ended at once. To go on from the last checkpoint: " + command());
        ResultsStore store = ResultsStore.open(run.store());
        LivePage page = LivePage.over(run.store(), thresholds)) {
      store.apply(graph.rows());
      show(page, run, people);
      if (!options.silent) {
        people.println("Starting the job on " + where(runtime, run.spec()) + " ...");
      }
      Runtime.State state;
      try (Runtime.Job job = runtime.start(graph.pipeline(), graph.settings(), run.folder())) {
        if (job.resumed()) {
          people.println("Continuing from the last checkpoint in " + run.folder().checkpoints());
          report.mark(RunReport.Mark.RESUMED);
        }
        if (options.detach) {
          return detached(run, people);
        }
        try (LiveView view = new LiveView(run, thresholds, people, options.silent)) {
          state = new Watch(run, people).untilEnd(job, interrupts, view);
          if (state == Runtime.State.FAILED) {
            throw new FailureException(job.failure());
          }
          view.clear();
        }
      }
      Finishing.Made made = finishing.make();
      if (state == Runtime.State.PAUSED) {
        store.apply(graph.pausedRows());
        people.println("Paused. To continue: " + command());
        return report.mark(RunReport.Mark.PAUSED).print(made);
      }
      train(run, made, people);
      run.folder().markDone();
      int exit = report.print(made);
      stay(interrupts, people);
      return exit;
    }
  }

  private String where(Runtime runtime, StudySpec spec) {
    if (options.flinkMaster != null) {
      return runtime.name() + " at " + options.flinkMaster;
    }
    int threads = threads(spec);
    return runtime.place()
        + (threads == 1
            ? ", one thread a step, at most "
            : ", " + threads + " threads a step, at most ")
        + HeapBound.text()
        + " for objects";
  }

  private void show(LivePage page, PreparedRun run, PrintStream people)
      throws FailureException, IOException {
    if (options.ui != null) {
      people.println("Page: " + page.serve(options.ui));
    }
    if (options.alarmCommand != null) {
      page.tell(options.alarmCommand, run.spec().study());
    }
  }

  /** Keeps the page of a run that has ended for somebody who looks, until Ctrl-C. */
  private void stay(Interrupts interrupts, PrintStream people) throws InterruptedException {
    if (options.ui == null || options.uiExit || !Screen.isTerminal()) {
      return;
    }
    people.println("The page stays until Ctrl-C.");
    while (!interrupts.came()) {
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  private Integer detached(PreparedRun run, PrintStream people) {
    people.println("Runs on " + options.flinkMaster + ". The same command without --detach");
    people.println("attaches; ./vitrine stop --output " + run.folder().root() + " pauses it.");
    if (options.json) {
      ObjectNode node = new ObjectMapper().createObjectNode();
      node.put("detached", true).put("output", run.folder().root().toString());
      System.out.println(node.put("store", run.store()));
    }
    return 0;
  }

  /** The model at the end of a run, where one is wanted and there are samples. */
  private void train(PreparedRun run, Finishing.Made made, PrintStream people)
      throws FailureException, IOException {
    Path output = run.folder().root().resolve("model.json");
    if (run.spec().ridge() != null) {
      VersionFolder versions = VersionFolder.at(run.folder().models(), Model.LIVE);
      long newest = versions.newest();
      if (newest > 0) {
        WholeFile.write(output, versions.read(newest));
        people.println("Version " + newest + " of the regression: " + output);
      }
    } else if (options.train != null && made.trainingSet() != null) {
      TrainingRun.train(
          List.of(made.trainingSet()),
          null,
          0,
          TrainOptions.standard(Program.VERSION),
          output,
          people);
    }
  }

  /** The command that continues this run: what was typed, but for a fresh start. */
  private String command() {
    StringBuilder text = new StringBuilder("./vitrine");
    for (String word : self.commandLine().getParent().getParseResult().originalArgs()) {
      if (!word.equals("--fresh")) {
        text.append(' ').append(Program.quoted(word));
      }
    }
    return text.toString();
  }
}
