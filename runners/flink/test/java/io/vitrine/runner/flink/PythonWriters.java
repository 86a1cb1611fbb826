package io.vitrine.runner.flink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * Debian's python3-gsd, python3-h5py and plain Python, writing what a LAMMPS dump says while it
 * grows: {@code run.gsd} (flushed), {@code run.h5} (SWMR), {@code run.extxyz} and {@code
 * run.extxyz.gz} (a member a frame).
 */
final class PythonWriters {
  private static final Path PYTHON = Path.of("/usr/bin/python3");

  private static final String PROGRAM =
      """
      import gzip, os, sys, time, numpy as np, h5py, gsd.hoomd
      folder, count = sys.argv[1], int(sys.argv[2])

      def frames(path):
          while not os.path.exists(path):
              time.sleep(0.05)
          with open(path) as dump:
              text = ''
              for k in range(count):
                  while text.count('\\n') < 9 or text.count('\\n') < 9 + int(text.split('\\n')[3]):
                      more = dump.read()
                      text += more
                      if not more:
                          time.sleep(0.02)
                  lines = text.split('\\n')
                  n = int(lines[3])
                  edge = float(lines[5].split()[1]) - float(lines[5].split()[0])
                  rows = np.array([row.split() for row in lines[9:9 + n]], dtype=float)
                  text = '\\n'.join(lines[9 + n:])
                  yield int(lines[1]), edge, rows[np.argsort(rows[:, 0])]

      g = gsd.hoomd.open(folder + '/run.gsd', 'wb')
      h = h5py.File(folder + '/run.h5', 'w', libver='latest')
      for k, (step, edge, rows) in enumerate(frames(folder + '/run.lammpstrj')):
          n, kinds, r, image = len(rows), rows[:, 1].astype(int) - 1, rows[:, 2:5], rows[:, 5:8].astype(int)

          s = gsd.hoomd.Snapshot()
          s.configuration.step = step
          s.configuration.box = [edge, edge, edge, 0, 0, 0]
          s.particles.N, s.particles.types, s.particles.typeid = n, ['A', 'B'], kinds
          s.particles.position, s.particles.image = r - edge / 2, image
          g.append(s)
          if hasattr(g.file, 'flush'):
              g.file.flush()

          if k == 0:
              particles = h.create_group('particles/all')
              box = particles.create_group('box')
              box.attrs['dimension'] = 3
              box.attrs['boundary'] = np.array(['periodic'] * 3, dtype='S8')
              box['edges'] = [edge] * 3
              particles['species'], particles['id'] = kinds, rows[:, 0].astype(int)
              chunked = dict(shape=(0, n, 3), maxshape=(None, n, 3), chunks=(1, n, 3))
              value = particles.create_dataset('position/value', dtype='f8', **chunked)
              images = particles.create_dataset('image/value', dtype='i4', **chunked)
              steps = particles.create_dataset('position/step', (0,), maxshape=(None,), chunks=(1024,), dtype='i8')
              particles['image/step'] = steps
              h.swmr_mode = True
          for data, now in (value, r), (images, image), (steps, step):
              data.resize(k + 1, axis=0)
              data[k] = now
              data.flush()

          head = 'Lattice="%r 0 0 0 %r 0 0 0 %r" Properties=species:S:1:pos:R:3 pbc="T T T" Time=%r' % (edge, edge, edge, 0.005 * step)
          body = ''.join('%s %r %r %r\\n' % ('AB'[a], x, y, z) for a, (x, y, z) in zip(kinds, r.tolist()))
          text = '%d\\n%s\\n%s' % (n, head, body)
          with open(folder + '/run.extxyz', 'a') as f:
              f.write(text)
          with gzip.open(folder + '/run.extxyz.gz', 'at') as f:
              f.write(text)
      g.close()
      h.close()
      """;

  private PythonWriters() {}

  /** Skips the test where one is missing. */
  static void need() throws IOException, InterruptedException {
    Assumptions.assumeTrue(Files.exists(PYTHON), "skipped: " + PYTHON + " is not there");
    Process look =
        new ProcessBuilder("" + PYTHON, "-W", "ignore", "-c", "import gsd.hoomd, h5py")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Assumptions.assumeTrue(look.waitFor() == 0, "skipped: python3-gsd or python3-h5py is missing");
  }

  /** Follows {@code run.lammpstrj} of a folder for so many frames. */
  static Process start(Path folder, int frames) throws IOException {
    return new ProcessBuilder(
            List.of("" + PYTHON, "-W", "ignore", "-c", PROGRAM, "" + folder, "" + frames))
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("python.txt").toFile())
        .start();
  }
}
