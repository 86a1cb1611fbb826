package io.vitrine.streaming.coders;

import io.vitrine.analysis.sets.SoftnessSamples;
import io.vitrine.analysis.window.ChosenFrame;
import io.vitrine.analysis.window.CountTotals;
import io.vitrine.analysis.window.HopBlock;
import io.vitrine.analysis.window.HopFrame;
import io.vitrine.analysis.window.HoppingParticles;
import io.vitrine.analysis.window.WindowCounts;
import io.vitrine.format.run.SampleShard;
import io.vitrine.format.run.WindowShard;
import io.vitrine.format.wire.Columns;
import io.vitrine.format.wire.PackedFrame;
import io.vitrine.learning.sampling.KeyedSample;
import io.vitrine.learning.sampling.TailAccumulator;
import io.vitrine.results.rows.ResultRow;
import io.vitrine.results.rows.ResultRowCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.values.KV;

/** The coders of what travels between steps and of what they remember. */
public final class Coders {
  private Coders() {}

  /** Values by simulation. */
  public static <T> Coder<KV<String, T>> bySimulation(Coder<T> values) {
    return KvCoder.of(StringUtf8Coder.of(), values);
  }

  /** Frames on their way to the windows. */
  public static ByteCoder<PackedFrame> packedFrames() {
    return ByteCoder.of(PackedFrame.class, PackedFrame::toBytes, PackedFrame::fromBytes);
  }

  /** The motion in windows. */
  public static ByteCoder<HopFrame> hopFrames() {
    return ByteCoder.of(HopFrame.class, HopFrame::toBytes, HopFrame::fromBytes);
  }

  /** The motion in windows, block by block. */
  public static ByteCoder<HopBlock> hopBlocks() {
    return ByteCoder.of(HopBlock.class, HopBlock::toBytes, HopBlock::fromBytes);
  }

  /** The particles that rearrange in windows. */
  public static ByteCoder<HoppingParticles> hoppingParticles() {
    return ByteCoder.of(
        HoppingParticles.class, HoppingParticles::toBytes, HoppingParticles::fromBytes);
  }

  /** Windows with the targets chosen. */
  public static ByteCoder<ChosenFrame> chosenFrames() {
    return ByteCoder.of(ChosenFrame.class, ChosenFrame::toBytes, ChosenFrame::fromBytes);
  }

  /** Counts of windows. */
  public static ByteCoder<WindowCounts> windowCounts() {
    return ByteCoder.of(WindowCounts.class, WindowCounts::toBytes, WindowCounts::fromBytes);
  }

  /** Sums of counts. */
  public static ByteCoder<CountTotals> countTotals() {
    return ByteCoder.of(CountTotals.class, CountTotals::toBytes, CountTotals::fromBytes);
  }

  /** What windows leave. */
  public static ByteCoder<WindowShard> windowShards() {
    return ByteCoder.of(WindowShard.class, WindowShard::toBytes, Coders::windowShard);
  }

  /** Samples of the softness rule, measured. */
  public static ByteCoder<SampleShard> sampleShards() {
    return ByteCoder.of(SampleShard.class, SampleShard::toBytes, Coders::sampleShard);
  }

  /** Samples of the softness rule before they are measured. */
  public static ByteCoder<SoftnessSamples> softnessSamples() {
    return ByteCoder.of(
        SoftnessSamples.class, SoftnessSamples::toBytes, SoftnessSamples::fromBytes);
  }

  /** Tails. */
  public static ByteCoder<TailAccumulator> tails() {
    return ByteCoder.of(TailAccumulator.class, TailAccumulator::encode, TailAccumulator::decode);
  }

  /** Random draws. */
  public static ByteCoder<KeyedSample> draws() {
    return ByteCoder.of(KeyedSample.class, KeyedSample::encode, KeyedSample::decode);
  }

  /** Columns of numbers. */
  public static ByteCoder<double[]> doubles() {
    return ByteCoder.of(double[].class, Coders::bytes, Coders::doubles);
  }

  /** Rows of results. */
  public static ByteCoder<ResultRow> rows() {
    return ByteCoder.of(ResultRow.class, Coders::bytes, Coders::row);
  }

  private static WindowShard windowShard(byte[] bytes) throws IOException {
    return WindowShard.fromBytes(bytes, "window shard");
  }

  private static SampleShard sampleShard(byte[] bytes) throws IOException {
    return SampleShard.fromBytes(bytes, "sample shard");
  }

  private static byte[] bytes(double[] column) {
    return new Columns.Writer(8 * column.length + 8).put(column).toBytes();
  }

  private static double[] doubles(byte[] bytes) throws IOException {
    Columns.Reader in = new Columns.Reader(bytes, "column");
    double[] column = in.getDoubles();
    in.end();
    return column;
  }

  private static byte[] bytes(ResultRow row) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ResultRowCodec.encode(row, new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static ResultRow row(byte[] bytes) throws IOException {
    return ResultRowCodec.decode(new DataInputStream(new ByteArrayInputStream(bytes)));
  }
}
