package io.vitrine.format.trajectory;

import io.vitrine.format.ReadPosition;
import io.vitrine.format.ReaderOptions;
import io.vitrine.format.TrajectoryReader;
import io.vitrine.model.Frame;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads files that an engine writes one after another, {@code traj.*.gsd}, as one trajectory.
 *
 * <p>Files are ordered by their names, numbers in them by value. A growing sequence continues to
 * the next file when that is there and the one before gives no further frame; a later file means
 * that the earlier one is finished. Ordinals count over all files, so a resume needs those before
 * it to be there still; the offset is that in the file.
 */
final class SequenceReader implements TrajectoryReader {
  private static final Pattern NUMBER = Pattern.compile("\\d+");

  private final Path pattern;
  private final ReaderOptions options;
  private Path current;
  private TrajectoryReader reader;
  private long before;
  private final ReadPosition resume;

  SequenceReader(Path pattern, ReaderOptions options, ReadPosition position) throws IOException {
    this.pattern = pattern;
    this.options = options;
    this.resume = position;
    if (!options.growing() && files().isEmpty()) {
      throw new IOException(pattern + " matches no file");
    }
  }

  /** Whether a path names a sequence. */
  static boolean isPattern(Path path) {
    return path.getFileName() != null
        && path.getFileName().toString().contains("*")
        && !Files.exists(path);
  }

  private List<Path> files() throws IOException {
    Path directory = pattern.toAbsolutePath().getParent();
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(directory)) {
      // Only the star is special in a name.
      String glob = pattern.getFileName().toString().replaceAll("[\\\\?\\[\\]{}]", "\\\\$0");
      try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory, glob)) {
        stream.forEach(found::add);
      }
    }
    found.sort(Comparator.comparing(SequenceReader::sortKey));
    return found;
  }

  /** The name with its numbers padded, so that 10 comes behind 9. */
  private static String sortKey(Path path) {
    Matcher matcher = NUMBER.matcher(path.getFileName().toString());
    return matcher.replaceAll(
        number -> {
          String digits = number.group();
          return "0".repeat(Math.max(0, 20 - digits.length())) + digits;
        });
  }

  /** Opens the file in which the resume position lies. */
  private boolean begin() throws IOException {
    if (reader != null) {
      return true;
    }
    List<Path> files = files();
    for (int i = 0; i < files.size(); i++) {
      boolean last = i == files.size() - 1;
      long count = last ? Long.MAX_VALUE : count(files.get(i));
      if (resume.ordinal() - before <= count) {
        ReadPosition inFile =
            new ReadPosition(resume.ordinal() - before, resume.offset(), resume.fingerprint());
        open(files.get(i), last ? options : options.whenFinished(), inFile);
        return true;
      }
      before += count;
    }
    return false;
  }

  private long count(Path file) throws IOException {
    try (TrajectoryReader whole =
        Trajectories.open(file, options.whenFinished(), ReadPosition.START)) {
      return whole.countFrames();
    }
  }

  private void open(Path file, ReaderOptions how, ReadPosition position) throws IOException {
    reader = Trajectories.open(file, how, position);
    current = file;
  }

  @Override
  public Frame next() throws IOException {
    if (!begin()) {
      return null;
    }
    while (true) {
      Frame frame = reader.next();
      if (frame != null) {
        return frame;
      }
      List<Path> files = files();
      int index = files.indexOf(current);
      if (index < 0) {
        throw new IOException(current + " was removed while it was read");
      }
      if (index == files.size() - 1) {
        return null;
      }
      frame = finishCurrent();
      if (frame != null) {
        return frame;
      }
      before += reader.position().ordinal();
      reader.close();
      boolean last = index + 1 == files.size() - 1;
      open(files.get(index + 1), last ? options : options.whenFinished(), ReadPosition.START);
    }
  }

  /** What the current file still holds, now that it is known to be finished. */
  private Frame finishCurrent() throws IOException {
    if (!options.growing()) {
      return null;
    }
    ReadPosition position = reader.position();
    reader.close();
    open(current, options.whenFinished(), position);
    return reader.next();
  }

  @Override
  public double[] property() throws IOException {
    return reader == null ? null : reader.property();
  }

  @Override
  public ReadPosition position() {
    if (reader == null) {
      return resume;
    }
    ReadPosition inFile = reader.position();
    return new ReadPosition(before + inFile.ordinal(), inFile.offset(), inFile.fingerprint());
  }

  @Override
  public long countFrames() throws IOException {
    if (!begin()) {
      return resume.ordinal();
    }
    List<Path> files = files();
    long total = before + reader.countFrames();
    for (Path file : files.subList(files.indexOf(current) + 1, files.size())) {
      total += count(file);
    }
    return total;
  }

  @Override
  public String diagnosis() throws IOException {
    return reader == null ? "no file matches " + pattern + " yet" : reader.diagnosis();
  }

  @Override
  public void close() throws IOException {
    if (reader != null) {
      reader.close();
    }
  }
}
