package io.vitrine.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileTroubleTest {
  @TempDir Path dir;

  private static IOException failure(org.assertj.core.api.ThrowableAssert.ThrowingCallable what) {
    return catchThrowableOfType(IOException.class, what);
  }

  @Test
  void of_noSuchFile_saysWhetherTheFolderIsThere() {
    IOException file = failure(() -> Files.readString(dir.resolve("a")));
    assertThat(FileTrouble.of(file)).isEqualTo(dir.resolve("a") + ": no such file or folder");
    IOException folder = failure(() -> Files.writeString(dir.resolve("b/a"), ""));
    assertThat(FileTrouble.of(folder))
        .isEqualTo(dir.resolve("b/a") + ": no such folder, " + dir.resolve("b"));
  }

  @Test
  void of_noPermission_saysSo() {
    assertThat(FileTrouble.of(new AccessDeniedException("x.gsd")))
        .isEqualTo("x.gsd: no permission");
  }

  @Test
  void among_causeOfACause_isFound() {
    Exception deep = new IllegalStateException(new IOException(new AccessDeniedException("x.gsd")));
    assertThat(FileTrouble.among(deep)).contains("x.gsd: no permission");
    assertThat(FileTrouble.among(new IOException("other"))).isEmpty();
  }

  @Test
  void prepare_folderIsMissing_isMadeAndAFolderIsRefused() throws IOException {
    OutputFile.prepare(dir.resolve("new/deep/model.json"));
    assertThat(dir.resolve("new/deep")).isDirectory();
    assertThat(failure(() -> OutputFile.prepare(dir.resolve("new"))))
        .hasMessage(dir.resolve("new") + ": is a folder, expected the name of a file");
    Files.writeString(dir.resolve("file"), "");
    assertThat(failure(() -> OutputFile.prepare(dir.resolve("file/model.json"))))
        .hasMessageContaining("its folder cannot be made");
  }
}
