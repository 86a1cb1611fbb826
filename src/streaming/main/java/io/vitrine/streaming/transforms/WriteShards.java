package io.vitrine.streaming.transforms;

import io.vitrine.format.run.SampleShard;
import io.vitrine.format.run.ShardFolder;
import io.vitrine.format.run.WindowShard;
import io.vitrine.streaming.coders.Coders;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.state.TimerSpec;
import org.apache.beam.sdk.state.TimerSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;

/**
 * Leaves what each window yields for the files made at the end in the run folder, one shard a
 * window, whole or not at all; the same window leaves the same shard. Each worker appends to one
 * file a block of time, and what blocks hold is packed during the run.
 *
 * <p>Unbounded; keyless; any order. A block is packed when the next one has begun for a tenth of
 * its time, so a simulation that stalls holds up no other; what comes later is packed with the next
 * block, the rest when the watermark says that no window follows. State: a number for each
 * simulation, cleared then.
 *
 * @param <T> a kind of shard
 */
public final class WriteShards<T> extends PTransform<PCollection<T>, PDone> {
  private static final long serialVersionUID = 1L;

  private final String folder;
  private final Writer<T> writer;
  private final boolean packs;

  private WriteShards(String folder, Writer<T> writer, boolean packs) {
    this.folder = folder;
    this.writer = writer;
    this.packs = packs;
  }

  /** Writes a shard; returns its simulation and time. */
  private interface Writer<T> extends Serializable {
    KV<String, Long> write(ShardFolder folder, T shard) throws IOException;
  }

  /** Writes what windows left under a folder that every worker sees, and packs what is there. */
  public static WriteShards<WindowShard> to(Path folder) {
    return new WriteShards<>(
        folder.toString(),
        (shards, shard) -> {
          shards.write(shard);
          return KV.of(shard.simulation(), shard.timeMillis());
        },
        true);
  }

  /** Writes samples of the softness rule under the same folder, where they are packed as well. */
  public static WriteShards<SampleShard> samplesTo(Path folder) {
    return new WriteShards<>(
        folder.toString(),
        (shards, shard) -> {
          shards.write(shard);
          return KV.of(shard.simulation(), shard.windowMillis());
        },
        false);
  }

  @Override
  public PDone expand(PCollection<T> shards) {
    PCollection<KV<String, Long>> written =
        shards
            .apply("Write", ParDo.of(new WriteFn<>(folder, writer)))
            .setCoder(Coders.bySimulation(VarLongCoder.of()));
    if (packs) {
      written.apply("Pack", ParDo.of(new PackFn(folder)));
    }
    return PDone.in(shards.getPipeline());
  }

  private static final class WriteFn<T> extends DoFn<T, KV<String, Long>> {
    private static final long serialVersionUID = 1L;

    private final String folder;
    private final Writer<T> writer;
    private transient ShardFolder shards;

    WriteFn(String folder, Writer<T> writer) {
      this.folder = folder;
      this.writer = writer;
    }

    @Setup
    public void setup() {
      shards = ShardFolder.at(Path.of(folder));
    }

    @ProcessElement
    public void process(@Element T shard, OutputReceiver<KV<String, Long>> out) throws IOException {
      out.output(writer.write(shards, shard));
    }
  }

  private static final class PackFn extends DoFn<KV<String, Long>, Void> {
    private static final long serialVersionUID = 1L;
    private static final String PACKED = "packed";
    private static final String END = "end";
    private static final long BEGUN_MILLIS = ShardFolder.BLOCK_MILLIS / 10;

    private final String folder;

    @StateId(PACKED)
    @SuppressWarnings("UnusedVariable") // declared for Beam
    private final StateSpec<ValueState<Long>> packedSpec = StateSpecs.value(VarLongCoder.of());

    @TimerId(END)
    @SuppressWarnings("UnusedVariable") // declared for Beam
    private final TimerSpec endSpec = TimerSpecs.timer(TimeDomain.EVENT_TIME);

    PackFn(String folder) {
      this.folder = folder;
    }

    @ProcessElement
    public void process(
        @Element KV<String, Long> written,
        @StateId(PACKED) ValueState<Long> packed,
        @TimerId(END) Timer end)
        throws IOException {
      long block = ShardFolder.block(written.getValue());
      Long before = packed.read();
      if (before == null) {
        end.set(EndOfRun.TIME);
        packed.write(block);
      } else if (block > before
          && written.getValue() - block * ShardFolder.BLOCK_MILLIS >= BEGUN_MILLIS) {
        ShardFolder.at(Path.of(folder)).pack(written.getKey(), block);
        packed.write(block);
      }
    }

    @OnTimer(END)
    @SuppressWarnings("UnusedMethod") // called by Beam
    public void end(@Key String simulation, @StateId(PACKED) ValueState<Long> packed)
        throws IOException {
      ShardFolder.at(Path.of(folder)).pack(simulation, Long.MAX_VALUE);
      packed.clear();
    }
  }
}
