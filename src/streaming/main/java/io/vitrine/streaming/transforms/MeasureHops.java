package io.vitrine.streaming.transforms;

import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.analysis.window.HopBlock;
import io.vitrine.analysis.window.HopFrame;
import io.vitrine.analysis.window.WindowMeasure;
import io.vitrine.format.wire.PackedFrame;
import io.vitrine.model.Frame;
import io.vitrine.results.rows.IncompleteWindowRow;
import io.vitrine.results.rows.ResultRow;
import io.vitrine.streaming.coders.Coders;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.AfterPane;
import org.apache.beam.sdk.transforms.windowing.DefaultTrigger;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.Repeatedly;
import org.apache.beam.sdk.transforms.windowing.SlidingWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.joda.time.Duration;

/**
 * Slides a window (usually 10 tau) over the frames of each simulation and measures p_hop in the
 * middle of each.
 *
 * <p>Unbounded; keyed by simulation; event time is simulation time. A window is put out as soon as
 * its last frame is there, whatever the watermark: it is complete when it has as many frames as fit
 * into it. A window that stays incomplete is put out when the watermark passes its end, gives no
 * value and is reported. No frame is ever late: a source promises no time it may still come back
 * to.
 *
 * <p>Frames of more than {@link AnalysisSpec#blockParticles} particles are cut into blocks, each
 * with windows of its own on whichever worker has its key, and the blocks of a window are put
 * together again: the same bits as uncut. So no worker holds more than a block of the frames of a
 * window.
 */
