package io.vitrine.streaming.transforms;

import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.analysis.window.HopBlock;
import io.vitrine.analysis.window.HopFrame;
import io.vitrine.streaming.coders.Coders;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.state.MapState;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * Puts the blocks of each window together again.
 *
 * <p>Unbounded; keyed by simulation; a window is put out when its last block arrives, in whatever
 * order they do. State: the blocks of the windows of which some are missing, removed with the last
 * one. All blocks of a window have the same frames, so none is left over.
 */
final class UniteBlocks
    extends PTransform<PCollection<KV<String, HopBlock>>, PCollection<KV<String, HopFrame>>> {
  private static final long serialVersionUID = 1L;

  private final AnalysisSpec spec;

  private UniteBlocks(AnalysisSpec spec) {
    this.spec = spec;
  }

  /** Unites what {@link MeasureHops} measured by this analysis. */
  static UniteBlocks of(AnalysisSpec spec) {
    return new UniteBlocks(spec);
  }

  @Override
  public PCollection<KV<String, HopFrame>> expand(PCollection<KV<String, HopBlock>> blocks) {
    return blocks
        .apply("Unite", ParDo.of(new UniteFn(spec)))
        .setCoder(Coders.bySimulation(Coders.hopFrames()));
  }

  private static final class UniteFn extends DoFn<KV<String, HopBlock>, KV<String, HopFrame>> {
    private static final long serialVersionUID = 1L;
    private static final String BLOCKS = "blocks";
    private static final String THERE = "there";

    private final AnalysisSpec spec;

    @StateId(BLOCKS)
    @SuppressWarnings("UnusedVariable") // declared for Beam
    private final StateSpec<MapState<String, HopBlock>> blocksSpec =
        StateSpecs.map(StringUtf8Coder.of(), Coders.hopBlocks());

    @StateId(THERE)
    @SuppressWarnings("UnusedVariable") // declared for Beam
    private final StateSpec<MapState<Long, Integer>> thereSpec =
        StateSpecs.map(VarLongCoder.of(), VarIntCoder.of());

    UniteFn(AnalysisSpec spec) {
      this.spec = spec;
    }

    @ProcessElement
    public void process(
        @Element KV<String, HopBlock> element,
        @StateId(BLOCKS) MapState<String, HopBlock> blocks,
        @StateId(THERE) MapState<Long, Integer> there,
        OutputReceiver<KV<String, HopFrame>> out) {
      HopBlock block = element.getValue();
      long window = block.hops().number();
      if (blocks.get(entry(window, block.index())).read() != null) {
        return; // the same once more
      }
      Integer before = there.get(window).read();
      int now = before == null ? 1 : before + 1;
      if (now < block.count()) {
        blocks.put(entry(window, block.index()), block);
        there.put(window, now);
        return;
      }
      List<HopBlock> all = new ArrayList<>(block.count());
      for (int index = 0; index < block.count(); index++) {
        if (index == block.index()) {
          all.add(block);
        } else {
          all.add(blocks.get(entry(window, index)).read());
          blocks.remove(entry(window, index));
        }
      }
      there.remove(window);
      out.output(KV.of(element.getKey(), HopBlock.unite(all, spec)));
    }

    private static String entry(long window, int index) {
      return window + "/" + index;
    }
  }
}
