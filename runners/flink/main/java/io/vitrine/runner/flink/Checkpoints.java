package io.vitrine.runner.flink;

import io.vitrine.pipelines.run.RunFolder;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

  /** So many letters of a job's number stand in the name of its savepoints. */
  private static final int JOB_LETTERS = 6;

  private final Path root;

  Checkpoints(Path root) {
    this.root = root;
  }

  /** The newest complete checkpoint or savepoint. */
  Optional<Path> newest() throws IOException {
    if (!Files.isDirectory(root)) {
      return Optional.empty();
    }
    Complete complete = new Complete();
    Files.walkFileTree(root, Set.of(), 3, complete);
    return complete.found.stream()
        .max(Comparator.comparing(Checkpoints::modified))
        .map(Path::getParent);
  }

  /** Collects complete checkpoints; those that Flink deletes meanwhile are passed over. */
  private static final class Complete extends SimpleFileVisitor<Path> {
    private final List<Path> found = new ArrayList<>();

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (file.getFileName().toString().equals(METADATA)) {
        found.add(file);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
      return goOn(e);
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
      return goOn(e);
    }

    private static FileVisitResult goOn(IOException e) throws IOException {
      if (e != null && !(e instanceof NoSuchFileException)) {
        throw e;
      }
      return FileVisitResult.CONTINUE;
    }
  }

  /**
   * Whether a job was stopped with a savepoint: Flink names savepoints by the job that makes them.
   * Those of earlier jobs can still be here, with any age, when a short job ends.
   */
  boolean stopped(String jobId) throws IOException {
    if (!Files.isDirectory(root)) {
      return false;
    }
    String name = "savepoint-" + jobId.substring(0, JOB_LETTERS) + "-*";
    try (DirectoryStream<Path> savepoints = Files.newDirectoryStream(root, name)) {
      for (Path savepoint : savepoints) {
        if (Files.exists(savepoint.resolve(METADATA))) {
          return true;
        }
      }
    }
    return false;
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
          RunFolder.delete(entry);
        }
      }
    }
    return true;
  }

  /** Deletes them all: the job has ended. */
  void deleteAll() throws IOException {
    RunFolder.delete(root);
  }
}
