package io.vitrine.streaming.io;

import io.vitrine.dynamics.FrameGate;
import io.vitrine.format.ReadPosition;
import io.vitrine.streaming.coders.RecordCoder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.beam.sdk.io.UnboundedSource;

/**
 * Where a source stands after an event: resumed there, it emits the events that follow and no
 * other.
 *
 * @param position where the feed stands
 * @param gate what has been promised and counted
 * @param ended whether the end has been emitted
 */
record FrameMark(FrameFeed.Position position, FrameGate.State gate, boolean ended)
    implements UnboundedSource.CheckpointMark {
  static final FrameMark START =
      new FrameMark(FrameFeed.Position.START, FrameGate.State.START, false);

  @Override
  public void finalizeCheckpoint() {
    // Files and engines keep nothing back that a finished checkpoint would free.
  }

  /** The byte form of a mark. */
  static final class MarkCoder extends RecordCoder<FrameMark> {
    private static final long serialVersionUID = 1L;
    private static final int VERSION = 1;

    @Override
    protected byte[] toBytes(FrameMark mark) throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeByte(VERSION);
      ReadPosition read = mark.position.read();
      out.writeLong(read.ordinal());
      out.writeLong(read.offset());
      out.writeLong(read.fingerprint());
      byte[] snapshot = mark.position.snapshot();
      out.writeInt(snapshot == null ? -1 : snapshot.length);
      if (snapshot != null) {
        out.write(snapshot);
      }
      FrameGate.State gate = mark.gate;
      out.writeLong(gate.expectedMillis());
      out.writeInt(gate.count());
      out.writeInt(gate.particlesHash());
      out.writeLong(gate.accepted());
      out.writeLong(gate.thinned());
      out.writeLong(gate.missing());
      out.writeInt(gate.seen());
      out.writeDouble(gate.lastTime());
      out.writeDouble(gate.spacing());
      out.writeBoolean(mark.ended);
      return bytes.toByteArray();
    }

    @Override
    protected FrameMark fromBytes(byte[] bytes) throws IOException {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
      int version = in.readUnsignedByte();
      if (version != VERSION) {
        throw new IOException("source mark has version " + version + ", expected " + VERSION);
      }
      ReadPosition read = new ReadPosition(in.readLong(), in.readLong(), in.readLong());
      int length = in.readInt();
      byte[] snapshot = length < 0 ? null : in.readNBytes(length);
      FrameGate.State gate =
          new FrameGate.State(
              in.readLong(),
              in.readInt(),
              in.readInt(),
              in.readLong(),
              in.readLong(),
              in.readLong(),
              in.readInt(),
              in.readDouble(),
              in.readDouble());
      return new FrameMark(new FrameFeed.Position(read, snapshot), gate, in.readBoolean());
    }
  }
}
