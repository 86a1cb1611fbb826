package io.vitrine.streaming.transforms;

import io.vitrine.format.wire.Columns;
import io.vitrine.learning.Model;
import io.vitrine.learning.ModelFile;
import io.vitrine.streaming.coders.ByteCoder;
import java.io.IOException;

/**
 * A version of the model that is trained during a run.
 *
 * @param number counted from 1; 0 is none
 * @param model the classifier, or null
 */
record LiveVersion(long number, ModelFile model) {
  /** Before the first. */
  static final LiveVersion NONE = new LiveVersion(0, null);

  static ByteCoder<LiveVersion> coder() {
    return ByteCoder.of(LiveVersion.class, LiveVersion::toBytes, LiveVersion::fromBytes);
  }

  private byte[] toBytes() {
    return new Columns.Writer(1 << 15)
        .put(number)
        .put(model == null ? null : model.text())
        .toBytes();
  }

  private static LiveVersion fromBytes(byte[] bytes) throws IOException {
    Columns.Reader in = new Columns.Reader(bytes, "live version");
    long number = in.getLong();
    String text = in.getString();
    in.end();
    return new LiveVersion(number, text == null ? null : ModelFile.parse(Model.LIVE, text));
  }
}
