package io.vitrine.serving.alarms;

import io.vitrine.format.FileTrouble;
import io.vitrine.results.ResultsReader;
import io.vitrine.results.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Looks at the alarms of a study, or of all, every {@link #EVERY} and tells a program of each that
 * continues.
 *
 * <p>It has a thread and a reader of its own, so a slow program delays other alarms and nothing
 * else.
 */
public final class AlarmWatch implements AutoCloseable {
  static final Duration EVERY = Duration.ofSeconds(2);
  static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final Thread thread;

  private AlarmWatch(Runnable loop) {
    thread = new Thread(loop, "vitrine-alarms");
    thread.setDaemon(true);
  }

  /** Starts watching a study of a store, or, without a name, whatever studies there are. */
  public static AlarmWatch start(
      String store,
      String study,
      AlarmThresholds thresholds,
      Path program,
      Consumer<String> complaints)
      throws IOException {
    AlarmTeller teller = new AlarmTeller(new AlarmCommand(program, TIMEOUT), complaints);
    ResultsReader reader = ResultsReader.open(store);
    AlarmWatch watch =
        new AlarmWatch(() -> watch(teller, reader, store, study, thresholds, complaints));
    watch.thread.start();
    return watch;
  }

  private static void watch(
      AlarmTeller teller,
      ResultsReader reader,
      String store,
      String study,
      AlarmThresholds thresholds,
      Consumer<String> complaints) {
    try (reader) {
      while (true) {
        Thread.sleep(EVERY.toMillis());
        long now = System.currentTimeMillis();
        try {
          List<Study> studies = new ArrayList<>();
          for (String name : study.isEmpty() ? reader.studies() : List.of(study)) {
            studies.add(Study.look(reader, name, store, thresholds, now));
          }
          teller.take(studies, now);
        } catch (StoreException e) {
          complaints.accept("alarms: the results store does not answer: " + e.getMessage());
        }
      }
    } catch (InterruptedException e) {
      // Closed.
    } catch (IOException e) {
      complaints.accept("alarms: " + FileTrouble.of(e));
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
