package io.vitrine.format.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersionFolderTest {
  @TempDir Path folder;

  @Test
  void assign_again_keepsTheFirstDecision() throws IOException {
    VersionFolder versions = VersionFolder.at(folder.resolve("models"), "live");
    assertThat(versions.assign("a", 12, 0)).isZero();
    assertThat(versions.assign("a", 12, 3)).isZero();
    assertThat(versions.assign("a", 3, 3)).isEqualTo(3);
    assertThat(VersionFolder.at(folder.resolve("models"), "live").assign("a", 3, 2)).isEqualTo(3);
    assertThat(versions.assign("b", 12, 2)).isEqualTo(2);
    assertThat(folder.resolve("models/windows/a")).hasSize(4 * 13);
  }

  @Test
  void publish_again_keepsTheFirstModel() throws IOException {
    VersionFolder versions = VersionFolder.at(folder.resolve("models"), "live");
    assertThat(versions.has(1)).isFalse();
    assertThat(versions.publish(1, "first")).isEqualTo("first");
    assertThat(versions.publish(1, "second")).isEqualTo("first");
    assertThat(versions.read(1)).isEqualTo("first");
    assertThatThrownBy(() -> versions.file(0)).hasMessage("version must be >= 1, but was 0");
  }
}
