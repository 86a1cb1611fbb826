package io.vitrine.geometry;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitrine.model.Box;
import io.vitrine.model.Frame;
import io.vitrine.model.Particles;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pairs met once are the pairs of the neighbour loop, at the same distances to the last bit. */
final class PairLoopTest {
  private static final double CUTOFF = 2.7;

  /** A term that no two distances share: the last bits of the square, others for each species. */
  private static double term(int sum, int species, double squared) {
    long bits = Double.doubleToRawLongBits(squared) >>> sum;
    return (bits & 0x3fff_ffff) * (2.0 * species + 3);
  }

  private static final class Terms implements PairTerms {
    @Override
    public int sums() {
      return 2;
    }

    @Override
    public double toParticle(int sum, int neighbours, Near near) {
      return toBoth(sum, neighbours, near, new double[near.squared.length]);
    }

    @Override
    public void toNeighbours(int sum, int particle, Near near, double[] neighbourSums) {
      toBoth(sum, particle, near, neighbourSums);
    }

    @Override
    public double toBoth(int sum, int species, Near near, double[] neighbourSums) {
      double all = 0;
      for (int k = 0; k < near.inner + near.count; k++) {
        int n = k < near.inner ? k : near.outer[k - near.inner];
        double term = term(sum, species, near.squared[n]);
        neighbourSums[n] += term;
        all += term;
      }
      return all;
    }
  }

  static Stream<Box> boxes() {
    return Stream.of(
        Box.cube(9.3),
        Box.cube(30),
        Box.orthogonal(2.1, 5, 8),
        Box.triclinic(7, 6.1, 5.3, 2, -1.5, 2.2),
        Box.triclinic(1.3, 1.7, 2.1, 0.6, 0.3, -0.5),
        Box.cube(8).periodic(false, false, false),
        Box.triclinic(7, 6, 1, 2.5, 0, 0).periodic(true, true, false),
        Box.cube(8).periodic(true, false, true).at(100.1, -3.3, 1e4));
  }

  private static Frame frame(Box box, int n, int species) {
    Random random = new Random(n);
    double[] r = new double[3 * n];
    byte[] types = new byte[n];
    for (int i = 0; i < n; i++) {
      double[] s = random.doubles(3, -0.2, 1.2).toArray();
      Lattice lattice = new Lattice(box);
      r[3 * i] = box.originX() + lattice.x(s[0], s[1], s[2]);
      r[3 * i + 1] = box.originY() + lattice.y(s[1], s[2]);
      r[3 * i + 2] = box.originZ() + lattice.z(s[2]);
      types[i] = (byte) random.nextInt(species);
    }
    String[] names = {"one", "two", "three"};
    return Frame.of("test")
        .box(box)
        .particles(Particles.numbered(1, types, List.of(names).subList(0, species)))
        .wrapped(r, null)
        .build();
  }

  private static double[][] oneByOne(Frame frame, int[] targets) {
    double[][] sums = new double[2][targets.length];
    NeighbourLoop.symmetric(frame, CUTOFF)
        .forEach(
            targets,
            (slot, species, squared, count) -> {
              for (int n = 0; n < count; n++) {
                double d = squared[n] + PairTerms.least(CUTOFF);
                sums[0][slot] += term(0, species, d);
                sums[1][slot] += term(1, species, d);
              }
            });
    return sums;
  }

  @ParameterizedTest
  @MethodSource("boxes")
  void sums_anyBoxAndSpecies_areThoseOfTheNeighbourLoop(Box box) {
    for (int species = 1; species <= 3; species++) {
      Frame frame = frame(box, 300, species);
      for (int which = 1; which < 1 << species; which++) {
        boolean[] wanted = {(which & 1) != 0, (which & 2) != 0, (which & 4) != 0};
        int[] targets =
            IntStream.range(0, frame.count())
                .filter(i -> wanted[frame.particles().types()[i]])
                .toArray();
        boolean[] own = Arrays.copyOf(wanted, species);

        double[][] sums =
            PairLoop.over(frame, CUTOFF).sums(targets, own, new Terms(), Runnable::run, 1);

        assertThat(sums).isDeepEqualTo(oneByOne(frame, targets));
      }
    }
  }

  @Test
  void sums_onThreads_areTheSame() throws Exception {
    Frame frame = frame(Box.cube(9.3), 500, 2);
    int[] targets = frame.particles().indicesOf(0);
    boolean[] wanted = {true, false};
    ExecutorService executor = Executors.newFixedThreadPool(2);
    try {
      double[][] sums =
          PairLoop.over(frame, CUTOFF).sums(targets, wanted, new Terms(), executor, 3);

      assertThat(sums).isDeepEqualTo(oneByOne(frame, targets));
    } finally {
      executor.shutdown();
    }
  }
}
