package io.vitrine.streaming.coders;

import io.vitrine.format.SampleShard;
import java.io.IOException;

/** The byte form of samples of the softness rule. */
public final class SampleShardCoder extends RecordCoder<SampleShard> {
  private static final long serialVersionUID = 1L;

  @Override
  protected byte[] toBytes(SampleShard value) {
    return value.toBytes();
  }

  @Override
  protected SampleShard fromBytes(byte[] bytes) throws IOException {
    return SampleShard.fromBytes(bytes, "sample shard");
  }
}
