package io.vitrine.format.h5md;

import io.vitrine.format.FollowedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What the first bytes of an HDF5 file say of its state: who has it open, and how long it must be.
 *
 * @param finished whether it says that nobody has it open for writing (version 3 only)
 * @param end number of bytes it must have, or 0 where it does not say
 * @see <a href="https://docs.hdfgroup.org/hdf5/v1_14/_f_m_t3.html">HDF5 file format</a>
 */
record H5Superblock(boolean finished, long end) {
  private static final int BYTES = 64;
  private static final int VERSION_AT = 8;
  private static final int OFFSET_SIZE_AT_OLD = 13;
  private static final int OFFSET_SIZE_AT_NEW = 9;
  private static final int FLAGS_AT = 11;
  private static final int[] END_AT = {40, 44, 28, 28};

  static H5Superblock read(Path path) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      FollowedFile.readAt(channel, head, 0);
    }
    int version = head.get(VERSION_AT);
    if (version < 0 || version >= END_AT.length) {
      return new H5Superblock(false, 0);
    }
    int offsetSize = head.get(version < 2 ? OFFSET_SIZE_AT_OLD : OFFSET_SIZE_AT_NEW);
    long end = offsetSize == Long.BYTES ? head.getLong(END_AT[version]) : 0;
    return new H5Superblock(version == 3 && head.get(FLAGS_AT) == 0, end);
  }
}
