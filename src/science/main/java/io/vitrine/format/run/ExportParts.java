package io.vitrine.format.run;

import java.nio.file.Path;

/**
 * Names of an export's files: the name asked for where one part holds everything, else {@code
 * NAME-1.h5}, {@code NAME-2.h5}, ...
 */
final class ExportParts {
  private ExportParts() {}

  static Path numbered(Path path, int number) {
    String name = path.getFileName().toString();
    int dot = name.lastIndexOf('.');
    String stem = dot > 0 ? name.substring(0, dot) : name;
    String suffix = dot > 0 ? name.substring(dot) : "";
    return path.resolveSibling(stem + "-" + number + suffix);
  }
}
