package io.vitrine.runner.direct;

import io.vitrine.pipelines.Vitrine;
import java.util.List;

/** The command line on the direct runner. */
public final class DirectMain {
  private DirectMain() {}

  /** Runs a command and leaves with its exit code. */
  public static void main(String[] args) {
    System.exit(Vitrine.run(List.of(new DirectRuntime()), args));
  }
}
