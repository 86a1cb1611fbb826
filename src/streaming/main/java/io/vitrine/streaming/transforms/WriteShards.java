package io.vitrine.streaming.transforms;

import io.vitrine.format.ShardFolder;
import io.vitrine.format.WindowShard;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;

/**
 * Leaves what each window yields for the files made at the end in the run folder, one shard a
 * window, whole or not at all; the same window leaves the same shard.
 */
public final class WriteShards extends PTransform<PCollection<WindowShard>, PDone> {
  private static final long serialVersionUID = 1L;

  private final String folder;

  private WriteShards(String folder) {
    this.folder = folder;
  }

  /** Writes under a folder that every worker sees. */
  public static WriteShards to(Path folder) {
    return new WriteShards(folder.toString());
  }

  @Override
  public PDone expand(PCollection<WindowShard> shards) {
    shards.apply("Write", ParDo.of(new WriteFn(folder)));
    return PDone.in(shards.getPipeline());
  }

  private static final class WriteFn extends DoFn<WindowShard, Void> {
    private static final long serialVersionUID = 1L;

    private final String folder;

    WriteFn(String folder) {
      this.folder = folder;
    }

    @ProcessElement
    public void process(@Element WindowShard shard) throws IOException {
      ShardFolder.at(Path.of(folder)).write(shard);
    }
  }
}
