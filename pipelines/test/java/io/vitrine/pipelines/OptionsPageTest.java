package io.vitrine.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code docs/options.md} is what the command line says; {@code -Dvitrine.write} renews it. */
final class OptionsPageTest {
  @Test
  void page_ofOptions_isThatOfTheCommandLine() throws IOException {
    Path page = Path.of(System.getProperty("vitrine.root"), "docs", "options.md");
    if (System.getProperty("vitrine.write") != null) {
      Files.writeString(page, OptionsPage.text());
    }
    assertThat(Files.readString(page)).isEqualTo(OptionsPage.text());
  }
}