public final class MeasureHops
    extends PTransform<PCollection<KV<String, PackedFrame>>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  /** The motion in each complete window, by simulation. */
  public static final TupleTag<KV<String, HopFrame>> HOPS = new TupleTag<>("hops") {};

  /** Windows that missed a frame. */
  public static final TupleTag<ResultRow> INCOMPLETE = new TupleTag<>("incomplete") {};

  private static final TupleTag<KV<String, HopBlock>> BLOCKS = new TupleTag<>("blocks") {};

  private final String study;
  private final AnalysisSpec spec;

  private MeasureHops(String study, AnalysisSpec spec) {
    this.study = study;
    this.spec = spec;
  }

  /** Measures hops as this analysis wants them. */
  public static MeasureHops of(String study, AnalysisSpec spec) {
    return new MeasureHops(study, spec);
  }

  @Override
  public PCollectionTuple expand(PCollection<KV<String, PackedFrame>> frames) {
    int perWindow = spec.window().frames();
    PCollectionTuple measured =
        frames
            .apply("Cut", ParDo.of(new CutFn(spec)))
            .setCoder(frames.getCoder())
            .apply(
                "Slide",
                Window.<KV<String, PackedFrame>>into(
                        SlidingWindows.of(Duration.millis((long) perWindow * spec.intervalMillis()))
                            .every(Duration.millis(spec.intervalMillis())))
                    .triggering(Repeatedly.forever(AfterPane.elementCountAtLeast(perWindow)))
                    .withAllowedLateness(Duration.ZERO)
                    .discardingFiredPanes()
                    // Else every window comes twice, the second time empty.
                    .withOnTimeBehavior(Window.OnTimeBehavior.FIRE_IF_NON_EMPTY))
            .apply("Gather", GroupByKey.create())
            .apply(
                "Measure",
                ParDo.of(new MeasureFn(study, spec))
                    .withOutputTags(HOPS, TupleTagList.of(INCOMPLETE).and(BLOCKS)));
    PCollection<KV<String, HopFrame>> whole =
        measured
            .get(HOPS)
            .setCoder(Coders.bySimulation(Coders.hopFrames()))
            .apply("LeaveWindows", leaveWindows());
    PCollection<KV<String, HopFrame>> united =
        measured
            .get(BLOCKS)
            .setCoder(Coders.bySimulation(Coders.hopBlocks()))
            .apply("LeaveBlocks", leaveWindows())
            .apply("UniteBlocks", UniteBlocks.of(spec));
    return PCollectionTuple.of(
            HOPS, PCollectionList.of(whole).and(united).apply("All", Flatten.pCollections()))
        .and(
            INCOMPLETE,
            measured
                .get(INCOMPLETE)
                .setCoder(Coders.rows())
                .apply("LeaveIncomplete", leaveWindows()));
  }

  private static <T> Window<T> leaveWindows() {
    return Window.<T>into(new GlobalWindows())
        .triggering(DefaultTrigger.of())
        .withAllowedLateness(Duration.ZERO)
        .discardingFiredPanes();
  }

  /**
   * Key of one block of the particles of a simulation: {@code INDEX/COUNT/SIMULATION}.
   *
   * @param index of the block, from 0
   * @param count blocks of the simulation
   * @param simulation identifier of the simulation, which may contain slashes
   */
  private record BlockKey(int index, int count, String simulation) {
    static BlockKey of(String text) {
      String[] parts = text.split("/", 3);
      return new BlockKey(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), parts[2]);
    }

    String text() {
      return index + "/" + count + "/" + simulation;
    }
  }

  /** Frames of many particles go on as blocks of them. */
  private static final class CutFn extends DoFn<KV<String, PackedFrame>, KV<String, PackedFrame>> {
    private static final long serialVersionUID = 1L;

    private final AnalysisSpec spec;

    CutFn(AnalysisSpec spec) {
      this.spec = spec;
    }

    @ProcessElement
    public void process(
        @Element KV<String, PackedFrame> element, OutputReceiver<KV<String, PackedFrame>> out)
        throws IOException {
      PackedFrame packed = element.getValue();
      int count = HopBlock.blocks(packed.particles(), spec);
      for (int index = 0; index < count; index++) {
        PackedFrame part =
            count == 1 ? packed : packed.with(HopBlock.part(packed.frame(), index, spec));
        out.output(KV.of(new BlockKey(index, count, element.getKey()).text(), part));
      }
    }
  }

  private static final class MeasureFn
      extends DoFn<KV<String, Iterable<PackedFrame>>, KV<String, HopFrame>> {
    private static final long serialVersionUID = 1L;

    private final String study;
    private final AnalysisSpec spec;
    private final Counter complete = Metrics.counter("vitrine", "windows");
    private final Counter incomplete = Metrics.counter("vitrine", "windows_incomplete");
    private transient WindowMeasure measure;

    MeasureFn(String study, AnalysisSpec spec) {
      this.study = study;
      this.spec = spec;
    }

    @Setup
    public void setup() {
      measure = WindowMeasure.of(spec);
    }

    @ProcessElement
    public void process(
        @Element KV<String, Iterable<PackedFrame>> group,
        IntervalWindow window,
        MultiOutputReceiver out)
        throws IOException {
      BlockKey block = BlockKey.of(group.getKey());
      List<PackedFrame> packed = new ArrayList<>(measure.frames());
      group.getValue().forEach(packed::add);
      if (packed.size() == measure.frames()) {
        complete.inc(block.index() == 0 ? 1 : 0);
        packed.sort(Comparator.comparingLong(PackedFrame::number));
        List<Frame> frames = new ArrayList<>(packed.size());
        for (PackedFrame each : packed) {
          frames.add(each.frame());
        }
        long number = packed.get(packed.size() - 1).windows();
        if (block.count() == 1) {
          out.get(HOPS).output(KV.of(block.simulation(), measure.measure(frames, number)));
        } else {
          HopBlock hops = measure.block(frames, number, block.index(), block.count());
          out.get(BLOCKS).output(KV.of(block.simulation(), hops));
        }
      } else if (block.index() == 0) {
        incomplete.inc();
        // Windows begin at multiples of the interval, grids with their first frame.
        double first = packed.get(0).frame().time();
        long phase = Math.floorMod(Math.round(first * 1000), spec.intervalMillis());
        long centre =
            window.start().getMillis()
                + phase
                + (long) spec.window().halfFrames() * spec.intervalMillis();
        out.get(INCOMPLETE)
            .output(new IncompleteWindowRow(study, block.simulation(), centre, packed.size()));
      }
    }
  }
}
