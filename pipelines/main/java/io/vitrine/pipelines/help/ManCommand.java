package io.vitrine.pipelines.help;

import io.vitrine.pipelines.run.Program;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code vitrine man}: the manual page. */
@Command(
    name = "man",
    description = "Print the manual page, in roff.",
    footer = {"man > vitrine.1", "man | man -l -"},
    mixinStandardHelpOptions = true)
public final class ManCommand implements Callable<Integer> {
  @Spec private CommandSpec self;

  @Override
  public Integer call() {
    System.out.print(ManPage.of(self.root().commandLine(), "vitrine " + Program.VERSION));
    return 0;
  }
}
