package io.vitrine.format.gsd;

import io.vitrine.format.FollowedFile;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * The file layer of a GSD file: header, names, index, chunks, all read by position.
 *
 * <p>The file may grow under the reader's eyes: a writer appends chunks, then index entries, and
 * moves the index or the names to the file's end when they are full. {@link #refresh} follows that;
 * an entry keeps its ordinal when the index moves. Nothing is mapped: a truncated mapped file is an
 * error that kills the reading thread. Nothing is allocated from a length the file cannot hold.
 */
final class GsdFile implements Closeable {
  private static final int BLOCK = 128;

  private final Path path;
  private final FileChannel channel;
  private final Object fileKey;
  private GsdHeader header;
  private GsdNames names = new GsdNames();
  private long size;
  private ByteBuffer block = ByteBuffer.allocate(0);
  private long blockFirst;

  private GsdFile(Path path, FileChannel channel) throws IOException {
    this.path = path;
    this.channel = channel;
    this.fileKey = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
  }

  /** Opens a file; nothing is read until {@link #refresh}. */
  static GsdFile open(Path path) throws IOException {
    return new GsdFile(path, FileChannel.open(path, StandardOpenOption.READ));
  }

  /**
   * Reads header and names as they are now.
   *
   * @return what keeps the file from being read, or null: a file that is just being made is too
   *     short for what its header promises
   */
  String refresh() throws IOException {
    long now = channel.size();
    FollowedFile.checkSameFile(path, fileKey, now, size);
    block = ByteBuffer.allocate(0);
    if (now < GsdHeader.SIZE) {
      return "expected a header of " + GsdHeader.SIZE + " bytes, found " + now;
    }
    GsdHeader read = GsdHeader.read(path, readAt(0, GsdHeader.SIZE));
    // A header read now may name an index moved to the end since the size was looked at.
    now = channel.size();
    String flaw = read.flaw(now);
    if (flaw != null) {
      return flaw;
    }
    boolean renamed =
        header == null
            || header.namesLocation() != read.namesLocation()
            || header.namesAllocated() != read.namesAllocated();
    size = now;
    header = read;
    if (renamed) {
      readNames();
    }
    return null;
  }

  private void readNames() throws IOException {
    long length = header.namesAllocated() * GsdHeader.NAME_UNIT;
    byte[] bytes = readAt(header.namesLocation(), length).array();
    names = GsdNames.parse(bytes, header.majorVersion());
  }

  Path path() {
    return path;
  }

  /** The file's size when it was last looked at. */
  long size() {
    return size;
  }

  /** The entry of an ordinal, or null where the list ends before it. */
  GsdEntry entry(long ordinal) throws IOException {
    ByteBuffer raw = rawEntry(ordinal);
    return raw == null ? null : GsdEntry.read(raw);
  }

  /** The bytes of an entry, or null where the index has no room for it. */
  ByteBuffer rawEntry(long ordinal) throws IOException {
    if (ordinal < 0 || ordinal >= header.indexAllocated()) {
      return null;
    }
    if (ordinal < blockFirst || ordinal >= blockFirst + block.capacity() / GsdEntry.SIZE) {
      int count = (int) Math.min(BLOCK, header.indexAllocated() - ordinal);
      block = readAt(entryLocation(ordinal), (long) count * GsdEntry.SIZE);
      blockFirst = ordinal;
    }
    int at = (int) (ordinal - blockFirst) * GsdEntry.SIZE;
    return block.slice(at, GsdEntry.SIZE).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Place of an entry in the file. */
  long entryLocation(long ordinal) {
    return header.indexLocation() + ordinal * GsdEntry.SIZE;
  }

  /** The ordinal of the first entry of a frame of at least {@code frame}, or the list's length. */
  long firstEntry(long frame) throws IOException {
    long low = 0;
    long high = header.indexAllocated();
    while (low < high) {
      long middle = (low + high) >>> 1;
      GsdEntry entry = entry(middle);
      if (entry == null || entry.frame() >= frame) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** What makes an entry unusable, or null. */
  String flaw(GsdEntry entry) throws IOException {
    if (entry.id() >= names.count()) {
      readNames();
      if (entry.id() >= names.count()) {
        return "expected one of " + names.count() + " names, found id " + entry.id();
      }
    }
    if (entry.flaw(size) != null) {
      // The file may have grown since its size was looked at.
      size = Math.max(size, channel.size());
    }
    return entry.flaw(size);
  }

  /** Id of a name, or -1. */
  int id(String name) {
    return names.id(name);
  }

  /** All names. */
  GsdNames names() {
    return names;
  }

  GsdHeader header() {
    return header;
  }

  /** The first {@code most} bytes of a chunk without flaw. */
  ByteBuffer data(GsdEntry entry, long most) throws IOException {
    return readAt(entry.location(), Math.min(most, entry.bytes()));
  }

  private ByteBuffer readAt(long position, long length) throws IOException {
    if (length > Integer.MAX_VALUE - 8) {
      throw new IOException(
          path + " at byte " + position + ": expected less than 2 GiB, found " + length + " bytes");
    }
    ByteBuffer into = ByteBuffer.allocate((int) length);
    int count = FollowedFile.readAt(channel, into, position);
    if (count < length) {
      throw new EOFException(
          path + " at byte " + position + ": expected " + length + " bytes, found " + count);
    }
    return into.flip().order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
