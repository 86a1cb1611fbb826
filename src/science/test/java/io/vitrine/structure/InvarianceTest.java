package io.vitrine.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vitrine.DumpFrames;
import io.vitrine.model.Box;
import io.vitrine.model.FeatureSpec;
import io.vitrine.model.Frame;
import io.vitrine.model.Particles;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What structure functions do not depend on, for every kernel. The box is smaller than 12.4. */
final class InvarianceTest {
  private static final FeatureSpec SPEC = FeatureSpec.standard();
  private static final int[] SOME = {0, 5, 17, 100, 411, 511};

  /** Rounding of distances at 1e-15 times slopes and sums of about 1e2. */
  private static final double ROUNDING = 1e-9;

  private static Frame frame;

  @BeforeAll
  static void readFrame() {
    frame = DumpFrames.read("ka512/ka512_T0.60.lammpstrj").get(30);
  }

  static Stream<RadialStructure> kernels() {
    return Stream.of(
        RadialStructure.reference(SPEC), RadialStructure.exact(SPEC), RadialStructure.live(SPEC));
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void features_shiftedAndWrapped_stayTheSame(RadialStructure kernel) {
    double edge = frame.box().lx();
    double[] r = frame.positions().clone();
    for (int d = 0; d < r.length; d++) {
      r[d] += 2.345 + edge * (d % 7 - 3);
    }

    assertSame(kernel, frame.toBuilder().wrapped(r, null).build(), SOME);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void features_axesTurned_stayTheSame(RadialStructure kernel) {
    double[] r = frame.positions();
    double[] turned = new double[r.length];
    for (int i = 0; i < r.length; i += 3) {
      turned[i] = r[i + 1];
      turned[i + 1] = -r[i + 2];
      turned[i + 2] = -r[i];
    }

    assertSame(kernel, frame.toBuilder().wrapped(turned, null).build(), SOME);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void features_particlesReversed_areReversed(RadialStructure kernel) {
    int n = frame.count();
    double[] r = new double[3 * n];
    byte[] types = new byte[n];
    int[] targets = SOME.clone();
    for (int i = 0; i < n; i++) {
      System.arraycopy(frame.positions(), 3 * i, r, 3 * (n - 1 - i), 3);
      types[n - 1 - i] = frame.particles().types()[i];
    }
    for (int t = 0; t < targets.length; t++) {
      targets[t] = n - 1 - targets[t];
    }
    Frame reversed =
        frame.toBuilder().particles(Particles.numbered(1, types)).wrapped(r, null).build();

    assertSame(kernel, reversed, targets);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void features_sameLatticeSkewed_stayTheSame(RadialStructure kernel) {
    double edge = frame.box().lx();
    Box skewed = Box.triclinic(edge, edge, edge, edge, -edge, 2 * edge);

    assertSame(kernel, frame.toBuilder().box(skewed).build(), SOME);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void features_boxRepeatedTwice_stayTheSame(RadialStructure kernel) {
    int n = frame.count();
    double edge = frame.box().lx();
    double[] r = new double[6 * n];
    byte[] types = new byte[2 * n];
    for (int i = 0; i < 2 * n; i++) {
      System.arraycopy(frame.positions(), 3 * (i % n), r, 3 * i, 3);
      r[3 * i] += i < n ? 0 : edge;
      types[i] = frame.particles().types()[i % n];
    }
    Frame twice =
        frame.toBuilder()
            .box(Box.orthogonal(2 * edge, edge, edge))
            .particles(Particles.numbered(1, types))
            .wrapped(r, null)
            .build();

    assertSame(kernel, twice, SOME);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void features_someTargetsOnThreads_areTheBitsOfAll(RadialStructure kernel) throws Exception {
    double[] all = kernel.features(frame, frame.particles().indicesOf(0));
    int[] a = frame.particles().indicesOf(0);
    int[] reversed = new int[a.length];
    for (int n = 0; n < a.length; n++) {
      reversed[n] = a[a.length - 1 - n];
    }
    ExecutorService executor = Executors.newFixedThreadPool(2);
    double[] inBlocks;
    try {
      inBlocks = kernel.features(kernel.sort(frame), reversed, executor, 5);
    } finally {
      executor.shutdown();
    }

    for (int n = 0; n < a.length; n++) {
      for (int k = 0; k < 100; k++) {
        assertThat(inBlocks[(a.length - 1 - n) * 100 + k]).isEqualTo(all[n * 100 + k]);
      }
    }
    assertThat(kernel.features(frame, new int[] {a[77]}))
        .containsExactly(java.util.Arrays.copyOfRange(all, 7700, 7800));
  }

  private static void assertSame(RadialStructure kernel, Frame changed, int[] targets) {
    double[] expected = kernel.features(frame, SOME);

    assertThat(kernel.features(changed, targets)).containsExactly(expected, within(ROUNDING));
  }
}
