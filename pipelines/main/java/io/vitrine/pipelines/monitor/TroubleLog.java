package io.vitrine.pipelines.monitor;

import io.vitrine.pipelines.run.Runtime;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says on stderr and in the log, once each, what keeps a job from running and when it is over. */
final class TroubleLog {
  private static final Logger LOG = LoggerFactory.getLogger(TroubleLog.class);

  private final LiveView view;
  private Optional<Runtime.Trouble> now = Optional.empty();

  TroubleLog(LiveView view) {
    this.view = view;
  }

  Optional<Runtime.Trouble> now() {
    return now;
  }

  void hear(Optional<Runtime.Trouble> trouble) {
    if (!trouble.map(Runtime.Trouble::what).equals(now.map(Runtime.Trouble::what))) {
      say(trouble.map(t -> "the job " + t).orElse("the job runs as asked for again"));
    }
    now = trouble;
  }

  private void say(String text) {
    view.say("vitrine: " + text);
    LOG.info("{}", text);
  }
}
