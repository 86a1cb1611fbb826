package io.vitrine.format.text;

import io.vitrine.format.FollowedFile;
import java.io.IOException;
import java.nio.file.Path;

/** Text that is not packed. */
final class PlainText implements TextInput {
  private final FollowedFile file;

  PlainText(FollowedFile file) {
    this.file = file;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    return file.read(into, from, length);
  }

  @Override
  public Path path() {
    return file.path();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
