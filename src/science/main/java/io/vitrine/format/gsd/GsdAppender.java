package io.vitrine.format.gsd;

import io.vitrine.format.FollowedFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The file layer of a GSD file that is being written: names, then chunks, then index entries, so
 * that a reader never sees an entry whose chunk is not there.
 *
 * <p>Names or index that are full are written anew at the file's end with twice the room, and the
 * header then points there; the old block is dead.
 */
final class GsdAppender implements Closeable {
  private static final int VERSION = 2 << 16;
  private static final int SCHEMA_VERSION = 1 << 16 | 4;
  private static final int FIRST_ENTRIES = 128;
  private static final int FIRST_NAME_UNITS = 16;

  private final FileChannel channel;
  private final GsdNames names;
  private GsdHeader header;
  private long entries;
  private long frames;
  private long end;
  private final Set<Integer> idsOfFirstFrame = new TreeSet<>();
  private final List<GsdEntry> pending = new ArrayList<>();
  private final List<ByteBuffer> pendingData = new ArrayList<>();
  private long pendingBytes;
  private boolean named;

  private GsdAppender(FileChannel channel, GsdHeader header, GsdNames names) {
    this.channel = channel;
    this.header = header;
    this.names = names;
  }

  static GsdAppender create(Path path) throws IOException {
    long indexBytes = (long) FIRST_ENTRIES * GsdEntry.SIZE;
    GsdHeader header =
        new GsdHeader(
            GsdHeader.SIZE,
            FIRST_ENTRIES,
            GsdHeader.SIZE + indexBytes,
            FIRST_NAME_UNITS,
            SCHEMA_VERSION,
            VERSION,
            "hoomd");
    FileChannel channel =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE,
            StandardOpenOption.READ);
    GsdAppender appender = new GsdAppender(channel, header, new GsdNames());
    appender.end = header.namesLocation() + (long) FIRST_NAME_UNITS * GsdHeader.NAME_UNIT;
    ByteBuffer empty = ByteBuffer.allocate((int) appender.end).put(header.write()).position(0);
    appender.writeAt(empty, 0);
    return appender;
  }

  /** Keeps the first {@code frames} frames of a file and forgets those behind them. */
  static GsdAppender append(Path path, long frames) throws IOException {
    try (GsdFile file = GsdFile.open(path)) {
      String flaw = file.refresh();
      if (flaw == null && file.header().majorVersion() != 2) {
        flaw = "expected file layer 2 to append to, found " + file.header().majorVersion();
      }
      if (flaw != null) {
        throw new IOException(path + ": " + flaw);
      }
      long kept = file.firstEntry(frames);
      long found = kept == 0 ? 0 : file.entry(kept - 1).frame() + 1;
      if (found < frames) {
        throw new IOException(path + ": expected at least " + frames + " frames, found " + found);
      }
      FileChannel channel =
          FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.READ);
      GsdAppender appender = new GsdAppender(channel, file.header(), file.names());
      try {
        appender.keep(file, kept, frames);
        return appender;
      } catch (IOException e) {
        channel.close();
        throw e;
      }
    }
  }

  private void keep(GsdFile file, long kept, long keptFrames) throws IOException {
    entries = kept;
    frames = keptFrames;
    long indexEnd = file.entryLocation(header.indexAllocated());
    end = Math.max(indexEnd, header.namesLocation() + namesRoom());
    for (long i = 0; i < kept; i++) {
      GsdEntry entry = file.entry(i);
      String flaw = file.flaw(entry);
      if (flaw != null) {
        throw new IOException(file.path() + " at byte " + file.entryLocation(i) + ": " + flaw);
      }
      end = Math.max(end, entry.location() + entry.bytes());
      if (entry.frame() == 0) {
        idsOfFirstFrame.add(entry.id());
      }
    }
    long used = file.firstEntry(Long.MAX_VALUE);
    writeAt(ByteBuffer.allocate((int) ((used - kept) * GsdEntry.SIZE)), file.entryLocation(kept));
    channel.truncate(end);
  }

  private long namesRoom() {
    return header.namesAllocated() * GsdHeader.NAME_UNIT;
  }

  long frames() {
    return frames;
  }

  /** Names of the chunks of frame 0 that start with a prefix. */
  Set<String> namesOfFirstFrame(String prefix) {
    Set<String> found = new TreeSet<>();
    for (int id : idsOfFirstFrame) {
      if (names.name(id).startsWith(prefix)) {
        found.add(names.name(id));
      }
    }
    return found;
  }

  /** Adds a chunk to the frame being made. */
  void put(String name, long rows, int columns, GsdType type, ByteBuffer data) {
    int id = names.id(name);
    if (id < 0) {
      id = names.add(name);
      named = true;
    }
    // Locations are set when the frame ends and the names' place is known.
    pending.add(new GsdEntry(frames, rows, pendingBytes, columns, id, type.code(), 0));
    pendingBytes += data.remaining();
    pendingData.add(data);
  }

  /** Writes the frame. */
  void endFrame() throws IOException {
    if (named) {
      writeNames();
      named = false;
    }
    long data = end;
    ByteBuffer chunks = ByteBuffer.allocate(Math.toIntExact(pendingBytes));
    pendingData.forEach(chunks::put);
    writeAt(chunks.flip(), data);
    end += pendingBytes;
    if (entries + pending.size() > header.indexAllocated()) {
      moveIndex();
    }
    pending.sort(Comparator.comparingInt(GsdEntry::id));
    ByteBuffer list = buffer(pending.size() * GsdEntry.SIZE);
    for (GsdEntry e : pending) {
      new GsdEntry(
              e.frame(), e.rows(), data + e.location(), e.columns(), e.id(), e.type(), e.flags())
          .write(list);
      if (frames == 0) {
        idsOfFirstFrame.add(e.id());
      }
    }
    writeAt(list.flip(), header.indexLocation() + entries * GsdEntry.SIZE);
    entries += pending.size();
    frames++;
    pending.clear();
    pendingData.clear();
    pendingBytes = 0;
  }

  private void writeNames() throws IOException {
    byte[] packed = names.packed();
    if (packed.length < namesRoom()) {
      writeAt(ByteBuffer.wrap(packed), header.namesLocation());
      return;
    }
    long units = header.namesAllocated();
    while (packed.length >= units * GsdHeader.NAME_UNIT) {
      units *= 2;
    }
    ByteBuffer block = ByteBuffer.allocate(Math.toIntExact(units * GsdHeader.NAME_UNIT));
    block.put(packed).position(0);
    long location = end;
    end += block.capacity();
    writeAt(block, location);
    header =
        new GsdHeader(
            header.indexLocation(),
            header.indexAllocated(),
            location,
            units,
            header.schemaVersion(),
            header.version(),
            header.schema());
    writeAt(header.write(), 0);
  }

  private void moveIndex() throws IOException {
    long room = header.indexAllocated();
    while (entries + pending.size() > room) {
      room *= 2;
    }
    ByteBuffer block = buffer(Math.toIntExact(room * GsdEntry.SIZE));
    block.limit(Math.toIntExact(entries * GsdEntry.SIZE));
    FollowedFile.readAt(channel, block, header.indexLocation());
    block.clear();
    long location = end;
    end += block.capacity();
    writeAt(block, location);
    header =
        new GsdHeader(
            location,
            room,
            header.namesLocation(),
            header.namesAllocated(),
            header.schemaVersion(),
            header.version(),
            header.schema());
    writeAt(header.write(), 0);
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void writeAt(ByteBuffer bytes, long position) throws IOException {
    long at = position;
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
  }

  @Override
  public void close() throws IOException {
    channel.force(true);
    channel.close();
  }
}
