package io.vitrine.runner.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckpointsTest {
  private static final String JOB = "0123456789abcdef0123456789abcdef";

  @TempDir private Path folder;

  @Test
  void stopped_savepointOfAnEarlierJob_isNotOfThisOne() throws IOException {
    Checkpoints checkpoints = new Checkpoints(folder);
    complete("savepoint-fedcba-0a1b2c3d4e5f");
    assertThat(checkpoints.stopped(JOB)).isFalse();
    complete("savepoint-012345-0a1b2c3d4e5f");
    assertThat(checkpoints.stopped(JOB)).isTrue();
  }

  @Test
  void stopped_savepointThatIsNotComplete_isNone() throws IOException {
    Files.createDirectories(folder.resolve("savepoint-012345-0a1b2c3d4e5f"));
    assertThat(new Checkpoints(folder).stopped(JOB)).isFalse();
  }

  @Test
  void stopped_noFolder_isFalse() throws IOException {
    assertThat(new Checkpoints(folder.resolve("none")).stopped(JOB)).isFalse();
  }

  private void complete(String name) throws IOException {
    Files.createFile(Files.createDirectories(folder.resolve(name)).resolve("_metadata"));
  }
}
