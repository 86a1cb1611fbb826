package io.vitrine.format.gsd;

import io.vitrine.format.GrowingContract;
import io.vitrine.format.TrajectoryWriter;
import java.io.IOException;
import java.nio.file.Path;

final class GsdContractTest extends GrowingContract {
  @Override
  protected String fileName() {
    return "run.gsd";
  }

  @Override
  protected TrajectoryWriter create(Path path) throws IOException {
    return GsdWriter.create(path);
  }

  @Override
  protected int firstId() {
    return 0;
  }

  @Override
  protected boolean boxAtOrigin() {
    return false;
  }

  @Override
  protected boolean timed() {
    return true;
  }

  /** The last frame is given when two polls saw the same list of entries. */
  @Override
  protected int polls() {
    return 2;
  }
}
