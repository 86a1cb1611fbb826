package io.vitrine.format;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/** Text read forward once, unpacked where the file is packed, finished or growing. */
interface TextInput extends Closeable {

  /** Reads up to {@code length} bytes; returns how many, 0 when there are none (now). */
  int read(byte[] into, int from, int length) throws IOException;

  /** The file. */
  Path path();

  /** Whether further bytes may appear. */
  boolean growing();

  /** Opens a file so that the first byte read is the one at {@code offset} of the text. */
  static TextInput open(Path path, boolean growing, long offset) throws IOException {
    FollowedFile file = new FollowedFile(path, growing, offset);
    return new TextInput() {
      @Override
      public int read(byte[] into, int from, int length) throws IOException {
        return file.read(into, from, length);
      }

      @Override
      public Path path() {
        return path;
      }

      @Override
      public boolean growing() {
        return growing;
      }

      @Override
      public void close() throws IOException {
        file.close();
      }
    };
  }
}
