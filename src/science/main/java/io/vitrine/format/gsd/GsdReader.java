package io.vitrine.format.gsd;

import io.vitrine.format.BadFrameException;
import io.vitrine.format.FollowedFile;
import io.vitrine.format.ReadPosition;
import io.vitrine.format.ReaderOptions;
import io.vitrine.format.TrajectoryReader;
import io.vitrine.model.Frame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * Reads GSD files (HOOMD schema 1.x, file layer 1 and 2), finished or growing.
 *
 * <p>A chunk that a frame does not carry is that of frame 0, except image flags and velocities:
 * HOOMD writes those in frame 0 only unless told otherwise, so they count only where the frame
 * itself carries them. Particles are numbered from 0 in their order, or by {@code log/particles/id}
 * where {@link GsdWriter} put one. Time is what {@link GsdWriter} put down, else step times dt.
 *
 * <p>Growing: the header is read again at each call; a frame is given once a later frame has an
 * entry or the list of entries was the same in two calls; data without entries do not exist. A file
 * that is another one, is shorter, or whose last frame given is no longer there is refused.
 *
 * <p>Cost: O(N) a frame and O(1) a poll, whatever the length of the file; memory: one frame and
 * {@value GsdEntry#SIZE} bytes a chunk of it.
 *
 * @see <a href="https://gsd.readthedocs.io/en/stable/schema-hoomd.html">HOOMD schema</a>
 */
public final class GsdReader implements TrajectoryReader {
  private static final int FINGERPRINTED = 4096;

  private final Path path;
  private final ReaderOptions options;
  private final GsdFile file;
  private final GsdSchema schema;
  private final ReadPosition begin;
  private boolean begun;
  private long ordinal;
  private long cursor;
  private long fingerprint;
  private long listEndBefore = -1;
  private GsdChunks first;
  private double[] property;

  private GsdReader(Path path, ReaderOptions options, GsdFile file, ReadPosition begin) {
    this.path = path;
    this.options = options;
    this.file = file;
    this.schema = new GsdSchema(options);
    this.begin = begin;
    this.ordinal = begin.ordinal();
    this.fingerprint = begin.fingerprint();
  }

  /** Opens a file at a position an earlier reader reported, or at its start. */
  public static GsdReader open(Path path, ReaderOptions options, ReadPosition position)
      throws IOException {
    GsdFile file = GsdFile.open(path);
    GsdReader reader = new GsdReader(path, options, file, position);
    try {
      reader.refresh();
      return reader;
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /** Opens a file before a frame, whatever is there. */
  public static GsdReader openAtFrame(Path path, ReaderOptions options, long frame)
      throws IOException {
    GsdReader reader = open(path, options, ReadPosition.START);
    reader.ordinal = frame;
    reader.cursor = reader.file.firstEntry(frame);
    reader.fingerprint = reader.fingerprint();
    return reader;
  }

  /** Looks at the file again; false while it is not far enough to be read. */
  private boolean refresh() throws IOException {
    if (begun && !options.growing()) {
      return true;
    }
    String flaw = file.refresh();
    if (flaw != null) {
      if (options.growing() && begin.ordinal() == 0 && !begun) {
        return false;
      }
      throw new IOException(path + ": " + flaw);
    }
    if (!begun) {
      cursor = ordinal == 0 ? 0 : file.firstEntry(ordinal);
      begun = true;
    }
    if (ordinal > 0) {
      checkFingerprint();
    }
    return true;
  }

  private void checkFingerprint() throws IOException {
    long now = fingerprint();
    if (now != fingerprint) {
      throw FollowedFile.rewritten(
          path,
          String.format(
              "expected checksum %08x of the frame before frame %d, found %08x",
              fingerprint, ordinal, now));
    }
  }

  @Override
  public Frame next() throws IOException {
    if (!refresh()) {
      return null;
    }
    GsdEntry entry = file.entry(cursor);
    if (entry == null) {
      return null;
    }
    if (entry.frame() != ordinal) {
      return skipGap(entry);
    }
    GsdChunks chunks = new GsdChunks(file);
    long end = cursor;
    while (entry != null && entry.frame() == ordinal) {
      chunks.add(entry);
      entry = file.entry(++end);
    }
    if (entry == null && options.growing() && (end != listEndBefore || chunks.flaw() != null)) {
      listEndBefore = end;
      return null;
    }
    if (ordinal == 0) {
      first = chunks;
    }
    return take(chunks, end);
  }

  @Override
  public double[] property() {
    return property;
  }

  private Frame skipGap(GsdEntry entry) throws IOException {
    if (entry.frame() < ordinal) {
      throw new IOException(
          String.format(
              "%s at byte %d: expected frames to ascend in the index, found frame %d behind %d",
              path, file.entryLocation(cursor), entry.frame(), ordinal - 1));
    }
    String where = where();
    ordinal = entry.frame();
    throw new BadFrameException(
        where, Double.NaN, "expected an index entry, found the next one for frame " + ordinal);
  }

  private Frame take(GsdChunks chunks, long end) throws IOException {
    String where = where();
    double time = Double.NaN;
    GsdChunks defaults = first();
    cursor = end;
    ordinal++;
    fingerprint = fingerprint();
    try {
      if (chunks.flaw() != null) {
        throw new IllegalArgumentException(chunks.flaw());
      }
      long step = schema.step(chunks, defaults);
      time = schema.time(chunks, step, path);
      Frame frame = schema.frame(chunks, defaults, step, time);
      property = schema.property(chunks, frame);
      return frame;
    } catch (IllegalArgumentException e) {
      throw new BadFrameException(where, time, e.getMessage());
    }
  }

  private GsdChunks first() throws IOException {
    if (first == null) {
      first = new GsdChunks(file);
      long at = 0;
      for (GsdEntry e = file.entry(at); e != null && e.frame() == 0; e = file.entry(++at)) {
        first.add(e);
      }
    }
    return first;
  }

  /** Checksum of the entries of the frame before the cursor and of the start of its positions. */
  private long fingerprint() throws IOException {
    GsdEntry last = cursor == 0 ? null : file.entry(cursor - 1);
    if (last == null) {
      return 0;
    }
    CRC32C crc = new CRC32C();
    int positions = file.id(GsdSchema.POSITION);
    for (long at = cursor - 1; at >= 0; at--) {
      ByteBuffer raw = file.rawEntry(at);
      GsdEntry entry = file.entry(at);
      if (entry == null || entry.frame() != last.frame()) {
        break;
      }
      crc.update(raw);
      if (entry.id() == positions && file.flaw(entry) == null) {
        crc.update(file.data(entry, FINGERPRINTED));
      }
    }
    return crc.getValue();
  }

  private String where() {
    return path + ", frame " + ordinal + ", index entry at byte " + file.entryLocation(cursor);
  }

  @Override
  public ReadPosition position() {
    return new ReadPosition(ordinal, 0, fingerprint);
  }

  @Override
  public long countFrames() throws IOException {
    if (!refresh()) {
      return 0;
    }
    long entries = file.firstEntry(Long.MAX_VALUE);
    return entries == 0 ? 0 : Math.max(ordinal, file.entry(entries - 1).frame() + 1);
  }

  @Override
  public String diagnosis() throws IOException {
    if (ordinal > 0 || countFrames() > 0) {
      return null;
    }
    return path
        + ": 0 frames visible, file "
        + Files.size(path)
        + " bytes. HOOMD keeps up to 64 MiB of frames to itself: call writer.flush() after each"
        + " frame or set writer.maximum_write_buffer_size";
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
