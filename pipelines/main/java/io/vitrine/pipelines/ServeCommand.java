package io.vitrine.pipelines;

import io.vitrine.serving.AlarmThresholds;
import io.vitrine.serving.AlarmWatch;
import io.vitrine.serving.Dashboard;
import io.vitrine.serving.ServingOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code vitrine serve}: the page and the metrics over any results store. */
@Command(
    name = "serve",
    description = "Show a results store as a live page with metrics.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ServeCommand implements Callable<Integer> {
  /** Where the page is when no address is given. */
  static final String DEFAULT_ADDRESS = "127.0.0.1:8088";

  @Option(
      names = "--store",
      required = true,
      paramLabel = "JDBC-URL",
      description = "results store that exists")
  private String store;

  @Option(
      names = "--ui",
      paramLabel = "HOST:PORT",
      description =
          "where to listen (default: ${DEFAULT-VALUE}); not local: VITRINE_TOKEN is asked")
  private String address = DEFAULT_ADDRESS;

  @Option(
      names = "--study",
      paramLabel = "FILE.yaml",
      description = "study file whose alarms: section counts")
  private Path study;

  @Option(
      names = "--alarm-command",
      paramLabel = "PROGRAM",
      description = {
        "run this program, without arguments, when an alarm of any study goes on (at most one every",
        "5 s, ended after 10 s); it is told by VITRINE_ALARM, VITRINE_STUDY, VITRINE_SIMULATION,",
        "VITRINE_VALUE, VITRINE_TEXT"
      })
  private Path alarmCommand;

  @Override
  public Integer call() throws Exception {
    AlarmThresholds thresholds = thresholds();
    AlarmWatch alarms = null;
    try (Interrupts interrupts = Interrupts.take();
        Dashboard dashboard = start(store, address, thresholds)) {
      if (alarmCommand != null) {
        alarms = AlarmWatch.start(store, "", thresholds, alarmCommand, System.err::println);
      }
      System.out.println("Page: " + dashboard.address() + "  metrics: /metrics  Ctrl-C ends it.");
      while (!interrupts.came()) {
        Thread.sleep(100);
      }
    } finally {
      if (alarms != null) {
        alarms.close();
      }
    }
    return 0;
  }

  private AlarmThresholds thresholds() throws FailureException {
    return study == null
        ? AlarmThresholds.DEFAULT
        : AlarmThresholds.of(StudyFile.read(study).alarms());
  }

  static Dashboard start(String store, String address, AlarmThresholds thresholds)
      throws FailureException {
    int colon = address.lastIndexOf(':');
    int port;
    try {
      port = Integer.parseInt(address.substring(colon + 1));
    } catch (NumberFormatException e) {
      throw io.vitrine.model.Check.refuse("--ui", "be HOST:PORT", "'" + address + "'");
    }
    String host = colon > 0 ? address.substring(0, colon) : "127.0.0.1";
    String token = System.getenv().getOrDefault("VITRINE_TOKEN", "");
    try {
      return Dashboard.start(new ServingOptions(store, host, port, token, thresholds));
    } catch (IOException e) {
      throw new FailureException("page at " + address + ": " + RunFolder.reason(e), e);
    }
  }
}
