package io.vitrine.streaming.coders;

import io.vitrine.analysis.SoftnessSamples;
import java.io.IOException;

/** The byte form of samples of the softness rule on their way to be measured. */
public final class SoftnessSamplesCoder extends RecordCoder<SoftnessSamples> {
  private static final long serialVersionUID = 1L;

  @Override
  protected byte[] toBytes(SoftnessSamples value) {
    return value.toBytes();
  }

  @Override
  protected SoftnessSamples fromBytes(byte[] bytes) throws IOException {
    return SoftnessSamples.fromBytes(bytes);
  }
}
