package io.vitrine.format.gsd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vitrine.format.Frames;
import io.vitrine.format.Peer;
import io.vitrine.format.Read;
import io.vitrine.format.ReadPosition;
import io.vitrine.format.ReaderOptions;
import io.vitrine.format.TrajectoryReader;
import io.vitrine.format.trajectory.Trajectories;
import io.vitrine.model.Frame;
import io.vitrine.model.Particles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** GSD files to and from python3-gsd and MDAnalysis. */
final class GsdInteropIT {
  private static final String WRITE =
      """
      import sys, time, numpy as np, gsd.hoomd
      path, n, frames, pause, images = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]), sys.argv[5]
      rng = np.random.default_rng(5)
      L = np.float32(5.0)
      with gsd.hoomd.open(path, 'wb') as out:
          x = rng.random((n, 3)) * 5
          for k in range(frames):
              x = x + rng.normal(size=(n, 3)) * 0.1
              image = np.floor(x / 5).astype(int)
              s = gsd.hoomd.Snapshot() if hasattr(gsd.hoomd, 'Snapshot') else gsd.hoomd.Frame()
              s.configuration.step = 200 * k
              s.configuration.box = [5, 5, 5, 0, 0, 0]
              s.particles.N = n
              s.particles.types = ['B', 'A']
              s.particles.typeid = [0 if i % 5 == 4 else 1 for i in range(n)]
              s.particles.position = x - image * 5 - 2.5
              if images == 'yes' or k == 0:
                  s.particles.image = image
              s.log['potential_energy'] = [-float(k)]
              s.log['extra/q'] = np.arange(3.0) + k
              out.append(s)
              if hasattr(out, 'flush'):
                  out.flush()
              elif hasattr(out.file, 'flush'):
                  out.file.flush()
              time.sleep(pause)
      """;

  private static final String SUMS =
      """
      import sys, numpy as np, gsd.hoomd
      for s in gsd.hoomd.open(sys.argv[1], 'rb'):
          p = s.particles
          print(s.configuration.step, p.N, repr(float(p.position.astype(np.float64).sum())),
                int((p.image * np.arange(1, 3 * p.N + 1).reshape(-1, 3)).sum()))
      """;

  private static final String CHECK_OURS =
      """
      import sys, numpy as np, gsd.hoomd, gsd.pygsd, MDAnalysis
      path = sys.argv[1]
      with open(path, 'rb') as raw:
          pure = gsd.hoomd.HOOMDTrajectory(gsd.pygsd.GSDFile(raw))
          fast = gsd.hoomd.open(path, 'rb')
          universe = MDAnalysis.Universe(path)
          assert len(pure) == len(fast) == len(universe.trajectory) == int(sys.argv[2])
          for k in range(len(fast)):
              a, b = fast[k], pure[k]
              assert a.configuration.step == b.configuration.step == 200 * (k + 1)
              assert (a.particles.position == b.particles.position).all()
              assert (a.particles.image == b.particles.image).all()
              assert a.particles.types == ['A', 'B']
              assert a.log['potential_energy'][0] == -100 - k
              assert np.allclose(a.log['particles/p_hop'], k + np.arange(a.particles.N))
              assert np.allclose(universe.trajectory[k].positions, a.particles.position)
              assert np.allclose(universe.dimensions[:3], 5)
              L = a.configuration.box[:3]
              unwrapped = a.particles.position + a.particles.image * L
              print(repr(float(unwrapped.astype(np.float64).sum())), repr(float(a.particles.velocity.sum())))
      """;

  /** A mixture whose frames 3 and 4 differ from the others: in a type, in a diameter. */
  private static final String SWAP =
      """
      import sys, gsd.hoomd
      with gsd.hoomd.open(sys.argv[1], 'wb') as out:
          for k in range(7):
              s = gsd.hoomd.Snapshot() if hasattr(gsd.hoomd, 'Snapshot') else gsd.hoomd.Frame()
              s.configuration.step = 200 * k
              s.configuration.box = [5, 5, 5, 0, 0, 0]
              s.particles.N = 4
              s.particles.types = ['A', 'B']
              s.particles.typeid = [1, 0, 0, 0] if k == 3 else [0, 0, 0, 1]
              s.particles.diameter = [1, 1, 1, 0.5] if k == 4 else [1, 1, 1, 0.88]
              s.particles.position = [[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]]
              out.append(s)
      """;

  @TempDir Path dir;

