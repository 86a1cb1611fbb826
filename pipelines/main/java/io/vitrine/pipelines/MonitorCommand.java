package io.vitrine.pipelines;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitrine.analysis.AnalysisSpec;
import io.vitrine.analysis.BurstFolder;
import io.vitrine.learning.ModelJson;
import io.vitrine.model.Check;
import io.vitrine.results.ModelRow;
import io.vitrine.results.ResultRow;
import io.vitrine.results.ResultsReader;
import io.vitrine.results.ResultsStore;
import io.vitrine.results.RunState;
import io.vitrine.results.SimulationStatus;
import io.vitrine.results.StoreException;
import io.vitrine.serving.AlarmThresholds;
import io.vitrine.serving.AlarmWatch;
import io.vitrine.serving.Dashboard;
import io.vitrine.streaming.io.FrameIO;
import io.vitrine.streaming.io.FrameOptions;
import io.vitrine.streaming.io.FrameUri;
import io.vitrine.streaming.transforms.CaptureBursts;
import io.vitrine.streaming.transforms.RetrainModel;
import io.vitrine.streaming.transforms.SimulationInfo;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code vitrine monitor}: the main job, live. */
@Command(
    name = "monitor",
    description = "Watch simulations while they run.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class MonitorCommand implements Callable<Integer> {
  private final List<Runtime> runtimes;

  @Spec private CommandSpec self;

  @Mixin private MonitorOptions options = new MonitorOptions();

  private boolean resumed;
  private Dashboard dashboard;
  private AlarmThresholds thresholds;
  private AlarmWatch alarms;

  MonitorCommand(List<Runtime> runtimes) {
    this.runtimes = runtimes;
  }

  @Override
  public Integer call() throws Exception {
    long started = System.nanoTime();
    StudyConfig config = StudyConfig.complete(self, options.study);
    options.study = config.nameOr(options.study);
    PrintStream people = options.json ? System.err : System.out;
    Study study = Study.of(options);
    thresholds = AlarmThresholds.of(config.alarms());
    if (options.printConfig) {
      System.out.print(config.text(study));
      return 0;
    }
    Runtime runtime = runtime();
    Path output = study.output();
    if (options.fresh) {
      RunFolder.moveAside(output);
    }
    System.setProperty("vitrine.logs", output.resolve("logs").toAbsolutePath().toString());
    try (RunFolder folder = RunFolder.open(output)) {
      return run(runtime, study, folder, people, started);
    } finally {
      if (alarms != null) {
        alarms.close();
      }
      if (dashboard != null) {
        dashboard.close();
      }
    }
  }

  private Runtime runtime() {
    for (Runtime runtime : runtimes) {
      if (runtime.name().equals(options.runner)) {
        return onCluster(runtime);
      }
    }
    throw Check.refuse("--runner", "be flink or direct", "'" + options.runner + "'");
  }

  private Runtime onCluster(Runtime runtime) {
    Check.within("--parallelism", options.parallelism, 0, 512);
    if (options.flinkMaster != null) {
      return runtime.onCluster(options.flinkMaster, options.parallelism);
    }
    if (options.detach || options.parallelism > 0) {
      throw Check.refuse(
          options.detach ? "--detach" : "--parallelism", "go with --flink-master", "alone");
    }
    return runtime;
  }

  private Integer run(
      Runtime runtime, Study study, RunFolder folder, PrintStream people, long started)
      throws Exception {
    String storeUrl = options.store == null ? folder.storeUrl() : options.store;
    ResultsStore.check(storeUrl);
    StudySpec spec = study.spec();
    JsonNode before = folder.description();
    refuseAnotherStudy(before, spec, folder);
    if (before != null) {
      spec = study.spec(before.path("tail_capacity").asInt(spec.analysis().tailCapacity()));
    }
    Finishing finishing = new Finishing(spec, folder, storeUrl, study.exports());
    if (folder.isDone()) {
      people.println("Run " + folder.root() + " is done already; --fresh starts it anew.");
      Finishing.Made made = finishing.make();
      return report(study, folder, storeUrl, made, people, started, false, true);
    }
    Map<String, Preflight> looks = new LinkedHashMap<>();
    for (FrameUri uri : spec.frames().values()) {
      Preflight look = Preflight.of(uri, spec.analysis(), study.until());
      looks.put(uri.id(), look);
      if (uri.scheme() == FrameUri.Scheme.IMD) {
        people.println(uri.id() + ": connects as soon as an engine listens at imd:" + uri.place());
      }
      if (!Double.isNaN(look.quenchSeconds())) {
        people.println(
            String.format(
                java.util.Locale.ROOT,
                "Quenching a frame of %s takes %.2f s of one core",
                uri.id(),
                look.quenchSeconds()));
      }
    }
    int capacity =
        before == null
            ? capacity(looks, spec.analysis())
            : before.path("tail_capacity").asInt(spec.analysis().tailCapacity());
    spec = study.spec(capacity);
    finishing = new Finishing(spec, folder, storeUrl, study.exports());
    describe(spec, folder, storeUrl, runtime, capacity);
    Map<String, SimulationInfo> infos = infos(spec, looks, study.until());
    List<ResultRow> rows = new ArrayList<>();
    infos.values().forEach(info -> rows.add(info.row(RunState.RUNNING, "")));
    for (Map.Entry<String, String> e : spec.models().entrySet()) {
      String version = ModelJson.fingerprint(ModelJson.parse(e.getKey(), e.getValue()));
      rows.add(new ModelRow(spec.study(), e.getKey(), version, e.getValue()));
    }
    Runtime.Job job;
    try (Interrupts interrupts = Interrupts.take();
        ResultsStore store = ResultsStore.open(storeUrl)) {
      store.apply(rows);
      if (options.ui != null) {
        dashboard = ServeCommand.start(storeUrl, options.ui, thresholds);
        people.println("Page: " + dashboard.address());
      }
      if (options.alarmCommand != null) {
        alarms =
            AlarmWatch.start(
                storeUrl, spec.study(), thresholds, options.alarmCommand, System.err::println);
      }
      job = runtime.start(graph(spec, infos, storeUrl, folder), settings(study, folder), folder);
      resumed = job.resumed();
      if (resumed) {
        people.println("Going on from the last checkpoint in " + folder.checkpoints());
      }
      if (options.detach) {
        return detached(folder, storeUrl, people);
      }
      Runtime.State state = watch(job, interrupts, spec, storeUrl, study.until(), people);
      if (state == Runtime.State.FAILED) {
        throw new FailureException(job.failure());
      }
      Finishing.Made made = finishing.make();
      if (state == Runtime.State.PAUSED) {
        paused(store, storeUrl, spec.study(), infos);
        people.println("Paused. To go on: " + command());
        return report(study, folder, storeUrl, made, people, started, true, false);
      }
      if (options.train != null && made.trainingSet() != null) {
        TrainCommand.train(
            List.of(made.trainingSet()),
            null,
            0,
            io.vitrine.learning.TrainOptions.standard(Vitrine.VERSION),
            folder.root().resolve("model.json"),
            people);
      }
      folder.markDone();
      return report(study, folder, storeUrl, made, people, started, false, false);
    }
  }

  /** What ran is paused now, not stalled. */
  private static void paused(
      ResultsStore store, String storeUrl, String study, Map<String, SimulationInfo> infos)
      throws StoreException {
    List<ResultRow> rows = new ArrayList<>();
    try (ResultsReader reader = ResultsReader.open(storeUrl)) {
      for (SimulationStatus status : reader.simulations(study)) {
        SimulationInfo info = infos.get(status.simulation().simulation());
        if (info != null && status.simulation().state() == RunState.RUNNING) {
          rows.add(info.row(RunState.PAUSED, ""));
        }
      }
    }
    store.apply(rows);
  }

  private Integer detached(RunFolder folder, String storeUrl, PrintStream people) {
    people.println("Runs on " + options.flinkMaster + ". The same command without --detach");
    people.println("attaches; ./vitrine stop --output " + folder.root() + " pauses it.");
    if (options.json) {
      ObjectNode node = new com.fasterxml.jackson.databind.ObjectMapper().createObjectNode();
      node.put("detached", true).put("output", folder.root().toString()).put("store", storeUrl);
      System.out.println(node);
    }
    return 0;
  }

  /** The command that goes on with this run: what was typed, but for a fresh start. */
  private String command() {
    StringBuilder text = new StringBuilder("./vitrine");
    for (String word : self.commandLine().getParent().getParseResult().originalArgs()) {
      if (!word.equals("--fresh")) {
        text.append(' ');
        text.append(
            word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'");
      }
    }
    return text.toString();
  }

  private static void refuseAnotherStudy(JsonNode before, StudySpec spec, RunFolder folder)
      throws FailureException {
    if (before == null) {
      return;
    }
    ObjectNode now = spec.describe();
    for (var fields = now.fields(); fields.hasNext(); ) {
      Map.Entry<String, JsonNode> field = fields.next();
      JsonNode old = before.get(field.getKey());
      if (old != null && !old.equals(field.getValue())) {
        throw new FailureException(
            folder.root()
                + ": holds a run with "
                + field.getKey()
                + " "
                + old
                + ", expected "
                + field.getValue()
                + " (take another --output, or --fresh, which moves the old run aside)");
      }
    }
  }

  private static int capacity(Map<String, Preflight> looks, AnalysisSpec spec) {
    long largest = 0;
    for (Preflight look : looks.values()) {
      if (look.frames() < 0 || look.targets() < 0) {
        return spec.tailCapacity();
      }
      long windows = Math.max(0, look.frames() - spec.window().frames() + 1);
      largest = Math.max(largest, Math.round(spec.tailFraction() * windows * look.targets()));
    }
    return (int) Math.max(1, Math.min(largest, 10_000_000));
  }

  private void describe(
      StudySpec spec, RunFolder folder, String storeUrl, Runtime runtime, int capacity)
      throws FailureException {
    ObjectNode node = spec.describe();
    node.put("tail_capacity", capacity);
    node.put("version", Vitrine.VERSION);
    node.put("runner", runtime.name());
    node.put("store", storeUrl);
    ObjectNode frames = node.putObject("frames");
    spec.frames().forEach((id, uri) -> frames.put(id, uri.toString()));
    if (!Double.isNaN(options.until)) {
      node.put("until", options.until);
    }
    folder.describe(node);
  }

  private static Map<String, SimulationInfo> infos(
      StudySpec spec, Map<String, Preflight> looks, double until) {
    Map<String, SimulationInfo> infos = new LinkedHashMap<>();
    spec.frames()
        .forEach(
            (id, uri) ->
                infos.put(
                    id,
                    new SimulationInfo(
                        spec.study(),
                        id,
                        uri.identity(),
                        uri.scheme().text(),
                        spec.analysis().convention().label(),
                        uri.temperature(),
                        looks.get(id).particles(),
                        looks.get(id).targets(),
                        spec.analysis().intervalMillis(),
                        spec.analysis().windowMillis(),
                        until,
                        looks.get(id).frames())));
    return infos;
  }

  private static MonitorPipeline graph(
      StudySpec spec, Map<String, SimulationInfo> infos, String storeUrl, RunFolder folder) {
    long every = spec.retrainMillis();
    return new MonitorPipeline(
        FrameIO.read(List.copyOf(infos.keySet())),
        spec.study(),
        infos,
        spec.analysis(),
        spec.models(),
        storeUrl,
        every == 0
            ? null
            : new RetrainModel.Schedule(
                every,
                folder.shards().toString(),
                folder.models().toString(),
                Finishing.temperature(spec),
                Vitrine.VERSION),
        spec.capture() == null
            ? null
            : new CaptureBursts.Target(spec.capture(), folder.capture().toString()),
        folder.shards());
  }

  private static java.util.function.Consumer<FrameOptions> settings(Study study, RunFolder folder) {
    Map<String, String> frames = new LinkedHashMap<>();
    study.spec().frames().forEach((id, uri) -> frames.put(id, uri.absolute().toString()));
    return options -> {
      options.setFrames(frames);
      options.setSpool(folder.root().resolve("spool").toString());
      options.setUntil(study.until());
      options.setIntervalMillis(study.spec().analysis().intervalMillis());
    };
  }

  private static List<Path> bursts(Study study, RunFolder folder) {
    try {
      return study.spec().capture() == null ? List.of() : BurstFolder.files(folder.capture());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Runtime.State watch(
      Runtime.Job job,
      Interrupts interrupts,
      StudySpec spec,
      String storeUrl,
      double until,
      PrintStream people)
      throws Exception {
    LiveLine line = new LiveLine(people, until, spec.frames());
    try (ResultsReader store = ResultsReader.open(storeUrl)) {
      long drawAt = System.nanoTime() + line.pauseMillis() * 1_000_000;
      while (true) {
        Runtime.State state = job.await(Duration.ofMillis(100));
        boolean ended = state != Runtime.State.RUNNING;
        if (ended || System.nanoTime() >= drawAt) {
          drawQuietly(line, store, spec.study());
          drawAt = System.nanoTime() + line.pauseMillis() * 1_000_000;
        }
        if (ended) {
          line.end();
          return state;
        }
        if (interrupts.came()) {
          line.end();
          people.println("Pausing: one more checkpoint ...");
          job.pause();
          return Runtime.State.PAUSED;
        }
      }
    }
  }

  /** A store that is busy for a moment costs a glimpse, not the run. */
  private static void drawQuietly(LiveLine line, ResultsReader store, String study) {
    try {
      line.draw(store, study);
    } catch (StoreException e) {
      org.slf4j.LoggerFactory.getLogger(MonitorCommand.class).warn("live line: {}", e.toString());
    }
  }

  private Integer report(
      Study study,
      RunFolder folder,
      String storeUrl,
      Finishing.Made made,
      PrintStream people,
      long started,
      boolean paused,
      boolean alreadyDone)
      throws StoreException {
    Summary summary =
        Summary.of(storeUrl, study.spec().study(), study.spec().frames().keySet())
            .finished(made, study.spec().models().keySet(), folder.root(), storeUrl)
            .captured(bursts(study, folder))
            .seconds((System.nanoTime() - started) * 1e-9);
    if (resumed) {
      summary.flag("resumed", true);
    }
    if (paused) {
      summary.flag("paused", true);
    }
    if (alreadyDone) {
      summary.flag("already_done", true);
    }
    people.println(summary.text());
    made.files().stream().filter(Files::exists).forEach(f -> people.println("  " + f));
    people.println("  " + storeUrl);
    summary.failures().forEach(f -> System.err.println("vitrine: " + f));
    if (!summary.failures().isEmpty()) {
      summary.error(summary.failures().get(0));
    }
    if (options.json) {
      System.out.println(summary.json());
    }
    return summary.failures().isEmpty() ? 0 : 1;
  }
}
