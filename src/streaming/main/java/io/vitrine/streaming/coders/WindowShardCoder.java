package io.vitrine.streaming.coders;

import io.vitrine.format.WindowShard;
import java.io.IOException;

/** The byte form of what a window leaves in the run folder. */
public final class WindowShardCoder extends RecordCoder<WindowShard> {
  private static final long serialVersionUID = 1L;

  @Override
  protected byte[] toBytes(WindowShard value) {
    return value.toBytes();
  }

  @Override
  protected WindowShard fromBytes(byte[] bytes) throws IOException {
    return WindowShard.fromBytes(bytes, "window shard");
  }
}
