package io.vitrine.streaming.transforms;

import io.vitrine.format.SampleShard;
import io.vitrine.format.ShardFolder;
import io.vitrine.format.WindowShard;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;

/**
 * Leaves what each window yields for the files made at the end in the run folder, one shard a
 * window, whole or not at all; the same window leaves the same shard.
 *
 * @param <T> a kind of shard
 */
public final class WriteShards<T> extends PTransform<PCollection<T>, PDone> {
  private static final long serialVersionUID = 1L;

  private final String folder;
  private final Writer<T> writer;

  private WriteShards(String folder, Writer<T> writer) {
    this.folder = folder;
    this.writer = writer;
  }

  private interface Writer<T> extends Serializable {
    void write(ShardFolder folder, T shard) throws IOException;
  }

  /** Writes what windows left under a folder that every worker sees. */
  public static WriteShards<WindowShard> to(Path folder) {
    return new WriteShards<>(folder.toString(), ShardFolder::write);
  }

  /** Writes samples of the softness rule under the same folder. */
  public static WriteShards<SampleShard> samplesTo(Path folder) {
    return new WriteShards<>(folder.toString(), ShardFolder::write);
  }

  @Override
  public PDone expand(PCollection<T> shards) {
    shards.apply("Write", ParDo.of(new WriteFn<>(folder, writer)));
    return PDone.in(shards.getPipeline());
  }

  private static final class WriteFn<T> extends DoFn<T, Void> {
    private static final long serialVersionUID = 1L;

    private final String folder;
    private final Writer<T> writer;

    WriteFn(String folder, Writer<T> writer) {
      this.folder = folder;
      this.writer = writer;
    }

    @ProcessElement
    public void process(@Element T shard) throws IOException {
      writer.write(ShardFolder.at(Path.of(folder)), shard);
    }
  }
}
