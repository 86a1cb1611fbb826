package io.vitrine.streaming.coders;

import io.vitrine.analysis.HopFrame;
import java.io.IOException;

/** The byte form of the motion in a window. */
public final class HopFrameCoder extends RecordCoder<HopFrame> {
  private static final long serialVersionUID = 1L;

  @Override
  protected byte[] toBytes(HopFrame value) {
    return value.toBytes();
  }

  @Override
  protected HopFrame fromBytes(byte[] bytes) throws IOException {
    return HopFrame.fromBytes(bytes);
  }
}
