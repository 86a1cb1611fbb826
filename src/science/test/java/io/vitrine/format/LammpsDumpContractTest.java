package io.vitrine.format;

import io.vitrine.model.Frame;
import io.vitrine.model.Thermo;
import java.io.IOException;
import java.nio.file.Path;

final class LammpsDumpContractTest extends GrowingContract {
  @Override
  String fileName() {
    return "run.lammpstrj";
  }

  @Override
  TrajectoryWriter create(Path path) throws IOException {
    return LammpsDumpWriter.create(path);
  }

  @Override
  int firstId() {
    return 1;
  }

  @Override
  boolean boxAtOrigin() {
    return true;
  }

  @Override
  Frame kept(Frame frame) {
    return frame.toBuilder().thermo(Thermo.UNKNOWN).build();
  }
}
