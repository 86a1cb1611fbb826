package io.vitrine.format.trajectory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.sun.management.ThreadMXBean;
import io.vitrine.TestData;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Inputs that fuzzing found, or started from, are read without surprise. */
final class FuzzCorpusTest {
  /** All are smaller than 10 kB. */
  private static final long MOST_BYTES = 1 << 25;

  private static final ThreadMXBean ALLOCATIONS =
      (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @ParameterizedTest
  @ValueSource(strings = {"gsd", "h5md", "lammps", "extxyz", "imd", "codec"})
  void read_everyKnownInput_neverFailsOtherwise(String target) throws IOException {
    List<Path> inputs;
    try (Stream<Path> files = Files.list(TestData.file("fuzz/" + target))) {
      inputs = files.sorted().toList();
    }
    assertThat(inputs).isNotEmpty();
    // The first of a kind loads classes, which is no fault of the input.
    Fuzz.TARGETS.get(target).run(Files.readAllBytes(inputs.get(0)));
    for (Path input : inputs) {
      byte[] data = Files.readAllBytes(input);
      long before = ALLOCATIONS.getThreadAllocatedBytes(Thread.currentThread().getId());
      assertThatCode(() -> Fuzz.TARGETS.get(target).run(data))
          .as(input.toString())
          .doesNotThrowAnyException();
      long after = ALLOCATIONS.getThreadAllocatedBytes(Thread.currentThread().getId());
      assertThat(after - before).as("bytes allocated for " + input).isLessThan(MOST_BYTES);
    }
  }
}
