package io.vitrine.serving.alarms;

import io.vitrine.model.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A person's program, told of an alarm by environment variables: {@code VITRINE_ALARM}, {@code
 * VITRINE_STUDY}, {@code VITRINE_SIMULATION}, {@code VITRINE_VALUE}, {@code VITRINE_TEXT}.
 *
 * <p>It is started as it is, without a shell and without arguments, so nothing a file or a producer
 * says can become a command; passwords and tokens of this process are kept from it. One that takes
 * longer than the timeout is ended, with its children.
 */
final class AlarmCommand {
  private static final Path NOTHING = Path.of("/dev/null");
  private static final List<String> SECRETS = List.of("PGPASSWORD", "VITRINE_TOKEN");

  private final Path program;
  private final Duration timeout;

  AlarmCommand(Path program, Duration timeout) {
    if (!Files.isRegularFile(program) || !Files.isExecutable(program)) {
      throw Check.refuse("--alarm-command", "be a program that can be run", program);
    }
    this.program = program.toAbsolutePath();
    this.timeout = timeout;
  }

  /** Runs the program; what went wrong, or an empty text. */
  String run(String study, Alarm alarm) throws InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(program.toString())
            .redirectInput(ProcessBuilder.Redirect.from(NOTHING.toFile()))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    Map<String, String> environment = builder.environment();
    SECRETS.forEach(environment::remove);
    environment.put("VITRINE_ALARM", alarm.kind());
    environment.put("VITRINE_STUDY", study);
    environment.put("VITRINE_SIMULATION", alarm.simulation());
    environment.put("VITRINE_VALUE", Double.isNaN(alarm.value()) ? "" : "" + alarm.value());
    environment.put("VITRINE_TEXT", alarm.text().replace('\0', ' '));
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      return program + " cannot be run: " + e.getMessage();
    }
    try {
      if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        return program + " took longer than " + timeout.toSeconds() + " s and was ended";
      }
      return process.exitValue() == 0 ? "" : program + " ended with " + process.exitValue();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
