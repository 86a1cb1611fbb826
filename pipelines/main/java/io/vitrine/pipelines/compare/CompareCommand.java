package io.vitrine.pipelines.compare;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.analysis.window.HopFrame;
import io.vitrine.dynamics.UnusableException;
import io.vitrine.format.OutputFile;
import io.vitrine.format.WholeFile;
import io.vitrine.model.FeatureSets;
import io.vitrine.pipelines.run.FailureException;
import io.vitrine.pipelines.run.JsonSummary;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vitrine compare-learners}: each learner and each list of features on the same streams. */
@Command(
    name = "compare-learners",
    description = {
      "Train each learner on each list of features from the same windows and compare r, accuracy,",
      "transfer, cost, samples needed and energy barriers."
    },
    footer = {
      "compare-learners --study learners.yaml",
      "compare-learners --study learners.yaml --output runs/learners"
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class CompareCommand implements Callable<Integer> {
  /** Windows trained on share no frame. */
  private static final long APART_MILLIS = AnalysisSpec.standard().windowMillis();

  @Option(
      names = "--study",
      paramLabel = "FILE.yaml",
      required = true,
      description = {
        "frames (URIs; the first is trained on), until, train-until, every (tau between windows",
        "scored), tail-fraction, features"
      })
  private Path study;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "folder for learners.md and learners.json (default: ${DEFAULT-VALUE})")
  private Path output = Path.of("runs/learners");

  @Mixin private JsonSummary json = new JsonSummary();

  @Override
  public Integer call() throws Exception {
    PrintStream people = json.people();
    CompareStudy asked = CompareStudy.read(study);
    AnalysisSpec spec = AnalysisSpec.standard();
    try {
      List<Compared> all = compare(asked, spec, people);
      Map<String, Object> report = new LinkedHashMap<>();
      report.put("study", asked);
      report.put("learners", all.stream().map(each -> each.report(all.get(0))).toList());
      String page = ComparePage.of(all);
      OutputFile.prepare(output.resolve("learners.md"));
      WholeFile.write(output.resolve("learners.md"), page);
      WholeFile.write(
          output.resolve("learners.json"),
          new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(report) + "\n");
      people.print(page);
      people.println("  " + output.resolve("learners.json"));
      json.print(report);
      return 0;
    } catch (UnusableException e) {
      throw new FailureException(e.getMessage(), e);
    }
  }

  private static List<Compared> compare(CompareStudy asked, AnalysisSpec spec, PrintStream people)
      throws IOException, UnusableException {
    List<KeptWindows> streams = new ArrayList<>();
    for (String uri : asked.frames()) {
      Cost cost = new Cost();
      KeptWindows kept = KeptWindows.read(uri, spec, asked.until(), asked.every());
      people.printf(
          Locale.ROOT,
          "%s: %d windows, %.0f s of CPU%n",
          uri,
          kept.windows().size(),
          cost.seconds());
      streams.add(kept);
    }
    List<HopFrame> trained = apart(streams.get(0).before(asked.trainUntil(), spec));
    List<Compared.Tested> tests = new ArrayList<>();
    for (int s = 0; s < streams.size(); s++) {
      KeptWindows stream = streams.get(s);
      List<HopFrame> windows = s == 0 ? stream.after(asked.trainUntil(), spec) : stream.windows();
      tests.add(new Compared.Tested(stream.name(), stream.temperature(), windows));
    }
    List<Compared> all = new ArrayList<>();
    for (String features : asked.features()) {
      Described described = Described.of(FeatureSets.parse(features), trained, spec);
      for (Learner learner : Learner.values()) {
        all.add(Compared.of(learner, described, trained, tests, spec, asked.tailFraction()));
        people.printf("%s on %s is done%n", learner.text(), features);
      }
    }
    return all;
  }

  private static List<HopFrame> apart(List<HopFrame> windows) {
    List<HopFrame> some = new ArrayList<>();
    for (HopFrame window : windows) {
      if (some.isEmpty()
          || window.timeMillis() >= some.get(some.size() - 1).timeMillis() + APART_MILLIS) {
        some.add(window);
      }
    }
    return some;
  }
}