  @Test
  void read_fileOfPython_holdsTheSame() throws IOException {
    Peer.needPython("gsd.hoomd");
    Path path = dir.resolve("python.gsd");
    Peer.python(WRITE, path, 50, 200, 0, "yes");
    List<String> expected = Peer.python(SUMS, path).lines().toList();
    List<Frame> frames = Read.all(path, Frames.DT);
    assertThat(frames).hasSize(200);
    for (int k = 0; k < frames.size(); k++) {
      String[] words = expected.get(k).split(" ", -1);
      assertSums(frames.get(k), words);
      assertThat(frames.get(k).thermo().potentialEnergy()).isEqualTo(-k);
      assertThat(frames.get(k).particles().types()).startsWith(0, 0, 0, 0, 1);
    }
  }

  @Test
  void read_typesAndDiametersOfOneFrameChange_eachFrameHasItsOwn() throws IOException {
    Peer.needPython("gsd.hoomd");
    Path path = dir.resolve("swap.gsd");
    Peer.python(SWAP, path);
    List<Frame> frames = Read.all(path, Frames.DT);
    assertThat(frames).hasSize(7);
    for (int k = 0; k < frames.size(); k++) {
      Particles particles = frames.get(k).particles();
      byte[] types = k == 3 ? new byte[] {1, 0, 0, 0} : new byte[] {0, 0, 0, 1};
      assertThat(particles.types()).as("frame " + k).isEqualTo(types);
      assertThat(particles.diameters()[3])
          .as("frame " + k)
          .isCloseTo(k == 4 ? 0.5 : 0.88, within(1e-7));
    }
    assertThat(frames.get(2).particles()).isSameAs(frames.get(0).particles());
    assertThat(frames.get(6).particles()).isSameAs(frames.get(5).particles());
  }

  private static void assertSums(Frame frame, String[] words) {
    assertThat(frame.step()).isEqualTo(Long.parseLong(words[0]));
    assertThat(frame.count()).isEqualTo(Integer.parseInt(words[1]));
    double sum = 0;
    for (double x : frame.positions()) {
      sum += x;
    }
    assertThat(sum).isCloseTo(Double.parseDouble(words[2]), within(1e-9));
    if (frame.images() != null) {
      long images = 0;
      for (int i = 0; i < frame.images().length; i++) {
        images += (long) (i + 1) * frame.images()[i];
      }
      assertThat(images).isEqualTo(Long.parseLong(words[3]));
    }
  }

  @Test
  void follow_whilePythonWrites_givesEveryFrameOnce() throws Exception {
    Peer.needPython("gsd.hoomd");
    Path path = dir.resolve("grows.gsd");
    int count = 400;
    List<Frame> frames = new ArrayList<>();
    Process writer = Peer.startPython(WRITE, path, 50, count, 0.003, "no");
    try (TrajectoryReader reader =
        Trajectories.open(path, ReaderOptions.growing("s", Frames.DT), ReadPosition.START)) {
      Peer.readAll(reader, count, frames);
    } finally {
      writer.destroy();
      writer.waitFor();
    }
    assertThat(frames).hasSize(count);
    List<String> expected = Peer.python(SUMS, path).lines().toList();
    for (int k = 0; k < count; k++) {
      String[] words = expected.get(k).split(" ", -1);
      assertSums(frames.get(k), words);
      assertThat(frames.get(k).images() == null).as("frame " + k).isEqualTo(k > 0);
    }
  }

  @Test
  void write_anyRun_isReadByGsdAndMdAnalysis() throws IOException {
    Peer.needPython("gsd.hoomd", "MDAnalysis");
    List<Frame> frames = Frames.walk(6, 30, 100, 0, false);
    Path path = dir.resolve("ours.gsd");
    for (int from : new int[] {0, 70}) {
      try (GsdWriter writer = from == 0 ? GsdWriter.create(path) : GsdWriter.append(path, from)) {
        for (int k = from; k < frames.size(); k++) {
          double[] hops = new double[30];
          for (int i = 0; i < hops.length; i++) {
            hops[i] = k + i;
          }
          Map<String, double[]> fields = new HashMap<>();
          fields.put("p_hop", hops);
          fields.put("score", new double[30]);
          writer.write(frames.get(k), fields);
        }
      }
      List<String> sums = Peer.python(CHECK_OURS, path, frames.size()).lines().toList();
      for (int k = 0; k < frames.size(); k++) {
        double sum = 0;
        double speed = 0;
        for (int i = 0; i < 90; i++) {
          sum += Read.unwrapped(frames.get(k), i) - 2.5;
          speed += frames.get(k).velocities()[i];
        }
        String[] words = sums.get(k).split(" ", -1);
        assertThat(Double.parseDouble(words[0])).isCloseTo(sum, within(1e-6));
        assertThat(Double.parseDouble(words[1])).isCloseTo(speed, within(1e-3));
      }
    }
  }
}
