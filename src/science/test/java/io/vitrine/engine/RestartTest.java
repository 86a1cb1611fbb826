package io.vitrine.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartTest {
  @TempDir Path folder;
  private Path file;
  private Restart restart;

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve("a.restart");
    Simulation simulation =
        Simulation.create(MixtureSpec.kobAndersen(32), Integration.nvt(), 1.0, 1);
    simulation.advance(100);
    restart =
        new Restart("T=1", 7, true, List.of(new double[] {-6, 9, 1, 2}), simulation.snapshot());
    restart.write(file);
  }

  @Test
  void read_written_isTheSame() throws IOException {
    Restart read = Restart.read(file);
    assertThat(Restart.isThere(file)).isTrue();
    assertThat(read.request()).isEqualTo("T=1");
    assertThat(read.equilibrated()).isEqualTo(7);
    assertThat(read.running()).isTrue();
    assertThat(read.rows().get(0)).containsExactly(-6, 9, 1, 2);
    assertThat(Simulation.restore(read.snapshot()).snapshot()).isEqualTo(restart.snapshot());
  }

  @Test
  void read_withMemory_isTheSame() throws IOException {
    TreeMap<String, byte[]> memory = new TreeMap<>();
    memory.put("run", new byte[] {1, 2, 3});
    memory.put("x/0", new byte[0]);
    new Restart("T=1", 7, false, List.of(), memory, restart.snapshot()).write(file);

    Restart read = Restart.read(file);

    assertThat(Restart.isThere(file)).isTrue();
    assertThat(read.memory()).containsOnlyKeys("run", "x/0");
    assertThat(read.memory().get("run")).containsExactly(1, 2, 3);
    assertThat(read.snapshot()).isEqualTo(restart.snapshot());
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length += 37) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> Restart.read(file)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void write_again_replaces() throws IOException {
    new Restart("T=2", 8, false, List.of(), restart.snapshot()).write(file);
    assertThat(Restart.read(file).request()).isEqualTo("T=2");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void read_cutAnywhere_isRefusedWithItsName() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length += 37) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> Restart.read(file))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("a.restart");
    }
  }

  @Test
  void isThere_anotherOrNoFile_isFalse() throws IOException {
    Files.writeString(file, "ITEM: TIMESTEP");
    assertThat(Restart.isThere(file)).isFalse();
    assertThat(Restart.isThere(folder.resolve("none"))).isFalse();
  }
}
