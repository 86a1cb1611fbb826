package io.vitrine.pipelines.run;

import io.vitrine.model.Check;
import io.vitrine.serving.Dashboard;
import io.vitrine.serving.ServingOptions;
import io.vitrine.serving.alarms.AlarmThresholds;
import io.vitrine.serving.alarms.AlarmWatch;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What people are shown of a results store while a command runs: the page, and a program that is
 * run when an alarm is raised. Both are read from the store and end with {@link #close}.
 */
public final class LivePage implements AutoCloseable {
  /** Where the page is when no address is given. */
  public static final String DEFAULT_ADDRESS = "127.0.0.1:8088";

  private final String store;
  private final AlarmThresholds thresholds;
  private Dashboard dashboard;
  private AlarmWatch alarms;

  private LivePage(String store, AlarmThresholds thresholds) {
    this.store = store;
    this.thresholds = thresholds;
  }

  /** Neither page nor program yet. */
  public static LivePage over(String store, AlarmThresholds thresholds) {
    return new LivePage(store, thresholds);
  }

  /**
   * Starts the page and returns its address.
   *
   * @param address HOST:PORT; port 0 takes a free one
   */
  public String serve(String address) throws FailureException {
    int colon = address.lastIndexOf(':');
    int port;
    try {
      port = Integer.parseInt(address.substring(colon + 1));
    } catch (NumberFormatException e) {
      throw Check.refuse("--ui", "be HOST:PORT", "'" + address + "'");
    }
    String host = colon > 0 ? address.substring(0, colon) : "127.0.0.1";
    String token = System.getenv().getOrDefault("VITRINE_TOKEN", "");
    try {
      dashboard = Dashboard.start(new ServingOptions(store, host, port, token, thresholds));
    } catch (IOException e) {
      throw new FailureException("page at " + address + ": " + RunFolder.reason(e), e);
    }
    return dashboard.address().toString();
  }

  /**
   * Runs a program whenever an alarm is raised.
   *
   * @param study whose alarms, or empty for those of every study
   */
  public void tell(Path program, String study) throws IOException {
    alarms = AlarmWatch.start(store, study, thresholds, program, System.err::println);
  }

  @Override
  public void close() throws IOException {
    if (alarms != null) {
      alarms.close();
    }
    if (dashboard != null) {
      dashboard.close();
    }
  }
}
