package io.vitrine.analysis.sets;

import io.vitrine.format.run.SampleShard;
import io.vitrine.format.wire.Columns;
import io.vitrine.format.wire.FrameCodec;
import io.vitrine.model.Frame;
import io.vitrine.structure.RadialStructure;
import java.io.IOException;
import java.util.Arrays;

/**
 * Samples of the softness rule on their way to be measured: the frame, who of it, and what is known
 * of them.
 *
 * @param structure the frame
 * @param indices of the particles in it, one a sample
 * @param samples what is known of them, without structure functions
 */
public record SoftnessSamples(Frame structure, int[] indices, SampleShard samples) {

  /** The samples with their structure functions. */
  public SampleShard measure(RadialStructure kernel) {
    int[] distinct = Arrays.stream(indices).sorted().distinct().toArray();
    double[] features = kernel.features(structure, distinct);
    int width = distinct.length == 0 ? 0 : features.length / distinct.length;
    float[] measured = new float[indices.length * width];
    for (int s = 0; s < indices.length; s++) {
      int row = Arrays.binarySearch(distinct, indices[s]);
      for (int k = 0; k < width; k++) {
        measured[s * width + k] = (float) features[row * width + k];
      }
    }
    return samples.withFeatures(measured);
  }

  /** The byte form. */
  public byte[] toBytes() {
    byte[] frame = FrameCodec.encode(structure);
    byte[] shard = samples.toBytes();
    return new Columns.Writer(frame.length + shard.length + 4 * indices.length + 64)
        .put(frame)
        .put(indices)
        .put(shard)
        .toBytes();
  }

  /** Reads the byte form. */
  public static SoftnessSamples fromBytes(byte[] bytes) throws IOException {
    Columns.Reader in = new Columns.Reader(bytes, "softness samples");
    Frame frame = FrameCodec.decode(in.getBytes());
    int[] indices = in.getInts();
    SoftnessSamples samples =
        new SoftnessSamples(
            frame, indices, SampleShard.fromBytes(in.getBytes(), "softness samples"));
    in.end();
    return samples;
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof SoftnessSamples that && Arrays.equals(toBytes(), that.toBytes()));
  }

  @Override
  public int hashCode() {
    return samples.hashCode();
  }
}
