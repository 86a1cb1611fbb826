package io.vitrine.runner.direct;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitrine.pipelines.Ran;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code score} and {@code monitor --export particles} from the command line, read by python. */
final class ScoreIT {
  private static final Path PYTHON = Path.of("/usr/bin/python3");
  private static final Path DATA = Path.of(System.getProperty("vitrine.root"), "testdata", "ka512");

  /** A classifier of two features, whose scores numpy can make from the reference features. */
  private static final String MODEL =
      """
      import json, sys
      radii = [round(0.1 * (k + 1), 1) for k in range(50)]
      w = [0.0] * 100
      w[9], w[60] = 0.7, -1.3
      json.dump({'weights': w, 'bias': 0.25, 'means': [0.5] * 100, 'deviations': [2.0] * 100,
                 'features': {'radii': radii, 'delta': 0.2, 'cutoff': 6.2, 'species': ['A', 'B']}},
                open(sys.argv[1], 'w'))
      """;

  /** Float32 positions of the file move a feature by 2e-5; the file's numbers are float32 too. */
  private static final String CHECK_GSD =
      """
      import sys, numpy as np, gsd.hoomd, h5py
      path, other, hops, data = sys.argv[1:]
      frames = gsd.hoomd.open(path, 'rb')
      assert len(frames) == 61, len(frames)
      phop = np.load(data + '/phop_ka512_T0.60.npy')
      a = frames[0].particles.typeid == 0
      assert a.sum() == 410
      for k, f in enumerate(frames):
          p, s = f.log['particles/p_hop'], f.log['particles/score']
          assert f.configuration.step == 200 * k and p.shape == s.shape == (512,)
          assert np.isnan(p[~a]).all() and np.isnan(s[~a]).all() and np.isfinite(s[a]).all()
          if 5 <= k <= 55:
              assert abs(p[a] - phop[k - 5][a]).max() < 2e-6, (k, abs(p[a] - phop[k - 5][a]).max())
          else:
              assert np.isnan(p).all()
      for k in (3, 30):
          z = (np.load(data + '/features_frame%d.npy' % k) - 0.5) / 2
          score = 0.7 * z[:, 9] - 1.3 * z[:, 60] - 0.25
          assert abs(score - frames[k].log['particles/score'][a]).max() < 5e-5
      with h5py.File(hops) as h:
          for row, t in enumerate(h['time'][:]):
              p = frames[int(t)].log['particles/p_hop'][a]
              s = frames[int(t) - 2].log['particles/score'][a]
              assert (p == h['p_hop'][row].astype(np.float32)).all()
              assert (s == h['score/two'][row].astype(np.float32)).all()
      live = gsd.hoomd.open(other, 'rb')
      assert [int(f.configuration.step) // 200 for f in live] == list(range(3, 54))
      for f in live:
          mine = frames[int(f.configuration.step) // 200]
          assert (f.particles.position == mine.particles.position).all()
          for name in ('particles/p_hop', 'particles/score'):
              if name == 'particles/score' or f.configuration.step >= 1000:
                  assert np.array_equal(f.log[name], mine.log[name], equal_nan=True), name
      print('as expected')
      """;

  private static final String CHECK_XYZ =
      """
      import sys, numpy as np, gsd.hoomd
      frames = gsd.hoomd.open(sys.argv[2], 'rb')
      with open(sys.argv[1]) as text:
          for f in frames:
              n = int(text.readline())
              head = text.readline()
              columns = head.split('Properties=')[1].split()[0].split(':')[::3]
              rows = np.array([text.readline().split()[1:] for _ in range(n)], float)
              width = rows.shape[1]
              assert columns[-2:] == ['p_hop', 'score'], columns
              for c, name in ((width - 2, 'p_hop'), (width - 1, 'score')):
                  assert np.array_equal(rows[:, c].astype(np.float32), f.log['particles/' + name],
                                        equal_nan=True)
      print('as expected')
      """;

  @TempDir private Path folder;

  private static Ran run(String... arguments) {
    return Ran.run(List.of(new DirectRuntime()), arguments);
  }

  private static String python(String program, Object... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(List.of(PYTHON.toString(), "-W", "ignore", "-c", program));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said.strip();
  }

  private static String frames() {
    return "replay:" + DATA.resolve("ka512_T0.60.gsd") + "?T=0.6&dt=0.005";
  }

