package io.vitrine.format.wire;

import java.io.IOException;
import java.util.zip.CRC32;

/** Bytes behind a magic number and a checksum, so that a damaged or foreign file is known. */
public final class Sealed {
  private Sealed() {}

  public static byte[] seal(int magic, byte[] body) {
    return new Columns.Writer(body.length + 16).put(magic).put(checksum(body)).put(body).toBytes();
  }

  /** The body; {@code where} names the file in errors. */
  public static byte[] open(int magic, byte[] bytes, String where) throws IOException {
    Columns.Reader head = new Columns.Reader(bytes, where);
    int found = head.getInt();
    if (found != magic) {
      throw new IOException(
          where
              + ": starts with "
              + Integer.toHexString(found)
              + ", expected "
              + Integer.toHexString(magic));
    }
    long checksum = head.getLong();
    byte[] body = head.getBytes();
    head.end();
    if (checksum != checksum(body)) {
      throw new IOException(where + ": checksum differs, the shard is damaged");
    }
    return body;
  }

  private static long checksum(byte[] body) {
    CRC32 crc = new CRC32();
    crc.update(body);
    return crc.getValue();
  }
}
