package io.vitrine.format.h5md;

import io.jhdf.HdfFile;
import io.jhdf.Superblock;
import io.jhdf.storage.HdfBackingStorage;
import io.vitrine.format.FollowedFile;
import io.vitrine.format.RegularFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The bytes of an HDF5 file for jhdf, within limits: what is asked for must lie in the file before
 * anything is allocated for it, and one operation may read a file only so often, because lengths
 * and links of a hostile file ask for more than there is, and go round in circles.
 *
 * <p>Positional reads, no mapping: a mapped file that is cut raises an error of the virtual
 * machine. jhdf believes to read from memory, so it opens no file that a link names.
 */
final class H5Storage implements HdfBackingStorage {
  /** Each data set of a large file reads an index of its own. */
  private static final long MOST_PASSES = 64;

  private static final long LEAST_ALLOWANCE = 1L << 23;

  /** An empty read is work too. */
  private static final int COST_OF_A_READ = 64;

  private final Path path;
  private final FileChannel channel;
  private final Superblock superblock;
  private long size;
  private long allowance;

  private H5Storage(Path path, FileChannel channel) throws IOException {
    this.path = path;
    this.channel = channel;
    this.size = channel.size();
    this.superblock = Superblock.readSuperblock(channel, 0);
    begin();
  }

  /** Opens a file; the storage is closed, not what {@link #file} gives. */
  static H5Storage open(Path path) throws IOException {
    RegularFile.check(path);
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    H5Storage storage = null;
    try {
      storage = new H5Storage(path, channel);
      return storage;
    } finally {
      if (storage == null) {
        channel.close();
      }
    }
  }

  /** The file as jhdf sees it. */
  HdfFile file() {
    try {
      // jhdf keeps the one way to bring one's own storage to itself.
      Constructor<HdfFile> constructor =
          HdfFile.class.getDeclaredConstructor(HdfBackingStorage.class);
      constructor.setAccessible(true);
      return constructor.newInstance(this);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("expected HdfFile(HdfBackingStorage) in jhdf", e);
    }
  }

  /** An operation begins: it may read so much. */
  void begin() {
    allowance = LEAST_ALLOWANCE + MOST_PASSES * size;
  }

  @Override
  public ByteBuffer readBufferFromAddress(long address, int length) {
    return mapNoOffset(address + superblock.getBaseAddressByte(), length);
  }

  @Override
  public ByteBuffer map(long address, long length) {
    return mapNoOffset(address + superblock.getBaseAddressByte(), length);
  }

  @Override
  public ByteBuffer mapNoOffset(long address, long length) {
    try {
      check(address, length);
      ByteBuffer bytes = ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN);
      if (FollowedFile.readAt(channel, bytes, address) < length) {
        throw new IOException(path + " was cut while it was read");
      }
      return bytes.flip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void check(long address, long length) throws IOException {
    if (address < 0 || length < 0 || address > size - length) {
      size = channel.size();
      if (address < 0 || length < 0 || address > size - length) {
        throw new IOException(
            String.format(
                "%s: expected %d bytes at %d, found a file of %d bytes",
                path, length, address, size));
      }
    }
    if (length > Integer.MAX_VALUE) {
      throw new IOException(path + ": expected at most 2 GiB in one piece, found " + length);
    }
    allowance -= length + COST_OF_A_READ;
    if (allowance < 0) {
      throw new IOException(
          path + ": expected an HDF5 file, found one that leads in circles at byte " + address);
    }
  }

  @Override
  public long getUserBlockSize() {
    return superblock.getBaseAddressByte();
  }

  @Override
  public Superblock getSuperblock() {
    return superblock;
  }

  @Override
  public FileChannel getFileChannel() {
    return channel;
  }

  @Override
  public int getSizeOfOffsets() {
    return superblock.getSizeOfOffsets();
  }

  @Override
  public int getSizeOfLengths() {
    return superblock.getSizeOfLengths();
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public boolean inMemory() {
    return true;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
