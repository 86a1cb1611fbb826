package io.vitrine.runner.flink;

import io.vitrine.pipelines.Vitrine;
import java.util.List;

/** The command line on Flink. */
public final class FlinkMain {
  private FlinkMain() {}

  /** Runs a command and leaves with its exit code. */
  public static void main(String[] args) {
    System.exit(Vitrine.run(List.of(new EmbeddedFlink()), args));
  }
}
