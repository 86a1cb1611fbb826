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

  @Test
  void begin_whileItSleepsAndAfterItHasEnded_isDone() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    Helper.Task note = part -> threads.add(Thread.currentThread());
    helper.begin(note);
    assertThat(helper.end()).isNull();
    Thread first = threads.get(0);
    assertThat(first.isDaemon()).isTrue();
    while (first.isAlive() && first.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    helper.begin(note);
    assertThat(helper.end()).isNull();
    first.join();
    helper.begin(note);
    assertThat(helper.end()).isNull();
    assertThat(threads).hasSize(3);
    assertThat(threads.get(2)).isNotSameAs(first);
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
