package io.vitrine.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The consistency flags in the superblock of an HDF5 file. */
final class H5Flags {
  private static final int VERSION_AT = 8;
  private static final int FLAGS_AT = 11;
  private static final int FLAGGED_VERSION = 3;

  private H5Flags() {}

  /** Whether the file says that nobody has it open for writing; older files say nothing. */
  static boolean finished(Path path) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(FLAGS_AT + 1);
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      FollowedFile.readAt(channel, head, 0);
    }
    return head.get(VERSION_AT) == FLAGGED_VERSION && head.get(FLAGS_AT) == 0;
  }
}
