package io.vitrine.format.h5md;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vitrine.format.Frames;
import io.vitrine.format.Peer;
import io.vitrine.format.Read;
import io.vitrine.format.ReadPosition;
import io.vitrine.format.ReaderOptions;
import io.vitrine.format.TrajectoryReader;
import io.vitrine.format.TrajectoryWriter;
import io.vitrine.format.trajectory.Trajectories;
import io.vitrine.model.Frame;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** H5MD files to and from python3-h5py, followed while they grow. */
final class H5mdInteropIT {
  private static final String WRITE =
      """
      import sys, time, numpy as np, h5py
      path, n, frames, pause, mode, chunk, end = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]), sys.argv[5], int(sys.argv[6]), sys.argv[7]
      f = h5py.File(path, 'w', libver='earliest' if mode == 'old' else 'latest')
      f.create_group('h5md').attrs['version'] = [1, 1]
      g = f.create_group('particles/all')
      box = g.create_group('box')
      box.attrs['dimension'] = 3
      box.attrs['boundary'] = np.array(['periodic'] * 3, dtype='S8')
      box['edges'] = [5.0, 5.0, 5.0]
      g['species'] = np.array([1 if i % 5 == 4 else 0 for i in range(n)], dtype='i4')
      p = g.create_group('position')
      value = p.create_dataset('value', (0, n, 3), maxshape=(None, n, 3), chunks=(chunk, n, 3), dtype='f8', compression='gzip')
      step = p.create_dataset('step', (0,), maxshape=(None,), chunks=(1024,), dtype='i8')
      if mode == 'swmr':
          f.swmr_mode = True
      base = np.arange(1.0, 3 * n + 1).reshape(n, 3) / (3 * n + 1) * 4
      for k in range(frames):
          value.resize(k + 1, axis=0)
          value[k] = base + 0.5 * np.sin(k)
          value.flush()
          step.resize(k + 1, axis=0)
          step[k] = 200 * k
          step.flush()
          if mode != 'swmr':
              f.flush()
          time.sleep(pause)
      if end == 'kill':
          import os, signal
          os.kill(os.getpid(), signal.SIGKILL)
      f.close()
      """;

  private static final String CHECK_OURS =
      """
      import sys, h5py, numpy as np
      f = h5py.File(sys.argv[1], 'r')
      g = f['particles/all']
      p = g['position/value'][:] + g['image/value'][:] * 5.0
      assert list(g['position/step'][:]) == [200 * (k + 1) for k in range(len(p))]
      assert g['box'].attrs['dimension'] == 3
      assert g['box/edges/value'].shape == (len(p), 3, 3)
      assert list(f['h5md'].attrs['version']) == [1, 1]
      for k in range(len(p)):
          print(repr(float(p[k].sum())), f['observables/potential_energy/value'][k], g['position/time'][k])
      """;

  @TempDir Path dir;

  /** The last frames of a chunk that is not full come only when the file is closed. */
  @ParameterizedTest
  @CsvSource({"swmr,1,close", "swmr,1,kill", "swmr,10,close", "latest,1,close", "old,1,close"})
  void follow_whilePythonWrites_givesEveryFrameOnce(String mode, int chunk, String end)
      throws Exception {
    Peer.needPython("h5py");
    int n = 40;
    int count = 120;
    Path path = dir.resolve("grows.h5");
    List<Frame> frames = new ArrayList<>();
    Process writer = Peer.startPython(WRITE, path, n, count, 0.004, mode, chunk, end);
    try (TrajectoryReader reader =
        Trajectories.open(path, ReaderOptions.growing("s", 0.005), ReadPosition.START)) {
      Peer.readAll(reader, count, frames);
    } finally {
      writer.destroy();
      writer.waitFor();
    }
    assertThat(frames).hasSize(count);
    for (int k = 0; k < count; k++) {
      Frame frame = frames.get(k);
      assertThat(frame.step()).isEqualTo(200L * k);
      assertThat(frame.particles().types()).startsWith(0, 0, 0, 0, 1);
      for (int i = 0; i < 3 * n; i++) {
        double expected = (i + 1.0) / (3 * n + 1) * 4 + 0.5 * Math.sin(k);
        assertThat(frame.positions()[i]).as("frame " + k).isCloseTo(expected, within(1e-12));
      }
    }
  }

  @Test
  void write_anyRun_isReadByH5py() throws IOException {
    Peer.needPython("h5py");
    List<Frame> frames = Frames.walk(6, 30, 50, 1, true);
    Path path = dir.resolve("ours.h5");
    try (TrajectoryWriter writer = Trajectories.create(path)) {
      for (Frame frame : frames) {
        writer.write(frame);
      }
    }
    List<String> lines = Peer.python(CHECK_OURS, path).lines().toList();
    for (int k = 0; k < frames.size(); k++) {
      double sum = 0;
      for (int i = 0; i < 90; i++) {
        sum += Read.unwrapped(frames.get(k), i);
      }
      String[] words = lines.get(k).split(" ", -1);
      assertThat(Double.parseDouble(words[0])).isCloseTo(sum, within(1e-9));
      assertThat(Double.parseDouble(words[1])).isEqualTo(-100.0 - k);
      assertThat(Double.parseDouble(words[2])).isEqualTo(frames.get(k).time());
    }
  }
}
