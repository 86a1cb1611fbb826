package io.vitrine;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where golden data lies, from whichever module a test runs in. */
public final class TestData {
  private TestData() {}

  /** The file {@code testdata/name}; fails when it is not there. */
  public static Path file(String name) {
    Path path = root().resolve("testdata").resolve(name);
    if (!Files.exists(path)) {
      throw new AssertionError("missing test file " + path);
    }
    return path;
  }

  /** The root of the checkout. */
  public static Path root() {
    return Path.of(System.getProperty("vitrine.root", ".")).toAbsolutePath().normalize();
  }
}
