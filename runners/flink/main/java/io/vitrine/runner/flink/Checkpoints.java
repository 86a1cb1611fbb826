package io.vitrine.runner.flink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Checkpoints and savepoints of a run folder.
 *
 * <p>Every start makes a folder of its own under {@code checkpoints/}; a process that is killed
 * leaves its own behind, perhaps with a last checkpoint that is not complete: only those with
 * {@code _metadata} count.
 */
final class Checkpoints {
  private static final String METADATA = "_metadata";

  private final Path root;

  Checkpoints(Path root) {
    this.root = root;
  }

  /** The newest complete checkpoint or savepoint. */
  Optional<Path> newest() throws IOException {
    if (!Files.isDirectory(root)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.walk(root, 3)) {
      List<Path> complete = files.filter(p -> p.getFileName().toString().equals(METADATA)).toList();
      return complete.stream()
          .max(Comparator.comparing(Checkpoints::modified))
          .map(Path::getParent);
    }
  }

  /** Whether the last thing that happened here was a stop with a savepoint. */
  boolean stopped() throws IOException {
    Optional<Path> newest = newest();
    return newest.isPresent() && newest.get().getFileName().toString().startsWith("savepoint-");
  }

  private static FileTime modified(Path path) {
    try {
      return Files.getLastModifiedTime(path);
    } catch (IOException e) {
      // Deleted while we looked: then it is not the newest.
      return FileTime.fromMillis(0);
    }
  }

  /**
   * Deletes everything but the folder of the running job, once that has a checkpoint itself; says
   * whether it had.
   */
  boolean keepOnly(String jobId) throws IOException {
    Optional<Path> newest = newest();
    if (newest.isEmpty() || !newest.get().startsWith(root.resolve(jobId))) {
      return false;
    }
    try (Stream<Path> entries = Files.list(root)) {
      for (Path entry : entries.toList()) {
        if (!entry.getFileName().toString().equals(jobId)) {
          delete(entry);
        }
      }
    }
    return true;
  }

  /** Deletes them all: the job has ended. */
  void deleteAll() throws IOException {
    if (Files.isDirectory(root)) {
      delete(root);
    }
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