  @Test
  void score_trajectory_isColouredByTheReferenceAndByTheRunItself() throws Exception {
    Assumptions.assumeTrue(Files.exists(PYTHON), "skipped: /usr/bin/python3 is not there");
    Path model = folder.resolve("two.json");
    python(MODEL, model);
    Path gsd = folder.resolve("scored.gsd");
    Ran scored =
        run(
            "score",
            "--frames",
            frames(),
            "--model",
            model + "",
            "--export",
            "particles=" + gsd,
            "--json");
    assertThat(scored.exit()).as(scored.err()).isZero();
    assertThat(scored.json().get("frames").asInt()).isEqualTo(61);
    assertThat(scored.json().get("windows").asInt()).isEqualTo(51);
    Path hops = folder.resolve("hops.h5");
    Path live = folder.resolve("live.gsd");
    Ran watched =
        run(
            "monitor",
            "--runner",
            "direct",
            "--frames",
            frames(),
            "--model",
            model + "",
            "--export",
            "hops=" + hops,
            "--export",
            "particles=" + live,
            "--output",
            folder.resolve("out") + "",
            "--json");
    assertThat(watched.exit()).as(watched.err()).isZero();
    assertThat(python(CHECK_GSD, gsd, live, hops, DATA)).isEqualTo("as expected");
    Path xyz = folder.resolve("scored.extxyz");
    Ran text =
        run("score", "--frames", frames(), "--model", model + "", "--export", "particles=" + xyz);
    assertThat(text.exit()).as(text.err()).isZero();
    assertThat(python(CHECK_XYZ, xyz, gsd)).isEqualTo("as expected");
  }

  @Test
  void score_badRequests_areUsageErrorsInOneLine() {
    Path gsd = folder.resolve("scored.gsd");
    for (String[] bad :
        new String[][] {
          {"score", "--frames", frames(), "--export", "hops=" + gsd},
          {"score", "--frames", frames(), "--export", "particles=" + folder.resolve("x.csv")},
          {"score", "--frames", "simulate:?T=1", "--export", "particles=" + gsd},
          {"score", "--frames", frames()},
        }) {
      Ran ran = run(bad);
      assertThat(ran.exit()).as(String.join(" ", bad)).isEqualTo(2);
      assertThat(ran.err()).startsWith("vitrine: ");
    }
    assertThat(gsd).doesNotExist();
  }

  @Test
  void monitor_quenched_saysTheCostAndRefusesABoxItCannotDo() throws Exception {
    Path dump = folder.resolve("short.lammpstrj");
    String[] all =
        Files.readString(DATA.resolve("ka512_T0.60.lammpstrj")).split("(?=ITEM: TIMESTEP)");
    String text = String.join("", List.of(all).subList(0, 11));
    Files.writeString(dump, text);
    Ran ran =
        run(
            "monitor",
            "--runner",
            "direct",
            "--frames",
            "replay:" + dump + "?T=0.6&dt=0.005",
            "--quench=all-pairs",
            "--output",
            folder.resolve("quenched").toString(),
            "--json");
    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(ran.json().get("windows").asInt()).isEqualTo(1);
    assertThat(ran.err())
        .contains("Quenching a frame of short by the pairs of kob-andersen takes ");
    Files.writeString(dump, text.replaceAll("0(\\.0*)? 7\\.52\\S*", "0 2.0"));
    Ran small =
        run(
            "monitor",
            "--runner",
            "direct",
            "--frames",
            "replay:" + dump + "?T=0.6&dt=0.005",
            "--quench",
            "--output",
            folder.resolve("small").toString());
    assertThat(small.exit()).isEqualTo(1);
    assertThat(small.err()).contains("cannot be quenched: box edge must be");
  }

  @Test
  void score_quenched_showsInherentEnergiesAndTheCost() throws Exception {
    Path dump = folder.resolve("short.lammpstrj");
    String[] all =
        Files.readString(DATA.resolve("ka512_T0.60.lammpstrj")).split("(?=ITEM: TIMESTEP)");
    Files.writeString(dump, String.join("", List.of(all).subList(0, 12)));
    Path gsd = folder.resolve("quenched.gsd");
    Ran ran =
        run(
            "score",
            "--frames",
            "replay:" + dump + "?T=0.6&dt=0.005",
            "--quench",
            "--export",
            "particles=" + gsd,
            "--json");
    assertThat(ran.exit()).as(ran.err()).isZero();
    JsonNode cost = ran.json().get("quench");
    assertThat(cost.get("iterations_per_frame").asDouble()).isBetween(50.0, 5000.0);
    assertThat(cost.get("seconds_per_frame").asDouble()).isPositive();
    assertThat(cost.get("not_converged").asInt()).isZero();
    assertThat(ran.json().get("windows").asInt()).isEqualTo(2);
    Assumptions.assumeTrue(Files.exists(PYTHON), "skipped: /usr/bin/python3 is not there");
    String energies =
        python(
            "import sys, gsd.hoomd\n"
                + "for f in gsd.hoomd.open(sys.argv[1], 'rb'):\n"
                + "    assert -7.9 < f.log['potential_energy'][0] / 512 < -7.3\n"
                + "print('as expected')",
            gsd);
    assertThat(energies).isEqualTo("as expected");
  }
}
