package io.vitrine.relaxation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vitrine.model.Box;
import io.vitrine.model.Frame;
import io.vitrine.model.Particles;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Large frames, of which a part is measured too: gases and crystals, whose S(k) is known. */
final class StructurePeakTest {
  private static final double K = 7.25;

  @Test
  void of_largeIdealGas_isOneWithoutPeaks() {
    Box skewed = Box.triclinic(40, 38, 44, 11, -7, 5);
    for (Box box : new Box[] {Box.cube(42), skewed, skewed.periodic(true, true, false)}) {
      double[] x = new double[3 * 80_000];
      Random random = new Random(5);
      for (int i = 0; i < x.length; i += 3) {
        double a = random.nextDouble();
        double b = random.nextDouble();
        double c = random.nextDouble();
        x[i] = box.originX() + a * box.lx() + b * box.xy() + c * box.xz();
        x[i + 1] = box.originY() + b * box.ly() + c * box.yz();
        x[i + 2] = box.originZ() + c * box.lz();
      }
      for (double time : new double[] {0, 50, 100}) {
        StructurePeak peak = StructurePeak.of(frame(box, x, time), 3, K);
        // The largest mean of seven bins.
        double error = Math.sqrt(7.0 / peak.vectors());
        assertThat(peak.value()).isCloseTo(1, within(5 * error));
        assertThat(peak.largest()).isLessThan(Math.log(peak.vectors()) + 9.2);
      }
    }
  }

  /** A crystal that fills a box in which one in hundreds of wavevectors would be looked at. */
  @Test
  void of_largeCrystal_hasPeaksAtAnyTime() {
    int side = 62;
    double edge = 2 * Math.PI / K;
    double[] x = new double[3 * side * side * side];
    Random random = new Random(6);
    for (int i = 0; i < side * side * side; i++) {
      int[] cell = {i % side, i / side % side, i / side / side};
      for (int d = 0; d < 3; d++) {
        x[3 * i + d] = (cell[d] + 0.1 * random.nextGaussian()) * edge;
      }
    }
    for (double time : new double[] {0, 50, 100, 150}) {
      StructurePeak peak = StructurePeak.of(frame(Box.cube(side * edge), x, time), 3, K);
      assertThat(peak.largest()).isGreaterThan(100);
    }
  }

  private static Frame frame(Box box, double[] x, double time) {
    int n = x.length / 3;
    return Frame.of("large")
        .at(0, time)
        .box(box)
        .particles(Particles.of(IntStream.range(0, n).toArray(), new byte[n]))
        .wrapped(x, null)
        .build();
  }
}
