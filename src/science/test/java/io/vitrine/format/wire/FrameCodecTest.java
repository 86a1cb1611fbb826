package io.vitrine.format.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vitrine.model.Box;
import io.vitrine.model.Frame;
import io.vitrine.model.Particles;
import io.vitrine.model.Thermo;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class FrameCodecTest {

  @Test
  void decode_anyFrame_isEqualBitForBit() {
    Random random = new Random(7);
    for (int i = 0; i < 500; i++) {
      Frame frame = randomFrame(random);
      byte[] bytes = FrameCodec.encode(frame);
      Frame decoded = FrameCodec.decode(bytes);
      assertThat(decoded).isEqualTo(frame);
      assertThat(FrameCodec.encode(decoded)).isEqualTo(bytes);
      for (int k = 0; k < frame.positions().length; k++) {
        assertThat(Double.doubleToRawLongBits(decoded.positions()[k]))
            .isEqualTo(Double.doubleToRawLongBits(frame.positions()[k]));
      }
    }
  }

  @Test
  void decode_planeOfThreeNamedSpecies_isEqualAndRefusedWhereCut() {
    Frame frame =
        Frame.of("plane")
            .box(Box.rectangle(4, 5).periodic(true, false, false))
            .particles(Particles.numbered(3, new byte[] {2, 0, 1}, List.of("Large", "Cu", "Zr")))
            .wrapped(new double[] {1, 2, 0, 3, 4, 0, 0.1, 0.2, 0}, new int[9])
            .build();
    byte[] bytes = FrameCodec.encode(frame);
    assertThat(FrameCodec.decode(bytes)).isEqualTo(frame);
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> FrameCodec.decode(cut)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void encode_floatPositions_takesHalfTheSpace() {
    double[] floats = {0.5f, 0.1f, -3.25f};
    double[] doubles = {0.5, 0.1, -3.25};
    int shorter = FrameCodec.encode(frame(floats)).length;
    int longer = FrameCodec.encode(frame(doubles)).length;
    assertThat(longer - shorter).isEqualTo(3 * 4);
  }

  @Test
  void decode_framesOfOneSimulation_shareParticles() {
    byte[] bytes = FrameCodec.encode(frame(new double[] {1, 2, 3}));
    assertThat(FrameCodec.decode(bytes).particles())
        .isSameAs(FrameCodec.decode(bytes.clone()).particles());
  }

  @Test
  void decode_cutOrLongerOrChangedBytes_isRefusedOrAFrame() {
    Random random = new Random(3);
    byte[] bytes = FrameCodec.encode(randomFrame(random));
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> FrameCodec.decode(cut)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> FrameCodec.decode(Arrays.copyOf(bytes, bytes.length + 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must have");
    for (int i = 0; i < 20_000; i++) {
      byte[] changed = bytes.clone();
      changed[random.nextInt(Math.min(180, bytes.length))] = (byte) random.nextInt();
      try {
        assertThat(FrameCodec.decode(changed)).isNotNull();
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageContaining("must");
      }
    }
  }

  private static Frame frame(double[] positions) {
    return Frame.of("s")
        .at(4, 0.02)
        .box(Box.cube(7))
        .particles(Particles.numbered(1, new byte[positions.length / 3]))
        .unwrapped(positions)
        .build();
  }

  static Frame randomFrame(Random random) {
    int n = random.nextInt(40);
    byte[] types = new byte[n];
    int[] ids = new int[n];
    for (int i = 0; i < n; i++) {
      types[i] = (byte) random.nextInt(2);
      ids[i] = random.nextBoolean() ? i + 5 : 1000 - 3 * i;
    }
    int[] consecutive = new int[n];
    Arrays.setAll(consecutive, i -> i - 3);
    boolean floats = random.nextBoolean();
    double[] xyz = numbers(random, n, floats);
    Frame.Builder frame =
        Frame.of("run-" + random.nextInt(3) + "é")
            .at(random.nextLong(), random.nextGaussian())
            .box(
                Box.triclinic(1 + random.nextDouble(), 2, 3, random.nextDouble(), -0.0, 0.1)
                    .centred())
            .particles(Particles.of(random.nextBoolean() ? distinct(ids) : consecutive, types))
            .thermo(random.nextBoolean() ? Thermo.UNKNOWN : new Thermo(-1.5, 0.25, 0.47));
    if (random.nextBoolean()) {
      frame.velocities(numbers(random, n, random.nextBoolean()));
    }
    return switch (random.nextInt(3)) {
      case 0 -> frame.unwrapped(xyz).build();
      case 1 -> frame.wrapped(xyz, null).build();
      default -> {
        int reach = 1 << random.nextInt(31);
        int[] images = random.ints(3L * n, -reach, reach).toArray();
        yield frame.wrapped(xyz, images).build();
      }
    };
  }

  private static int[] distinct(int[] ids) {
    int[] distinct = new int[ids.length];
    Arrays.setAll(distinct, i -> 2 * ids.length - 2 * i);
    return distinct;
  }

  private static double[] numbers(Random random, int n, boolean floats) {
    double[] numbers = new double[3 * n];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = floats ? (float) random.nextGaussian() : random.nextGaussian();
    }
    if (n > 0 && random.nextInt(5) == 0) {
      numbers[0] = Double.NaN;
      numbers[1] = -0.0;
      numbers[2] = Double.NEGATIVE_INFINITY;
    }
    return numbers;
  }
}
