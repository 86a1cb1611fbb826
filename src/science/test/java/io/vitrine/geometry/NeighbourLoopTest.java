package io.vitrine.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.vitrine.DumpFrames;
import io.vitrine.model.Box;
import io.vitrine.model.Frame;
import io.vitrine.model.Particles;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class NeighbourLoopTest {
  /** Boxes larger and smaller than the cut-off, skewed, with free edges, with a far origin. */
  static Stream<Box> boxes() {
    return Stream.of(
        Box.cube(9),
        Box.cube(2.3),
        Box.orthogonal(1.1, 7, 13),
        Box.cube(6).centred(),
        Box.triclinic(7, 6, 8, 2.5, -1.5, 2),
        Box.triclinic(3, 2.5, 4, 4, -5, 3),
        Box.triclinic(9, 9, 9, -4.5, 4.5, -4.5).at(100, -50, 3),
        new Box(8, 7, 6, 0, 0, 0, 0, 0, 0, true, false, true, 3),
        new Box(5, 5, 5, 1, 0.5, -2, 0, 0, 0, false, true, false, 3),
        new Box(5, 5, 5, 0, 0, 0, 0, 0, 0, false, false, false, 3));
  }

  @ParameterizedTest
  @MethodSource("boxes")
  void forEach_anyBox_findsWhatTrialOfAllImagesFinds(Box box) {
    Frame frame = random(box, 60, 11);
    int[] targets = {3, 59, 17, 17, 0};
    double cutoff = 3.1;

    double[][][] found = collect(frame, cutoff, targets);

    for (int n = 0; n < targets.length; n++) {
      for (int s = 0; s < 2; s++) {
        double[] expected = byTrial(frame, cutoff, targets[n], s);
        double[] sorted = found[n][s].clone();
        Arrays.sort(sorted);
        assertThat(sorted).as("%s target %d", box, targets[n]).hasSameSizeAs(expected);
        assertThat(sorted).containsExactly(expected, within(1e-9));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("boxes")
  void forEachBond_anyBox_findsWhoAndWhereTheNeighboursAre(Box box) {
    Frame frame = random(box, 60, 11);
    double[] r = frame.positions();
    int[] targets = {3, 59, 17, 17, 0};
    double cutoff = 3.1;
    int[] seen = new int[targets.length];

    NeighbourLoop.over(frame, cutoff)
        .forEachBond(
            targets,
            (slot, bonds) -> {
              int i = targets[slot];
              double[][] bySpecies = {new double[bonds.count()], new double[bonds.count()]};
              int[] count = new int[2];
              for (int n = 0; n < bonds.count(); n++) {
                int j = bonds.particles()[n];
                double[] d = {bonds.x()[n], bonds.y()[n], bonds.z()[n]};
                double squared = d[0] * d[0] + d[1] * d[1] + d[2] * d[2];
                assertThat(bonds.squared()[n]).isEqualTo(squared);
                double z = (r[3 * i + 2] + d[2] - r[3 * j + 2]) / box.lz();
                double y = (r[3 * i + 1] + d[1] - r[3 * j + 1] - z * box.yz()) / box.ly();
                double x = (r[3 * i] + d[0] - r[3 * j] - y * box.xy() - z * box.xz()) / box.lx();
                assertThat(new double[] {x - Math.rint(x), y - Math.rint(y), z - Math.rint(z)})
                    .as("an image of particle %d", j)
                    .containsExactly(new double[3], within(1e-9));
                int s = frame.particles().types()[j];
                bySpecies[s][count[s]++] = squared;
              }
              for (int s = 0; s < 2; s++) {
                double[] sorted = Arrays.copyOf(bySpecies[s], count[s]);
                Arrays.sort(sorted);
                double[] expected = byTrial(frame, cutoff, i, s);
                assertThat(sorted).hasSameSizeAs(expected);
                assertThat(sorted).containsExactly(expected, within(1e-9));
              }
              seen[slot]++;
            });

    assertThat(seen).containsOnly(1);
  }

  @Test
  void forEach_denseLiquid_findsWhatTrialOfAllImagesFinds() {
    // Blocks small against the cut-off: most neighbours are taken without a comparison.
    Frame frame = random(Box.cube(8), 700, 5);
    int[] all = DumpFrames.all(700);

    double[][][] found = collect(frame, 4, all);

    for (int n = 0; n < 700; n++) {
      for (int s = 0; s < 2; s++) {
        double[] sorted = found[n][s].clone();
        Arrays.sort(sorted);
        assertThat(sorted).containsExactly(byTrial(frame, 4, n, s), within(1e-9));
      }
    }
  }

  @Test
  void forEach_otherTargetsAsked_givesTheSameBits() {
    Frame frame = random(Box.cube(9), 800, 3);

    double[][][] alone = collect(frame, 4, new int[] {123});
    double[][][] together = collect(frame, 4, DumpFrames.all(800));

    assertThat(together[123][0]).isEqualTo(alone[0][0]);
    assertThat(together[123][1]).isEqualTo(alone[0][1]);
  }

  @Test
  void forEach_inBlocksOnThreads_givesTheSameBits() throws Exception {
    Frame frame = random(Box.cube(9), 800, 3);
    int[] all = DumpFrames.all(800);
    double[][][] expected = collect(frame, 4, all);
    double[][][] found = new double[800][2][];
    ExecutorService executor = Executors.newFixedThreadPool(3);
    try {
      NeighbourLoop.over(frame, 4).forEach(all, () -> into(found), executor, 7);
    } finally {
      executor.shutdown();
    }

    assertThat(found).isDeepEqualTo(expected);
  }

  @Test
  void forEach_pairAtTheCutoff_counts() {
    Frame frame = frame(Box.cube(20), new double[] {1, 1, 1, 3, 1, 1}, new byte[] {0, 1});

    assertThat(collect(frame, 2, new int[] {0})[0][1]).containsExactly(4.0);
    assertThat(collect(frame, 1.9999999, new int[] {0})[0][1]).isEmpty();
  }

  @Test
  void forEach_twoParticlesInOnePlace_seeEachOther() {
    Frame frame = frame(Box.cube(20), new double[] {1, 1, 1, 1, 1, 1}, new byte[] {0, 0});

    assertThat(collect(frame, 2, new int[] {0})[0][0]).containsExactly(0.0);
  }

  @Test
  void forEach_noTargets_callsNobody() {
    assertThat(collect(random(Box.cube(5), 10, 1), 2, new int[0])).isEmpty();
  }

  @Test
  void over_positionNotANumber_isRefusedByName() {
    Frame frame = frame(Box.cube(5), new double[] {1, 1, 1, 2, Double.NaN, 2}, new byte[] {0, 0});

    assertThatIllegalArgumentException()
        .isThrownBy(() -> NeighbourLoop.over(frame, 2))
        .withMessage("position of particle 2 must be finite, but was (2.0, NaN, 2.0)");
  }

  @Test
  void over_flatFreeLayer_isSearched() {
    Box slab = new Box(10, 10, 1, 0, 0, 0, 0, 0, 0, true, true, false, 3);
    Frame frame = frame(slab, new double[] {1, 1, 0.5, 9.5, 1, 0.5}, new byte[] {0, 0});

    assertThat(collect(frame, 2, new int[] {0})[0][0]).containsExactly(2.25);
  }

  @Test
  void over_boxFarBelowTheCutoff_isRefused() {
    Frame frame = frame(Box.cube(0.0078125), new double[3], new byte[1]);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> NeighbourLoop.over(frame, 2))
        .withMessage("box height must be >= cutoff / 50, but was 0.0078125");
  }

  @Test
  void forEach_someOfAMillionParticles_findsWhatTrialFinds() {
    Frame frame = random(Box.orthogonal(80, 110, 95), 1_000_000, 2);
    int[] targets = {999_999, 5, 123_456};

    double[][][] found = collect(frame, 6.2, targets);

    for (int n = 0; n < targets.length; n++) {
      double[] r = frame.positions();
      MinimumImage minimum = MinimumImage.of(frame.box());
      int expected = -1;
      for (int j = 0; j < frame.count(); j++) {
        double[] d = new double[3];
        for (int k = 0; k < 3; k++) {
          d[k] = r[3 * j + k] - r[3 * targets[n] + k];
        }
        minimum.apply(d, 0);
        expected += d[0] * d[0] + d[1] * d[1] + d[2] * d[2] <= 6.2 * 6.2 ? 1 : 0;
      }
      assertThat(found[n][0].length + found[n][1].length).isEqualTo(expected).isGreaterThan(500);
    }
  }

  private static double[][][] collect(Frame frame, double cutoff, int[] targets) {
    double[][][] found = new double[targets.length][2][];
    NeighbourLoop.over(frame, cutoff).forEach(targets, into(found));
    return found;
  }

  private static PairVisitor into(double[][][] found) {
    return (slot, species, squared, count) -> found[slot][species] = Arrays.copyOf(squared, count);
  }

  private static double[] byTrial(Frame frame, double cutoff, int i, int species) {
    Box b = frame.box();
    double[] r = frame.positions();
    int nx = b.periodicX() ? 18 : 0;
    int ny = b.periodicY() ? 10 : 0;
    int nz = b.periodicZ() ? 8 : 0;
    double[] found = new double[100_000];
    int n = 0;
    for (int j = 0; j < frame.count(); j++) {
      if (frame.particles().types()[j] != species) {
        continue;
      }
      for (int kz = -nz; kz <= nz; kz++) {
        for (int ky = -ny; ky <= ny; ky++) {
          for (int kx = -nx; kx <= nx; kx++) {
            double x = r[3 * j] - r[3 * i] + kx * b.lx() + ky * b.xy() + kz * b.xz();
            double y = r[3 * j + 1] - r[3 * i + 1] + ky * b.ly() + kz * b.yz();
            double z = r[3 * j + 2] - r[3 * i + 2] + kz * b.lz();
            double squared = x * x + y * y + z * z;
            boolean self = i == j && kx == 0 && ky == 0 && kz == 0;
            if (!self && squared <= cutoff * cutoff) {
              found[n++] = squared;
            }
          }
        }
      }
    }
    double[] sorted = Arrays.copyOf(found, n);
    Arrays.sort(sorted);
    return sorted;
  }

  /** Particles anywhere in and a little outside the box. */
  private static Frame random(Box b, int n, long seed) {
    Random random = new Random(seed);
    double[] r = new double[3 * n];
    byte[] types = new byte[n];
    for (int i = 0; i < n; i++) {
      double sx = 1.6 * random.nextDouble() - 0.3;
      double sy = 1.6 * random.nextDouble() - 0.3;
      double sz = 1.6 * random.nextDouble() - 0.3;
      r[3 * i] = b.originX() + sx * b.lx() + sy * b.xy() + sz * b.xz();
      r[3 * i + 1] = b.originY() + sy * b.ly() + sz * b.yz();
      r[3 * i + 2] = b.originZ() + sz * b.lz();
      types[i] = (byte) (i % 5 == 0 ? 1 : 0);
    }
    return frame(b, r, types);
  }

  private static Frame frame(Box box, double[] positions, byte[] types) {
    return Frame.of("test")
        .box(box)
        .particles(Particles.numbered(1, types))
        .wrapped(positions, null)
        .build();
  }
}
