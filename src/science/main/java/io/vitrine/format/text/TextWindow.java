package io.vitrine.format.text;

import io.vitrine.format.FollowedFile;
import io.vitrine.format.ReadPosition;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * The part of a text that holds the frame being read, and a little of what is before it.
 *
 * <p>Places are counted from the start of the frame, so that they survive when the window grows.
 * What is before the frame (at most {@value #HISTORY} bytes) makes the fingerprint by which a
 * reader that resumes tells a rewritten file. Memory: the text of one frame, at most {@value
 * #LARGEST} bytes.
 */
public final class TextWindow implements Closeable {
  private static final int HISTORY = 4096;
  private static final int READ = 1 << 16;
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
  private static final int LARGEST = 1 << 30;

  private final TextInput input;
  private byte[] bytes = new byte[READ + HISTORY];
  private int start;
  private int limit;
  private long offset;

  private TextWindow(TextInput input, long offset) {
    this.input = input;
    this.offset = offset;
  }

  /** A window whose first frame starts at {@code offset} of the text; checks the fingerprint. */
  static TextWindow open(Path path, boolean growing, ReadPosition position) throws IOException {
    int history = (int) Math.min(HISTORY, position.offset());
    TextInput input = TextInput.open(path, growing, position.offset() - history);
    try {
      TextWindow window = new TextWindow(input, position.offset() - history);
      while (window.limit < history) {
        if (!window.fill()) {
          throw FollowedFile.rewritten(
              path, "expected at least " + position.offset() + " bytes of text, found fewer");
        }
      }
      window.consume(history);
      if (position.ordinal() > 0 && window.fingerprint() != position.fingerprint()) {
        throw FollowedFile.rewritten(
            path,
            String.format(
                "expected checksum %08x before byte %d, found %08x",
                position.fingerprint(), position.offset(), window.fingerprint()));
      }
      return window;
    } catch (IOException e) {
      input.close();
      throw e;
    }
  }

  /** Place of the frame's first byte in the text. */
  long offset() {
    return offset;
  }

  /** Checksum of the last bytes before the frame. */
  long fingerprint() {
    CRC32C crc = new CRC32C();
    int history = Math.min(HISTORY, start);
    crc.update(bytes, start - history, history);
    return crc.getValue();
  }

  /** The array that holds the text; valid until the next call of {@link #lineEnd}. */
  public byte[] bytes() {
    return bytes;
  }

  /** Index in {@link #bytes} of a place. */
  public int index(int place) {
    return start + place;
  }

  /** How much of the text from the frame's start has been read so far. */
  public int available() {
    return limit - start;
  }

  /** The place behind the line feed of the line at {@code place}, or -1 where it is incomplete. */
  public int lineEnd(int place) throws IOException {
    int at = place;
    while (true) {
      byte[] b = bytes;
      int end = limit;
      for (int i = start + at; i < end; i++) {
        if (b[i] == '\n') {
          return i + 1 - start;
        }
      }
      at = limit - start;
      if (!fill()) {
        return -1;
      }
    }
  }

  /** Goes behind a byte order mark, which some editors put before a text. */
  void skipByteOrderMark() throws IOException {
    while (available() < BYTE_ORDER_MARK.length && fill()) {
      continue;
    }
    if (startsWith(0, BYTE_ORDER_MARK)) {
      consume(BYTE_ORDER_MARK.length);
    }
  }

  /** Whether nothing but blanks is left of the text that has been read so far. */
  boolean isBlank() {
    return isBlank(0, available());
  }

  /** Whether the line between two places is blank. */
  public boolean isBlank(int from, int to) {
    for (int i = start + from; i < start + to; i++) {
      if (bytes[i] > ' ' || bytes[i] < 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether the text that has been read so far ends in a line end. */
  boolean endsInLineEnd() {
    return limit > 0 && bytes[limit - 1] == '\n';
  }

  /** Whether the text at a place (of a complete line) starts with {@code prefix}. */
  public boolean startsWith(int place, byte[] prefix) {
    int at = start + place;
    if (limit - at < prefix.length) {
      return false;
    }
    for (int i = 0; i < prefix.length; i++) {
      if (bytes[at + i] != prefix[i]) {
        return false;
      }
    }
    return true;
  }

  /** The line between two places, without its end. */
  public String line(int from, int to) {
    return new String(bytes, start + from, to - from, StandardCharsets.UTF_8).strip();
  }

  /** Moves the start of the frame forward. */
  void consume(int count) {
    start += count;
    offset += count;
  }

  private boolean fill() throws IOException {
    if (bytes.length - limit < READ / 2) {
      makeRoom();
    }
    int count = input.read(bytes, limit, bytes.length - limit);
    limit += count;
    return count > 0;
  }

  private void makeRoom() throws IOException {
    int kept = Math.max(0, start - HISTORY);
    int length = limit - kept;
    if (length > LARGEST) {
      throw new IOException(
          input.path() + ": the frame at byte " + offset + " is longer than " + LARGEST + " bytes");
    }
    byte[] target = length > bytes.length - READ ? new byte[2 * bytes.length] : bytes;
    System.arraycopy(bytes, kept, target, 0, length);
    bytes = target;
    start -= kept;
    limit -= kept;
  }

  @Override
  public void close() throws IOException {
    input.close();
  }
}
