package io.vitrine.format;

import java.io.IOException;
import java.nio.file.Path;

final class GsdContractTest extends GrowingContract {
  @Override
  String fileName() {
    return "run.gsd";
  }

  @Override
  TrajectoryWriter create(Path path) throws IOException {
    return GsdWriter.create(path);
  }

  @Override
  int firstId() {
    return 0;
  }

  @Override
  boolean boxAtOrigin() {
    return false;
  }

  @Override
  boolean timed() {
    return true;
  }

  /** The last frame is given when two polls saw the same list of entries. */
  @Override
  int polls() {
    return 2;
  }
}
