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
  void follow_imagesAcrossChangingBox_usesEachFramesBox() {
    Frame large = wrapped(2, images(1)).toBuilder().box(Box.cube(12)).build();

    Paths paths = Unwrapper.follow(List.of(wrapped(1, images(1)), large), 0, FIRST);

    assertThat(x(paths)).containsExactly(0.0, 3.0);
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
