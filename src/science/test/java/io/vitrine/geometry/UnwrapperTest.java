package io.vitrine.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.vitrine.model.Box;
import io.vitrine.model.Frame;
import io.vitrine.model.Particles;
import java.util.List;
import org.junit.jupiter.api.Test;

final class UnwrapperTest {
  private static final Particles ONE = Particles.numbered(1, new byte[] {0});
  private static final int[] FIRST = {0};

  @Test
  void follow_imagesInEveryFrame_usesThemHoweverLongTheStep() {
    Paths paths =
        Unwrapper.follow(
            List.of(wrapped(1, images(0)), wrapped(2, images(3)), wrapped(3, images(3))), 1, FIRST);

    assertThat(x(paths)).containsExactly(-31.0, 0.0, 1.0);
    assertThat(paths.largestStep()).isZero();
  }

  @Test
  void follow_imagesOfOneFrameOnly_doNotCount() {
    Paths paths =
        Unwrapper.follow(
            List.of(wrapped(9, images(5)), wrapped(1, null), wrapped(3, null)), 1, FIRST);

    assertThat(x(paths)).containsExactly(-2.0, 0.0, 2.0);
    assertThat(paths.largestStep()).isCloseTo(0.4, within(1e-12));
  }

  @Test
  void follow_unwrappedFrames_takesDifferences() {
    Paths paths = Unwrapper.follow(List.of(free(100), free(108), free(101)), 1, FIRST);

    assertThat(x(paths)).containsExactly(-8.0, 0.0, -7.0);
    assertThat(paths.largestStep()).isZero();
  }

  @Test
  void follow_stepNearHalfTheBox_isReported() {
    Paths paths = Unwrapper.follow(List.of(wrapped(0, null), wrapped(4.9, null)), 0, FIRST);

    assertThat(paths.largestStep()).isCloseTo(0.98, within(1e-12));
  }

  @Test
  void follow_imagesAcrossChangingBox_moveByTheirChangeAlone() {
    Frame same = wrapped(2, images(30)).toBuilder().box(Box.cube(12)).build();
    Frame next = wrapped(0.5, images(31)).toBuilder().box(Box.cube(11)).build();

    Paths paths = Unwrapper.follow(List.of(wrapped(1, images(30)), same, next), 0, FIRST);

    assertThat(x(paths)).containsExactly(0.0, 1.0, 10.5);
  }

  @Test
  void follow_unwrappedAcrossChangingBox_movesAsWithImages() {
    // x = 1 in the 30th box of 10, x = 2 in that of 12, x = 0.5 in the 31st of 11.
    Frame same = free(30 * 12 + 2).toBuilder().box(Box.cube(12)).build();
    Frame next = free(31 * 11 + 0.5).toBuilder().box(Box.cube(11)).build();
    Frame back = free(-3 * 11 + 9).toBuilder().box(Box.cube(11)).build();

    assertThat(x(Unwrapper.follow(List.of(free(301), same, next), 0, FIRST)))
        .containsExactly(0.0, 1.0, 10.5);
    assertThat(x(Unwrapper.follow(List.of(free(-3 * 10 + 8), back), 0, FIRST)))
        .containsExactly(0.0, 1.0);
  }

  @Test
  void follow_imagesInABreathingTiltedBox_areNoStepsOfTheirOwn() {
    Box before = Box.triclinic(10, 9, 8, 1, 0.5, -0.7);
    Box after = Box.triclinic(10.1, 9.1, 8.1, 1.2, 0.4, -0.8);
    Frame one = frame().box(before).wrapped(new double[] {3, 4, 5}, new int[] {7, -20, 11}).build();
    Frame two =
        frame().box(after).wrapped(new double[] {3.1, 4.1, 5.1}, new int[] {7, -20, 11}).build();

    double[] step = Unwrapper.follow(List.of(one, two), 0, FIRST).relative()[1];

    assertThat(step).containsExactly(new double[] {0.1, 0.1, 0.1}, within(1e-12));
  }

  @Test
  void follow_otherParticles_isRefused() {
    Frame other =
        wrapped(1, null).toBuilder().particles(Particles.numbered(2, new byte[1])).build();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Unwrapper.follow(List.of(wrapped(1, null), other), 0, FIRST))
        .withMessageContaining("particles of");
  }

  private static double[] x(Paths paths) {
    double[] x = new double[paths.relative().length];
    for (int f = 0; f < x.length; f++) {
      x[f] = paths.relative()[f][0];
    }
    return x;
  }

  private static int[] images(int imageX) {
    return new int[] {imageX, 0, 0};
  }

  private static Frame wrapped(double x, int[] images) {
    return frame().wrapped(new double[] {x, 0, 0}, images).build();
  }

  private static Frame free(double x) {
    return frame().unwrapped(new double[] {x, 0, 0}).build();
  }

  private static Frame.Builder frame() {
    return Frame.of("one").box(Box.cube(10)).particles(ONE);
  }
}
