package io.vitrine.dynamics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowCountTest {
  @Test
  void next_framesWithGaps_countsTheWindowsThatAreComplete() {
    WindowCount count = WindowCount.START;
    List<Long> windows = new ArrayList<>();
    for (long tau : new long[] {3, 4, 5, 6, 8, 9, 10, 20, 21, 22, 23}) {
      count = count.next(1000 * tau, 1000, 3);
      windows.add(count.windows());
    }
    assertThat(windows).containsExactly(0L, 0L, 1L, 2L, 2L, 2L, 3L, 3L, 3L, 4L, 5L);
  }
}
