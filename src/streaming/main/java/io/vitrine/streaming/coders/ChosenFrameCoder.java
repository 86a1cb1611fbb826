package io.vitrine.streaming.coders;

import io.vitrine.analysis.ChosenFrame;
import java.io.IOException;

/** The byte form of a window with the targets chosen for training. */
public final class ChosenFrameCoder extends RecordCoder<ChosenFrame> {
  private static final long serialVersionUID = 1L;

  @Override
  protected byte[] toBytes(ChosenFrame value) {
    return value.toBytes();
  }

  @Override
  protected ChosenFrame fromBytes(byte[] bytes) throws IOException {
    return ChosenFrame.fromBytes(bytes);
  }
}
