package io.vitrine.streaming.io;

import io.vitrine.dynamics.WindowCount;
import io.vitrine.format.ReadPosition;
import io.vitrine.streaming.coders.RecordCoder;
import io.vitrine.streaming.io.feed.FrameFeed;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.apache.beam.sdk.io.UnboundedSource;

/**
 * Position of a source after an event: resumed there, it emits the events that follow and no other.
 *
 * @param position where the feed is
 * @param gate what has been promised, passed and counted: {@link
 *     io.vitrine.dynamics.FrameGate#state}, or empty
 * @param windows complete windows so far
 * @param ended whether the end has been emitted
 */
public record FrameMark(
    FrameFeed.Position position, byte[] gate, WindowCount windows, boolean ended)
    implements UnboundedSource.CheckpointMark {
  static final FrameMark START =
      new FrameMark(FrameFeed.Position.START, new byte[0], WindowCount.START, false);

  @Override
  public boolean equals(Object other) {
    return other instanceof FrameMark that
        && position.equals(that.position)
        && Arrays.equals(gate, that.gate)
        && windows.equals(that.windows)
        && ended == that.ended;
  }

  @Override
  public int hashCode() {
    return 31 * (31 * position.hashCode() + Arrays.hashCode(gate)) + windows.hashCode();
  }

  @Override
  public void finalizeCheckpoint() {
    // Files and engines keep nothing back that a finished checkpoint would free.
  }

  /** The byte form of a mark. */
  static final class MarkCoder extends RecordCoder<FrameMark> {
    private static final long serialVersionUID = 1L;
    private static final int VERSION = 3;

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
      out.writeInt(mark.gate.length);
      out.write(mark.gate);
      out.writeLong(mark.windows.lastMillis());
      out.writeLong(mark.windows.run());
      out.writeLong(mark.windows.windows());
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
      byte[] gate = in.readNBytes(in.readInt());
      WindowCount windows = new WindowCount(in.readLong(), in.readLong(), in.readLong());
      return new FrameMark(new FrameFeed.Position(read, snapshot), gate, windows, in.readBoolean());
    }
  }
}
