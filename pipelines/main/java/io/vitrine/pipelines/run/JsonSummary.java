package io.vitrine.pipelines.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintStream;
import picocli.CommandLine.Option;

/**
 * The option {@code --json} of a command: stdout has one summary for machines and nothing else;
 * what is for people goes to stderr.
 */
public final class JsonSummary {
  @Option(names = "--json", description = "one machine-readable summary on stdout")
  private boolean asked;

  /** Whether the summary is asked for. */
  public boolean asked() {
    return asked;
  }

  /** Where a command writes for people. */
  public PrintStream people() {
    return asked ? System.err : System.out;
  }

  /** Writes the summary where it is asked for: a JSON node, or maps, lists and numbers. */
  public void print(Object summary) throws JsonProcessingException {
    if (asked) {
      System.out.println(new ObjectMapper().writeValueAsString(summary));
    }
  }
}
