package io.vitrine.format.text;

import com.github.luben.zstd.ZstdInputStream;
import io.vitrine.format.FollowedFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** Text packed with Zstandard, finished or growing. */
final class ZstdText implements TextInput {
  /** The first four bytes, little-endian. */
  static final int MAGIC = 0xfd2fb528;

  private final FollowedFile file;
  private final ZstdInputStream unpacked;

  ZstdText(FollowedFile file) throws IOException {
    this.file = file;
    this.unpacked = new ZstdInputStream(new Packed(file));
    // An end in the middle of a zstd frame is no error while the writer may not be done.
    unpacked.setContinuous(file.growing());
  }

  @Override
  public Path path() {
    return file.path();
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    try {
      return Math.max(0, unpacked.read(into, from, length));
    } catch (IOException e) {
      if (e.getMessage() != null && e.getMessage().contains(file.path().toString())) {
        throw e;
      }
      throw new IOException(
          file.path()
              + " before byte "
              + file.position()
              + ": expected zstd data, found "
              + e.getMessage(),
          e);
    }
  }

  @Override
  public void close() throws IOException {
    unpacked.close();
  }

  /** The packed bytes there are now. */
  private static final class Packed extends InputStream {
    private final FollowedFile file;

    Packed(FollowedFile file) {
      this.file = file;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      int count = file.read(into, from, length);
      return count == 0 ? -1 : count;
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
