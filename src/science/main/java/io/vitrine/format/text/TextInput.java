package io.vitrine.format.text;

import io.vitrine.format.FollowedFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Text read forward once, unpacked where the file is packed, finished or growing. */
public interface TextInput extends Closeable {

  /** Reads up to {@code length} bytes; returns how many, 0 when there are none (now). */
  int read(byte[] into, int from, int length) throws IOException;

  /** The file. */
  Path path();

  /** Opens a file so that the first byte read is the one at {@code offset} of the text. */
  static TextInput open(Path path, boolean growing, long offset) throws IOException {
    TextInput packed;
    switch (packing(path)) {
      case GZIP -> packed = new GzipText(new FollowedFile(path, growing, 0));
      case ZSTD -> packed = new ZstdText(new FollowedFile(path, growing, 0));
      default -> {
        return new PlainText(new FollowedFile(path, growing, offset));
      }
    }
    try {
      skip(packed, offset);
      return packed;
    } catch (IOException e) {
      packed.close();
      throw e;
    }
  }

  private static void skip(TextInput input, long count) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long left = count;
    while (left > 0) {
      int read = input.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (read == 0) {
        throw FollowedFile.rewritten(
            input.path(), "expected at least " + count + " bytes of text, found " + (count - left));
      }
      left -= read;
    }
  }

  private static Packing packing(Path path) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      FollowedFile.readAt(channel, head, 0);
    }
    int magic = head.getInt(0);
    if ((magic & 0xffff) == GzipText.MAGIC) {
      return Packing.GZIP;
    }
    return magic == ZstdText.MAGIC ? Packing.ZSTD : Packing.PLAIN;
  }

  /** How a text is packed. */
  enum Packing {
    PLAIN,
    GZIP,
    ZSTD
  }
}
