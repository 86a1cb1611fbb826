package io.vitrine.format;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;

/**
 * The raw bytes of a file from some place on, read forward while another program may append to it.
 *
 * <p>Before bytes of a growing file are handed out, three things are checked, because a rerun
 * usually truncates the very file it wrote before: it is still the same file (inode), it is no
 * shorter than what was read, and the last bytes read are still there. Each read of a growing file
 * costs one stat and one read of {@value #MEMORY} bytes beside the data.
 */
public final class FollowedFile implements Closeable {
  /** How many of the bytes last read are compared with the file. */
  private static final int MEMORY = 1024;

  private final Path path;
  private final boolean growing;
  private final FileChannel channel;
  private final Object fileKey;
  private final byte[] memory = new byte[MEMORY];
  private int remembered;
  private long position;

  public FollowedFile(Path path, boolean growing, long position) throws IOException {
    this.path = path;
    this.growing = growing;
    this.position = position;
    this.channel = FileChannel.open(path, StandardOpenOption.READ);
    this.fileKey = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
  }

  public Path path() {
    return path;
  }

  public boolean growing() {
    return growing;
  }

  public long position() {
    return position;
  }

  long size() throws IOException {
    return channel.size();
  }

  /** Reads up to {@code length} further bytes; returns how many, 0 when there are none now. */
  public int read(byte[] into, int from, int length) throws IOException {
    if (growing) {
      checkSameFile();
    }
    int count = readAt(channel, ByteBuffer.wrap(into, from, length), position);
    remember(into, from, count);
    position += count;
    return count;
  }

  private void remember(byte[] read, int from, int count) {
    int added = Math.min(count, MEMORY);
    int kept = Math.min(remembered, MEMORY - added);
    System.arraycopy(memory, remembered - kept, memory, 0, kept);
    System.arraycopy(read, from + count - added, memory, kept, added);
    remembered = kept + added;
  }

  private void checkSameFile() throws IOException {
    checkSameFile(path, fileKey, channel.size(), position);
    byte[] now = new byte[remembered];
    int count = readAt(channel, ByteBuffer.wrap(now), position - remembered);
    if (count != remembered || !Arrays.equals(now, 0, count, memory, 0, remembered)) {
      throw rewritten(
          path, "the " + remembered + " bytes before byte " + position + " are not what was read");
    }
  }

  /** Refuses a file that is another one or shorter than what was read of it. */
  public static void checkSameFile(Path path, Object fileKey, long size, long read)
      throws IOException {
    Object key;
    try {
      key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    } catch (NoSuchFileException e) {
      throw new IOException(path + " was removed while it was followed", e);
    }
    if (fileKey != null && !fileKey.equals(key)) {
      throw rewritten(path, "expected the file " + fileKey + ", found another one, " + key);
    }
    if (size < read) {
      throw rewritten(path, "expected at least " + read + " bytes, found " + size);
    }
  }

  /** The refusal of a file that no longer is what was read before. */
  public static IOException rewritten(Path path, String what) {
    return new IOException(path + " was rewritten, perhaps by another run: " + what);
  }

  /** Reads at a place until the buffer is full or the file ends; returns how many bytes. */
  public static int readAt(FileChannel channel, ByteBuffer into, long position) throws IOException {
    int total = 0;
    while (into.hasRemaining()) {
      int count = channel.read(into, position + total);
      if (count < 0) {
        break;
      }
      total += count;
    }
    return total;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
