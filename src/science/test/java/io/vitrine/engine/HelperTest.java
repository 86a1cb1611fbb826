package io.vitrine.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HelperTest {
  private final Helper helper = new Helper(3);

  @Test
  void begin_manyTasks_eachIsDoneOnceBeforeEndReturns() {
    long[] sum = new long[1];
    for (int k = 1; k <= 100_000; k++) {
      int add = k;
      helper.begin(part -> sum[0] += part * (long) add);
      assertThat(helper.end()).isNull();
      assertThat(sum[0]).isEqualTo(3L * k * (k + 1) / 2);
    }
  }

  /** It sleeps in between, and after a second it has ended. */
  @Test
  void begin_afterPauses_isDoneByTheSameThreadOrAnother() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (long pause : new long[] {0, 1, 20, 300, 1500, 5}) {
      Thread.sleep(pause);
      helper.begin(part -> threads.add(Thread.currentThread()));
      assertThat(helper.end()).isNull();
    }
    assertThat(threads).hasSize(6).allMatch(Thread::isDaemon);
    assertThat(threads.get(3)).isSameAs(threads.get(0));
    assertThat(threads.get(4)).isNotSameAs(threads.get(0));
    assertThat(threads.get(0).isAlive()).isFalse();
  }

  @Test
  void end_taskThatThrows_returnsWhatWentWrongOnce() {
    IllegalStateException wrong = new IllegalStateException("wrong");
    helper.begin(
        part -> {
          throw wrong;
        });
    assertThat(helper.end()).isSameAs(wrong);
    helper.begin(part -> {});
    assertThat(helper.end()).isNull();
  }
}
