package io.vitrine.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.vitrine.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Inputs that fuzzing found, or started from, are read without surprise. */
final class FuzzCorpusTest {

  @ParameterizedTest
  @ValueSource(strings = {"gsd", "h5md", "lammps", "extxyz", "imd", "codec"})
  void read_everyKnownInput_neverFailsOtherwise(String target) throws IOException {
    List<Path> inputs;
    try (Stream<Path> files = Files.list(TestData.file("fuzz/" + target))) {
      inputs = files.sorted().toList();
    }
    assertThat(inputs).isNotEmpty();
    for (Path input : inputs) {
      byte[] data = Files.readAllBytes(input);
      assertThatCode(() -> Fuzz.TARGETS.get(target).run(data))
          .as(input.toString())
          .doesNotThrowAnyException();
    }
  }
}
