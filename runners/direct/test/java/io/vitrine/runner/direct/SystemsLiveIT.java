package io.vitrine.runner.direct;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitrine.Patience;
import io.vitrine.TestData;
import io.vitrine.pipelines.Ran;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** LAMMPS runs of a plane of three species and of a film, followed while LAMMPS writes them. */
final class SystemsLiveIT {
  private static final Path LMP = Path.of("/usr/bin/lmp");
  private static final Path PYTHON = Path.of("/usr/bin/python3");
  private static final int TAU = 24;

  /** Points pushed apart, then the real pairs; frames 1 tau apart. */
  private static final String PLANE =
      """
      units lj
      dimension 2
      atom_style atomic
      region all block 0 13 0 11 -0.5 0.5
      create_box 3 all
      create_atoms 1 random 150 4711 all
      set atom 71*110 type 2
      set atom 111*150 type 3
      mass * 1
      fix flat all enforce2d
      pair_style soft 1.0
      pair_coeff * * 20
      minimize 0 1e-3 1000 10000
      pair_style lj/cut 2.5
      pair_coeff 1 1 1.0 1.0 2.5
      pair_coeff 1 2 1.5 0.8 2.0
      pair_coeff 1 3 0.75 0.9 2.25
      pair_coeff 2 2 0.5 0.88 2.2
      pair_coeff 2 3 1.5 0.8 2.0
      pair_coeff 3 3 0.75 0.94 2.35
      minimize 0 1e-3 1000 10000
      velocity all create 1.0 1
      timestep 0.005
      fix move all nvt temp 1.0 1.0 0.5
      run 400
      reset_timestep 0
      dump d all custom 200 run.lammpstrj id type x y z
      dump_modify d format float %.10g flush yes
      run 4800
      """;

  private static final String FILM =
      """
      units lj
      boundary p p f
      atom_style atomic
      region all block 0 6 0 6.5 -1.5 6.5
      region film block 0 6 0 6.5 0.3 4.7
      create_box 2 all
      create_atoms 1 random 170 815 film
      set atom 137*170 type 2
      mass * 1
      fix low all wall/reflect zlo EDGE zhi EDGE
      pair_style soft 1.0
      pair_coeff * * 20
      minimize 0 1e-3 1000 10000
      pair_style lj/cut 2.5
      pair_coeff 1 1 1.0 1.0 2.5
      pair_coeff 1 2 1.5 0.8 2.0
      pair_coeff 2 2 0.5 0.88 2.2
      minimize 0 1e-3 1000 10000
      velocity all create 0.6 1
      timestep 0.005
      fix move all nvt temp 0.6 0.6 0.5
      run 400
      reset_timestep 0
      dump d all custom 200 run.lammpstrj id type x y z ix iy iz
      dump_modify d format float %.10g flush yes
      run 4800
      """;

  /** p_hop of all windows and the features of one frame by numpy, from the dump. */
  private static final String CHECK =
      """
      import sys, numpy as np, h5py
      sys.path.insert(0, sys.argv[1])
      from generate import features, p_hop, unwrapped
      folder, species, dimensions, free = sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), sys.argv[5]
      lines = open(folder + '/run.lammpstrj').read().splitlines()
      n, x = int(lines[3]), []
      flags = lines[4].split()[-3:]
      assert [f == 'pp' for f in flags] == ['z' not in free if d == 2 else True for d in range(3)], flags
      while lines:
          low, high = np.array([l.split()[:2] for l in lines[5:8]], float).T
          rows = np.array([l.split()[:5] for l in lines[9:9 + n]], float)
          rows = rows[np.argsort(rows[:, 0])]
          types, box = rows[:, 1].astype(int) - 1, high - low
          x.append(rows[:, 2:5])
          lines = lines[9 + n:]
      x, vectors = np.array(x), np.diag(box)
      periodic = [True, True, dimensions == 3 and free == '']
      expected = p_hop(unwrapped(x, vectors, dimensions, periodic))
      with h5py.File(folder + '/hops.h5') as h:
          who, found = h['particle'][:] - 1, h['p_hop'][:]
          assert (types[who] == 0).all() and len(who) == (types == 0).sum()
          assert found.shape[0] == len(expected) == 15, found.shape
          assert abs(found - expected[:, who]).max() < 1e-6, abs(found - expected[:, who]).max()
          moved = expected[:, who].max()
      with h5py.File(folder + '/features.h5') as h:
          found = h['features'][0]
          g = features(x[10], types, species, vectors, dimensions, periodic)[who]
          assert found.shape == g.shape == (len(who), 50 * species), found.shape
          error = abs(found - g) / np.maximum(1e-3, g.std(0))
          assert error.max() < 1e-5, error.max()
      print('as expected, largest p_hop', moved)
      """;

  @TempDir private Path folder;

  @Test
  void follow_planeOfThreeSpecies_hasNumpysNumbers() throws Exception {
    Ran ran = follow(PLANE);
    assertThat(ran.err())
        .contains("looks at 70 of 150 particles: species A (70 A, 40 B, 40 C), in two dimensions");
    check(3, 2, "");
  }

  @Test
  void follow_film_hasNumpysNumbers() throws Exception {
    Ran ran = follow(FILM);
    assertThat(ran.err())
        .contains("looks at 136 of 170 particles: species A (136 A, 34 B), free along z");
    check(2, 3, "z");
  }

  private Ran follow(String input) throws Exception {
    Assumptions.assumeTrue(Files.exists(LMP), "skipped: " + LMP + " is not there");
    Assumptions.assumeTrue(Files.exists(PYTHON), "skipped: " + PYTHON + " is not there");
    Files.writeString(folder.resolve("in.lmp"), input);
    ProcessBuilder command =
        new ProcessBuilder(LMP.toString(), "-in", "in.lmp", "-log", "none")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("lmp.txt").toFile());
    command.environment().put("TMPDIR", folder.toString());
    Process lammps = command.start();
    try {
      Path dump = folder.resolve("run.lammpstrj");
      Patience.until(() -> Files.exists(dump) && Files.size(dump) > 0, lammps);
      Ran ran =
          Ran.run(
              List.of(new DirectRuntime()),
              "monitor",
              "--runner",
              "direct",
              "--json",
              "--frames",
              "follow:" + dump + "?T=1&dt=0.005&id=live",
              "--until",
              String.valueOf(TAU),
              "--export",
              "hops=" + folder.resolve("hops.h5"),
              "--export",
              "features=" + folder.resolve("features.h5"),
              "--at",
              "10",
              "--output",
              folder.resolve("run").toString());
      assertThat(ran.exit()).as(ran.err()).isZero();
      assertThat(ran.json().get("windows").asInt()).isEqualTo(TAU + 1 - 10);
      assertThat(ran.json().get("dead_letters").asInt()).isZero();
      assertThat(Patience.exit(lammps)).as(Files.readString(folder.resolve("lmp.txt"))).isZero();
      return ran;
    } finally {
      lammps.destroyForcibly();
    }
  }

  private void check(int species, int dimensions, String free) throws Exception {
    Process python =
        new ProcessBuilder(
                PYTHON.toString(),
                "-B",
                "-W",
                "ignore",
                "-c",
                CHECK,
                TestData.file("systems").toString(),
                folder.toString(),
                String.valueOf(species),
                String.valueOf(dimensions),
                free)
            .redirectErrorStream(true)
            .start();
    String said = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(python.waitFor()).as(said).isZero();
    assertThat(said).startsWith("as expected");
  }
}
