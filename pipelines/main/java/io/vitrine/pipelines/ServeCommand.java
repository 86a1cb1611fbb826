package io.vitrine.pipelines;

import io.vitrine.model.Check;
import io.vitrine.pipelines.run.FailureException;
import io.vitrine.pipelines.run.Interrupts;
import io.vitrine.pipelines.run.LivePage;
import io.vitrine.pipelines.run.RunFolder;
import io.vitrine.pipelines.study.StudyFile;
import io.vitrine.serving.alarms.AlarmThresholds;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vitrine serve}: the page and the metrics over any results store. */
@Command(
    name = "serve",
    description = "Show a results store as a live page with metrics.",
    footer = {"serve runs/default", "serve jdbc:postgresql://db/vitrine --ui 0.0.0.0:8088"},
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class ServeCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "RUN",
      description = "run folder, store.sqlite or JDBC URL")
  private String named;

  @Option(names = "--store", paramLabel = "JDBC-URL", description = "the same as RUN")
  private String store;

  @Option(
      names = "--ui",
      paramLabel = "HOST:PORT",
      description =
          "where to listen (default: ${DEFAULT-VALUE}); an address that is not local needs"
              + " VITRINE_TOKEN")
  private String address = LivePage.DEFAULT_ADDRESS;

  @Option(
      names = "--study",
      paramLabel = "FILE.yaml",
      description = "study file whose alarms: section counts")
  private Path study;

  @Option(
      names = "--alarm-command",
      paramLabel = "PROGRAM",
      description = {
        "run this program, without arguments, when an alarm of any study is raised (at most one"
            + " every",
        "5 s, ended after 10 s); it is told by VITRINE_ALARM, VITRINE_STUDY, VITRINE_SIMULATION,",
        "VITRINE_VALUE, VITRINE_TEXT"
      })
  private Path alarmCommand;

  @Override
  public Integer call() throws Exception {
    if ((named == null) == (store == null)) {
      throw Check.refuse(
          "serve",
          "be given one run folder or store (./vitrine serve runs/default)",
          named == null ? "none" : named + " and --store");
    }
    String url = RunFolder.storeNamed(named == null ? store : named);
    try (Interrupts interrupts = Interrupts.take("Ended at once.");
        LivePage page = LivePage.over(url, thresholds())) {
      String served = page.serve(address);
      if (alarmCommand != null) {
        page.tell(alarmCommand, "");
      }
      System.out.println("Page: " + served + "  metrics: /metrics  Ctrl-C ends it.");
      while (!interrupts.came()) {
        Thread.sleep(100);
      }
    }
    return 0;
  }

  private AlarmThresholds thresholds() throws FailureException {
    return study == null
        ? AlarmThresholds.DEFAULT
        : AlarmThresholds.of(StudyFile.read(study).alarms());
  }
}
