package io.vitrine.format.text;

import io.vitrine.format.TrajectoryWriter;
import io.vitrine.model.Frame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/**
 * What the writers of text formats share: each frame is one write, visible when {@link #write}
 * returns.
 */
public abstract class TextWriter implements TrajectoryWriter {
  private final FileChannel channel;
  private long frames;
  private List<String> fieldNames;

  /** Writes behind the {@code frames} frames that are before the channel's position. */
  public TextWriter(FileChannel channel, long frames) {
    this.channel = channel;
    this.frames = frames;
  }

  /** A new file, in place of one that may be there. */
  protected static FileChannel fresh(Path path) throws IOException {
    return FileChannel.open(
        path,
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE);
  }

  /** A file without what is behind the first frames of a reader of it. */
  protected static FileChannel cut(Path path, TextReader<?> kept, long frames) throws IOException {
    long end;
    try (kept) {
      end = kept.endOf(frames);
    }
    FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE);
    channel.truncate(end).position(end);
    return channel;
  }

  /** Appends a frame, numbers so that reading them gives the same double. */
  protected abstract void format(
      StringBuilder out, Frame frame, Map<String, double[]> fields, List<String> fieldNames);

  @Override
  public final long frames() {
    return frames;
  }

  @Override
  public final void write(Frame frame, Map<String, double[]> fields) throws IOException {
    fieldNames = TextColumns.checked(frame, fields, fieldNames);
    StringBuilder out = new StringBuilder(64 * frame.count());
    format(out, frame, fields, fieldNames);
    ByteBuffer bytes = ByteBuffer.wrap(out.toString().getBytes(StandardCharsets.US_ASCII));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    frames++;
  }

  @Override
  public final void close() throws IOException {
    channel.force(true);
    channel.close();
  }
}
