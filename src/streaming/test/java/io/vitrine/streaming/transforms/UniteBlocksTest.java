package io.vitrine.streaming.transforms;

import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.analysis.window.HopBlock;
import io.vitrine.analysis.window.HopFrame;
import io.vitrine.analysis.window.WindowMeasure;
import io.vitrine.model.Frame;
import io.vitrine.streaming.Walks;
import io.vitrine.streaming.coders.Coders;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TimestampedValue;
import org.joda.time.Instant;
import org.junit.Rule;
import org.junit.Test;

public class UniteBlocksTest {
  private static final AnalysisSpec SPEC = AnalysisSpec.standard().withBlockParticles(3);
  private static final WindowMeasure MEASURE = WindowMeasure.of(SPEC);

  @Rule public final TestPipeline pipeline = TestPipeline.create();

  private final List<KV<String, HopBlock>> blocks = new ArrayList<>();
  private final List<KV<String, HopFrame>> windows = new ArrayList<>();

  @Test
  public void unite_blocksOfTwoSimulationsInAnyOrder_givesEachWindowOnce() {
    cut("a", 1, 20);
    cut("b", 2, 17);
    Collections.shuffle(blocks, new Random(7));
    expect(blocks);
  }

  /** A block that comes twice is not taken for the one that is missing. */
  @Test
  public void unite_blockTwice_waitsForTheOthers() {
    cut("a", 1, 11);
    expect(List.of(blocks.get(0), blocks.get(0), blocks.get(2), blocks.get(3), blocks.get(1)));
  }

  @Test
  public void unite_windowThatMissesABlock_isNotPutOut() {
    cut("a", 1, 11);
    windows.clear();
    expect(blocks.subList(0, 3));
  }

  /** Blocks of all windows of a walk, and the windows measured whole. */
  private void cut(String simulation, long seed, int frames) {
    List<Frame> walk = Walks.of(simulation, seed, frames);
    int count = HopBlock.blocks(Walks.COUNT, SPEC);
    for (int w = 0; w + 11 <= frames; w++) {
      List<Frame> window = walk.subList(w, w + 11);
      windows.add(KV.of(simulation, MEASURE.measure(window, w)));
      for (int index = 0; index < count; index++) {
        List<Frame> parts = new ArrayList<>();
        for (Frame frame : window) {
          parts.add(HopBlock.part(frame, index, SPEC));
        }
        blocks.add(KV.of(simulation, MEASURE.block(parts, w, index, count)));
      }
    }
  }

  private void expect(List<KV<String, HopBlock>> sent) {
    TestStream.Builder<KV<String, HopBlock>> stream =
        TestStream.create(Coders.bySimulation(Coders.hopBlocks()));
    for (KV<String, HopBlock> block : sent) {
      Instant centre = Instant.ofEpochMilli(block.getValue().hops().timeMillis());
      stream = stream.addElements(TimestampedValue.of(block, centre));
      stream = stream.advanceWatermarkTo(Instant.ofEpochMilli(30_000));
    }
    PAssert.that(
            pipeline
                .apply(stream.advanceWatermarkToInfinity())
                .apply("UniteBlocks", UniteBlocks.of(SPEC)))
        .containsInAnyOrder(windows);
    pipeline.run().waitUntilFinish();
  }
}
