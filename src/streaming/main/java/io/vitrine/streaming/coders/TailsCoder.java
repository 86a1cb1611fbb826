package io.vitrine.streaming.coders;

import io.vitrine.learning.TailAccumulator;
import java.io.IOException;

/** The byte form of the tails of a simulation. */
public final class TailsCoder extends RecordCoder<TailAccumulator> {
  private static final long serialVersionUID = 1L;

  @Override
  protected byte[] toBytes(TailAccumulator value) {
    return value.encode();
  }

  @Override
  protected TailAccumulator fromBytes(byte[] bytes) throws IOException {
    return TailAccumulator.decode(bytes);
  }
}
