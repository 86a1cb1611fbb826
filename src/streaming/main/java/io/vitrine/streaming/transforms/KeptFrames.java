package io.vitrine.streaming.transforms;

import io.vitrine.analysis.window.Kept;
import io.vitrine.format.wire.FrameCodec;
import io.vitrine.model.Frame;
import org.apache.beam.sdk.state.MapState;

/** Frames in the state of a key, as bytes: half of what they take as doubles. */
record KeptFrames(MapState<Long, byte[]> map) implements Kept<Frame> {
  @Override
  public void put(long key, Frame frame) {
    map.put(key, FrameCodec.encode(frame));
  }

  @Override
  public Frame get(long key) {
    return FrameCodec.decode(map.get(key).read());
  }

  @Override
  public void remove(long key) {
    map.remove(key);
  }
}
