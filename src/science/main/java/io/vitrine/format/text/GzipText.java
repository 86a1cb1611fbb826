package io.vitrine.format.text;

import io.vitrine.format.FollowedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Text packed with gzip, of any number of members, finished or growing.
 *
 * <p>What is not there yet is waited for wherever the file ends: in a header, in the data or in a
 * member's checksum. Zero bytes behind a member are padding.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1952">RFC 1952</a>
 */
final class GzipText implements TextInput {
  /** The first two bytes, little-endian. */
  static final int MAGIC = 0x8b1f;

  private static final int DEFLATE = 8;
  private static final int HEADER = 10;
  private static final int TRAILER = 8;
  private static final int HEADER_CRC = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;

  private enum Part {
    HEADER,
    DATA,
    TRAILER
  }

  private final FollowedFile file;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] packed = new byte[1 << 16];
  private int at;
  private int limit;
  private Part part = Part.HEADER;

  GzipText(FollowedFile file) {
    this.file = file;
  }

  @Override
  public Path path() {
    return file.path();
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    while (true) {
      int count = 0;
      boolean moved =
          switch (part) {
            case HEADER -> readHeader();
            case TRAILER -> readTrailer();
            case DATA -> {
              count = inflate(into, from, length);
              yield count > 0 || part != Part.DATA;
            }
          };
      if (count > 0) {
        return count;
      }
      if (!moved && !fill()) {
        if (!file.growing() && (part != Part.HEADER || at < limit)) {
          throw broken("the rest of a gzip member", "the end of the file");
        }
        return 0;
      }
    }
  }

  private int inflate(byte[] into, int from, int length) throws IOException {
    inflater.setInput(packed, at, limit - at);
    try {
      int count = inflater.inflate(into, from, length);
      at = limit - inflater.getRemaining();
      crc.update(into, from, count);
      if (inflater.finished()) {
        part = Part.TRAILER;
      } else if (inflater.needsDictionary()) {
        throw broken("data without a dictionary", "data that need one");
      }
      return count;
    } catch (DataFormatException e) {
      throw broken("deflated data", e.getMessage());
    }
  }

  /** Goes behind a member's header; false while it is not all there. */
  private boolean readHeader() throws IOException {
    while (at < limit && packed[at] == 0) {
      at++;
    }
    if (limit - at < HEADER) {
      return false;
    }
    int magic = unsigned(at) | unsigned(at + 1) << 8;
    if (magic != MAGIC || unsigned(at + 2) != DEFLATE) {
      throw broken("a gzip member (1f 8b 08)", String.format("%04x %02x", magic, unsigned(at + 2)));
    }
    int flags = unsigned(at + 3);
    int end = at + HEADER;
    if ((flags & EXTRA) != 0) {
      if (limit - end < 2) {
        return false;
      }
      end += 2 + (unsigned(end) | unsigned(end + 1) << 8);
    }
    for (int text : new int[] {NAME, COMMENT}) {
      if ((flags & text) != 0) {
        while (end < limit && packed[end] != 0) {
          end++;
        }
        end++;
      }
    }
    end += (flags & HEADER_CRC) != 0 ? 2 : 0;
    if (end > limit) {
      return false;
    }
    at = end;
    inflater.reset();
    crc.reset();
    part = Part.DATA;
    return true;
  }

  private boolean readTrailer() throws IOException {
    if (limit - at < TRAILER) {
      return false;
    }
    long expected = 0;
    for (int i = 3; i >= 0; i--) {
      expected = expected << 8 | unsigned(at + i);
    }
    if (expected != crc.getValue()) {
      throw broken(String.format("checksum %08x", expected), String.format("%08x", crc.getValue()));
    }
    at += TRAILER;
    part = Part.HEADER;
    return true;
  }

  private int unsigned(int index) {
    return Byte.toUnsignedInt(packed[index]);
  }

  private boolean fill() throws IOException {
    if (at > 0) {
      System.arraycopy(packed, at, packed, 0, limit - at);
      limit -= at;
      at = 0;
    }
    if (limit == packed.length) {
      // A header whose name is this long is none.
      throw broken("a gzip header", "one of more than " + packed.length + " bytes");
    }
    int count = file.read(packed, limit, packed.length - limit);
    limit += count;
    return count > 0;
  }

  private IOException broken(String expected, String found) {
    return new IOException(
        String.format(
            "%s before byte %d: expected %s, found %s",
            file.path(), file.position(), expected, found));
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    file.close();
  }
}
