package io.vitrine.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitrine.format.trajectory.Trajectories;
import io.vitrine.model.Box;
import io.vitrine.model.Frame;
import io.vitrine.model.Particles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plane of three named species, as gsd, h5py and a text reader of Python see what we write. */
final class PlaneWritersIT {
  private static final String CHECK =
      """
      import sys, numpy as np, gsd.hoomd, h5py
      folder = sys.argv[1]
      want = np.array([[0.5, 1], [3.5, 4], [2, 2.5]])
      s = gsd.hoomd.open(folder + '/a.gsd', 'rb')[0]
      assert s.configuration.dimensions == 2
      assert s.particles.types == ['Large', 'Small', 'C'], s.particles.types
      assert list(s.particles.typeid) == [0, 2, 1]
      assert np.allclose(s.particles.position[:, :2], want - [2, 2.5]), s.particles.position
      assert (s.particles.position[:, 2] == 0).all() and (s.particles.image[:, 2] == 0).all()
      h = h5py.File(folder + '/a.h5', 'r')['particles/all']
      assert h['box'].attrs['dimension'] == 2
      text = lambda a: [v.decode() if isinstance(v, bytes) else str(v) for v in a]
      assert text(h['box'].attrs['boundary']) == ['periodic', 'periodic']
      assert h['position/value'].shape == (1, 3, 2) and (h['position/value'][0] == want).all()
      assert h['box/edges/value'].shape == (1, 2, 2)
      assert list(h['species']) == [0, 2, 1]
      assert text(h['species'].attrs['names']) == ['Large', 'Small', 'C']
      dump = open(folder + '/a.lammpstrj').read().splitlines()
      assert dump[4] == 'ITEM: BOX BOUNDS pp pp pp' and dump[8].startswith('ITEM: ATOMS id type element x y z')
      assert [row.split()[2] for row in dump[9:]] == ['Large', 'C', 'Small']
      xyz = open(folder + '/a.extxyz').read().splitlines()
      assert 'pbc="T T F"' in xyz[1]
      assert [row.split()[0] for row in xyz[2:]] == ['Large', 'C', 'Small']
      print('ok')
      """;

  @TempDir Path folder;

  @Test
  void write_planeOfNamedSpecies_isReadByOthers() throws IOException {
    Frame frame =
        Frame.of("plane")
            .box(Box.rectangle(4, 5))
            .particles(Particles.numbered(0, new byte[] {0, 2, 1}, List.of("Large", "Small", "C")))
            .wrapped(new double[] {0.5, 1, 0, 3.5, 4, 0, 2, 2.5, 0}, new int[9])
            .velocities(new double[9])
            .build();
    for (String name : List.of("a.gsd", "a.h5", "a.lammpstrj", "a.extxyz")) {
      try (TrajectoryWriter writer = Trajectories.create(folder.resolve(name))) {
        writer.write(frame);
      }
    }
    Peer.needPython("gsd.hoomd", "h5py");
    assertThat(Peer.python(CHECK, folder).strip()).isEqualTo("ok");
  }
}
