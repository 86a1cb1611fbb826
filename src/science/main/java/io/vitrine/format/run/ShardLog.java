package io.vitrine.format.run;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * A file that one writer appends named records to: for each the length of name and content, 4 bytes
 * each, their CRC-32, the name in UTF-8, the content.
 *
 * <p>A record that the file ends in the middle of was cut off by a kill and is left out. The last
 * record of a name counts.
 */
final class ShardLog {
  static final String SUFFIX = ".log";

  private static final int HEADER = 3 * Integer.BYTES;

  /** Longer names are damage. */
  private static final int LONGEST_NAME = 1000;

  /** Where the content of a record is. */
  record Entry(Path file, long offset, int length, int crc) {}

  private ShardLog() {}

  /** Appends one record; fails with {@code NoSuchFileException} where the folder is missing. */
  static void append(Path file, String name, byte[] content) throws IOException {
    byte[] called = name.getBytes(StandardCharsets.UTF_8);
    ByteBuffer record = ByteBuffer.allocate(HEADER + called.length + content.length);
    record.putInt(called.length).putInt(content.length).putInt(crc(called, content));
    record.put(called).put(content).flip();
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      while (record.hasRemaining()) {
        out.write(record);
      }
    }
  }

  /** The records of a file by name. */
  static Map<String, Entry> list(Path file) throws IOException {
    Map<String, Entry> entries = new TreeMap<>();
    try (FileChannel in = FileChannel.open(file)) {
      long size = in.size();
      ByteBuffer header = ByteBuffer.allocate(HEADER);
      for (long at = 0; at + HEADER <= size; ) {
        header.clear();
        fill(in, header, at, file);
        int nameLength = header.getInt();
        int length = header.getInt();
        int crc = header.getInt();
        if (nameLength < 1 || nameLength > LONGEST_NAME || length < 0) {
          throw new IOException(file + ": damaged at byte " + at + ": not the start of a shard");
        }
        long content = at + HEADER + nameLength;
        if (content + length > size) {
          break;
        }
        ByteBuffer name = ByteBuffer.allocate(nameLength);
        fill(in, name, at + HEADER, file);
        entries.put(
            new String(name.array(), StandardCharsets.UTF_8),
            new Entry(file, content, length, crc));
        at = content + length;
      }
    }
    return entries;
  }

  /** Content of a record; fails with {@code NoSuchFileException} where the file is gone. */
  static byte[] read(String name, Entry entry) throws IOException {
    ByteBuffer content = ByteBuffer.allocate(entry.length());
    try (FileChannel in = FileChannel.open(entry.file())) {
      fill(in, content, entry.offset(), entry.file());
    }
    if (crc(name.getBytes(StandardCharsets.UTF_8), content.array()) != entry.crc()) {
      throw new IOException(entry.file() + ": " + name + " is damaged: CRC-32 differs");
    }
    return content.array();
  }

  private static void fill(FileChannel in, ByteBuffer into, long at, Path file) throws IOException {
    while (into.hasRemaining()) {
      if (in.read(into, at + into.position()) < 0) {
        throw new EOFException(file + ": ends at byte " + in.size());
      }
    }
    into.flip();
  }

  private static int crc(byte[] name, byte[] content) {
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(content);
    return (int) crc.getValue();
  }
}
