package io.vitrine.streaming.io;

import io.vitrine.format.wire.Columns;
import io.vitrine.format.wire.FrameCodec;
import io.vitrine.model.DeadLetter;
import io.vitrine.model.Frame;
import io.vitrine.streaming.coders.RecordCoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The byte form of what a source says. */
public final class FrameEventCoder extends RecordCoder<FrameEvent> {
  private static final long serialVersionUID = 1L;
  private static final byte VERSION = 2;

  @Override
  protected byte[] toBytes(FrameEvent event) {
    byte[] frame = event.frame() == null ? null : FrameCodec.encode(event.frame());
    Columns.Writer out = new Columns.Writer(256 + (frame == null ? 0 : frame.length));
    out.put(VERSION).put(event.simulation()).put(event.kind().name());
    out.put(event.millis()).put(event.ordinal()).put(event.thinned());
    out.put(event.number()).put(event.windows());
    out.put(frame).put(event.failure());
    DeadLetter letter = event.letter();
    out.put((byte) (letter == null ? 0 : 1));
    if (letter != null) {
      out.put(letter.ordinal()).put(letter.time()).put(letter.where()).put(letter.reason());
    }
    out.put(event.notices().size());
    for (FrameEvent.Notice notice : event.notices()) {
      out.put(notice.subject()).put(notice.count()).put(notice.text());
    }
    return out.toBytes();
  }

  @Override
  protected FrameEvent fromBytes(byte[] bytes) throws IOException {
    Columns.Reader in = new Columns.Reader(bytes, "frame event");
    byte version = in.getByte();
    if (version != VERSION) {
      throw new IOException("frame event has version " + version + ", expected " + VERSION);
    }
    String simulation = in.getString();
    FrameEvent.Kind kind = FrameEvent.Kind.valueOf(in.getString());
    long millis = in.getLong();
    long ordinal = in.getLong();
    long thinned = in.getLong();
    long number = in.getLong();
    long windows = in.getLong();
    byte[] packed = in.getBytes();
    Frame frame = packed == null ? null : FrameCodec.decode(packed);
    String failure = in.getString();
    DeadLetter letter = null;
    if (in.getByte() == 1) {
      letter =
          new DeadLetter(simulation, in.getLong(), in.getDouble(), in.getString(), in.getString());
    }
    List<FrameEvent.Notice> notices = new ArrayList<>();
    for (int n = in.getInt(); n > 0; n--) {
      notices.add(new FrameEvent.Notice(in.getString(), in.getLong(), in.getString()));
    }
    in.end();
    return new FrameEvent(
        simulation,
        kind,
        millis,
        ordinal,
        thinned,
        number,
        windows,
        frame,
        letter,
        failure,
        notices);
  }
}
