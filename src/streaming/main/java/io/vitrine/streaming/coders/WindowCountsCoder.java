package io.vitrine.streaming.coders;

import io.vitrine.analysis.WindowCounts;
import java.io.IOException;

/** The byte form of the counts of a window. */
public final class WindowCountsCoder extends RecordCoder<WindowCounts> {
  private static final long serialVersionUID = 1L;

  @Override
  protected byte[] toBytes(WindowCounts value) {
    return value.toBytes();
  }

  @Override
  protected WindowCounts fromBytes(byte[] bytes) throws IOException {
    return WindowCounts.fromBytes(bytes);
  }
}
