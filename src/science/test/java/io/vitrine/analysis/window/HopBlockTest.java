package io.vitrine.analysis.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.vitrine.TestData;
import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.analysis.spec.SoftnessRule;
import io.vitrine.analysis.spec.TrainingSpec;
import io.vitrine.format.ReadPosition;
import io.vitrine.format.ReaderOptions;
import io.vitrine.format.TrajectoryReader;
import io.vitrine.format.trajectory.Trajectories;
import io.vitrine.format.wire.PackedFrame;
import io.vitrine.model.Frame;
import io.vitrine.model.Target;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Windows measured block by block and put together, beside the same windows measured whole. */
final class HopBlockTest {
  private static List<Frame> window;

  @BeforeAll
  static void read() throws IOException {
    window = new ArrayList<>();
    ReaderOptions options = ReaderOptions.finished("ka", 1);
    try (TrajectoryReader reader =
        Trajectories.open(
            TestData.file("ka512/ka512_T0.60.lammpstrj"), options, ReadPosition.START)) {
      for (Frame frame = reader.next(); window.size() < 11; frame = reader.next()) {
        window.add(frame.toBuilder().at(frame.step(), window.size()).build());
      }
    }
  }

  @Test
  void unite_blocksOfAnySizeInAnyOrder_isTheWindowMeasuredWhole() throws IOException {
    AnalysisSpec standard = AnalysisSpec.standard();
    TrainingSpec displacements =
        new TrainingSpec(
            TrainingSpec.Label.DISPLACEMENT, 0.01, 10, 0, false, SoftnessRule.standard());
    List<AnalysisSpec> specs =
        List.of(
            standard,
            standard.withTraining(displacements),
            standard.withTargets(Target.named(List.of("A", "B"), "B").exporting(List.of("A"))));
    for (AnalysisSpec spec : specs) {
      for (int size : new int[] {1, 7, 100, 511, 512, 600}) {
        AnalysisSpec cut = spec.withBlockParticles(size);
        HopFrame whole = WindowMeasure.of(cut).measure(window, 5);
        List<HopBlock> blocks = blocks(cut);
        Collections.shuffle(blocks, new Random(size));
        assertThat(HopBlock.unite(blocks, cut)).isEqualTo(whole);
        HopFrame usual = WindowMeasure.of(spec).measure(window, 5);
        assertThat(whole.pHop()).isEqualTo(usual.pHop());
        for (int lag = 0; lag < whole.msd().length; lag++) {
          double expected = usual.msd()[lag];
          assertThat(whole.msd()[lag]).isCloseTo(expected, within(1e-13 * expected));
        }
      }
    }
  }

  @Test
  void unite_blocksThatOneIsMissingOf_isRefused() throws IOException {
    AnalysisSpec cut = AnalysisSpec.standard().withBlockParticles(100);
    List<HopBlock> blocks = blocks(cut);
    blocks.remove(3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HopBlock.unite(blocks, cut))
        .withMessageContaining("blocks of a window");
  }

  private static List<HopBlock> blocks(AnalysisSpec spec) throws IOException {
    WindowMeasure measure = WindowMeasure.of(spec);
    int count = HopBlock.blocks(window.get(0).count(), spec);
    List<HopBlock> blocks = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      List<Frame> parts = new ArrayList<>();
      for (Frame frame : window) {
        PackedFrame part = PackedFrame.of(0, 0, HopBlock.part(frame, index, spec));
        assertThat(part.particles()).isEqualTo(part.frame().count());
        parts.add(part.frame());
      }
      HopBlock block = measure.block(parts, 5, index, count);
      assertThat(HopBlock.fromBytes(block.toBytes())).isEqualTo(block);
      blocks.add(block);
    }
    int particles = blocks.stream().mapToInt(b -> b.hops().structure().count()).sum();
    assertThat(particles).isEqualTo(window.get(0).count());
    return blocks;
  }
}
