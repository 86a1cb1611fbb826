package io.vitrine.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitrine.Patience;
import io.vitrine.model.Frame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * Programs that are not ours, asked by integration tests; a test is skipped where one is absent.
 */
public final class Peer {
  /** Debian's Python, which has the Debian modules; another one in the PATH has not. */
  private static final Path PYTHON = Path.of("/usr/bin/python3");

  private static final Path LMP = Path.of("/usr/bin/lmp");

  private Peer() {}

  public static void needPython(String... modules) {
    Assumptions.assumeTrue(Files.exists(PYTHON), "skipped: /usr/bin/python3 is not there");
    for (String module : modules) {
      Assumptions.assumeTrue(
          run(List.of(PYTHON.toString(), "-W", "ignore", "-c", "import " + module)).code() == 0,
          "skipped: /usr/bin/python3 has no module " + module);
    }
  }

  public static void needLammps() {
    Assumptions.assumeTrue(Files.exists(LMP), "skipped: /usr/bin/lmp is not there");
  }

  /** What a program printed and its exit code. */
  record Result(int code, String output, String errors) {}

  /** Runs a Python program to its end; fails unless it exits with 0. */
  public static String python(String program, Object... arguments) {
    Result result = run(pythonCommand(program, arguments));
    assertThat(result.code()).as(result.errors()).isZero();
    return result.output();
  }

  /** Reads a file that grows until it has given so many frames. */
  public static void readAll(TrajectoryReader reader, int count, List<Frame> frames)
      throws Exception {
    Patience.until(
        () -> {
          for (Frame frame = reader.next(); frame != null; frame = reader.next()) {
            frames.add(frame);
          }
          return frames.size() >= count;
        },
        frames::size);
  }

  /** Starts a Python program. */
  public static Process startPython(String program, Object... arguments) throws IOException {
    return start(pythonCommand(program, arguments));
  }

  private static List<String> pythonCommand(String program, Object... arguments) {
    List<String> command =
        new ArrayList<>(List.of(PYTHON.toString(), "-W", "ignore", "-c", program));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return command;
  }

  static Process start(List<String> command) throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(Files.createTempFile("peer", ".log").toFile())
        .start();
  }

  static Result run(List<String> command) {
    try {
      Path log = Files.createTempFile("peer", ".log");
      Path errors = Files.createTempFile("peer", ".err");
      Process process =
          new ProcessBuilder(command)
              .redirectError(errors.toFile())
              .redirectOutput(log.toFile())
              .start();
      try {
        return new Result(Patience.exit(process), Files.readString(log), Files.readString(errors));
      } finally {
        process.destroyForcibly();
        Files.deleteIfExists(log);
        Files.deleteIfExists(errors);
      }
    } catch (IOException e) {
      return new Result(-1, "", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Result(-1, "", e.toString());
    }
  }
}
