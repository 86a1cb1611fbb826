package io.vitrine.format.lammps;

import io.vitrine.format.GrowingContract;
import io.vitrine.format.TrajectoryWriter;
import io.vitrine.model.Frame;
import io.vitrine.model.Thermo;
import java.io.IOException;
import java.nio.file.Path;

final class LammpsDumpContractTest extends GrowingContract {
  @Override
  protected String fileName() {
    return "run.lammpstrj";
  }

  @Override
  protected TrajectoryWriter create(Path path) throws IOException {
    return LammpsDumpWriter.create(path);
  }

  @Override
  protected int firstId() {
    return 1;
  }

  @Override
  protected boolean boxAtOrigin() {
    return true;
  }

  @Override
  protected Frame kept(Frame frame) {
    return frame.toBuilder().thermo(Thermo.UNKNOWN).build();
  }
}
