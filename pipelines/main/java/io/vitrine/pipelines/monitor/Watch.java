package io.vitrine.pipelines.monitor;

import io.vitrine.pipelines.run.Interrupts;
import io.vitrine.pipelines.run.Runtime;
import io.vitrine.results.ResultsReader;
import io.vitrine.results.StoreException;
import java.io.PrintStream;
import java.time.Duration;
import org.slf4j.LoggerFactory;

/** Watches a job until it ends or Ctrl-C comes, and shows people how far it is meanwhile. */
final class Watch {
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);

  private final PreparedRun run;
  private final PrintStream people;

  Watch(PreparedRun run, PrintStream people) {
    this.run = run;
    this.people = people;
  }

  /** Returns how the job ended: done, failed, or paused by Ctrl-C. */
  Runtime.State untilEnd(Runtime.Job job, Interrupts interrupts, LiveView view) throws Exception {
    try (ResultsReader store = ResultsReader.open(run.store())) {
      TroubleLog troubles = new TroubleLog(view);
      Notices notices = new Notices(store, run.spec().study(), view::say);
      while (true) {
        Runtime.State state = job.await(LOOK_EVERY);
        boolean ended = state != Runtime.State.RUNNING;
        if (!ended) {
          troubles.hear(job.trouble());
        }
        if (ended || notices.isDue()) {
          attempt("notices", () -> notices.tell(store));
        }
        if (ended || view.isDue()) {
          attempt("live table", () -> view.look(store, troubles.now()));
        }
        view.resize();
        if (ended) {
          return state;
        }
        if (interrupts.came()) {
          view.clear();
          people.println("Pausing: one more checkpoint ... (Ctrl-C again ends at once)");
          job.pause();
          return Runtime.State.PAUSED;
        }
      }
    }
  }

  /** Something that asks the store. */
  private interface Look {
    void look() throws StoreException;
  }

  /** A store that is busy for a moment skips one look and does not end the run. */
  private static void attempt(String what, Look look) {
    try {
      look.look();
    } catch (StoreException e) {
      LoggerFactory.getLogger(Watch.class).warn("{}: {}", what, e.toString());
    }
  }
}
