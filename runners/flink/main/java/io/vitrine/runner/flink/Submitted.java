package io.vitrine.runner.flink;

import io.vitrine.pipelines.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The job that a run folder's study is on a cluster, as {@code conf/job} keeps it.
 *
 * @param address of the cluster, {@code HOST:PORT}
 * @param id its number there
 * @param parallelism it was submitted with, tasks a step
 */
record Submitted(String address, String id, int parallelism) {

  void keepIn(RunFolder folder) throws IOException {
    Files.writeString(file(folder), address + " " + id + " " + parallelism + "\n");
  }

  static Optional<Submitted> of(RunFolder folder) throws IOException {
    if (!Files.exists(file(folder))) {
      return Optional.empty();
    }
    String[] words = Files.readString(file(folder)).trim().split(" ", -1);
    // Earlier builds did not write the parallelism.
    int parallelism = words.length > 2 ? Integer.parseInt(words[2]) : 0;
    return Optional.of(new Submitted(words[0], words[1], parallelism));
  }

  private static Path file(RunFolder folder) {
    return folder.conf().resolve("job");
  }
}
