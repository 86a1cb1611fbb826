package io.vitrine.format.trajectory;

import io.vitrine.format.ReadPosition;
import io.vitrine.format.ReaderOptions;
import io.vitrine.format.TrajectoryReader;
import io.vitrine.model.Frame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A growing trajectory that may not exist yet: it has no frames until its format can be told. */
final class AwaitingReader implements TrajectoryReader {
  private final Path path;
  private final ReaderOptions options;
  private final ReadPosition begin;
  private TrajectoryReader reader;

  AwaitingReader(Path path, ReaderOptions options, ReadPosition begin) {
    this.path = path;
    this.options = options;
    this.begin = begin;
  }

  private boolean ready() throws IOException {
    if (reader == null && Files.exists(path)) {
      reader = Trajectories.tryOpen(path, options, begin);
    }
    return reader != null;
  }

  @Override
  public Frame next() throws IOException {
    return ready() ? reader.next() : null;
  }

  @Override
  public ReadPosition position() {
    return reader == null ? begin : reader.position();
  }

  @Override
  public long countFrames() throws IOException {
    return ready() ? reader.countFrames() : begin.ordinal();
  }

  @Override
  public String diagnosis() throws IOException {
    if (reader != null) {
      return reader.diagnosis();
    }
    return Files.exists(path)
        ? path + " is too short to tell its format (" + Files.size(path) + " bytes)"
        : path + " does not exist yet";
  }

  @Override
  public void close() throws IOException {
    if (reader != null) {
      reader.close();
    }
  }
}
