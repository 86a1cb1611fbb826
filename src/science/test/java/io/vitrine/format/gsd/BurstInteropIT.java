package io.vitrine.format.gsd;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitrine.analysis.bursts.Burst;
import io.vitrine.analysis.bursts.BurstFolder;
import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.analysis.window.ModelScores;
import io.vitrine.format.Peer;
import io.vitrine.model.Box;
import io.vitrine.model.Frame;
import io.vitrine.model.Particles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bursts of rearrangement open in python3-gsd, with p_hop of the A particles. */
final class BurstInteropIT {
  private static final String READ =
      """
      import sys, numpy as np, gsd.hoomd
      for s in gsd.hoomd.open(sys.argv[1], 'rb'):
          p = s.log['particles/p_hop']
          print(s.log['vitrine/time'][0], s.particles.N, np.sum(p > 0.2), np.sum(np.isnan(p)))
      """;

  @TempDir Path folder;

  @Test
  void burst_readByPython_hasItsFramesAndHops() throws IOException {
    Peer.needPython("gsd.hoomd");
    byte[] types = new byte[50];
    Arrays.fill(types, 40, 50, (byte) 1);
    List<Frame> frames = new ArrayList<>();
    List<double[]> pHop = new ArrayList<>();
    for (int t = 7; t < 12; t++) {
      frames.add(
          Frame.of("cold")
              .at(200L * t, t)
              .box(Box.cube(6))
              .particles(Particles.numbered(0, types))
              .wrapped(new double[150], null)
              .build());
      double[] values = new double[40];
      Arrays.fill(values, 0, t, 0.3);
      pHop.add(t == 11 ? null : values);
    }
    new BurstFolder(folder, AnalysisSpec.standard(), ModelScores.none())
        .write(new Burst("cold", 12_000, 12_000, 9, frames, pHop));

    assertThat(Peer.python(READ, folder.resolve("cold/burst-000012.000.gsd")).lines())
        .containsExactly(
            "7.0 50 7 10", "8.0 50 8 10", "9.0 50 9 10", "10.0 50 10 10", "11.0 50 0 50");
  }
}
