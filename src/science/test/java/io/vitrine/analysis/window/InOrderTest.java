package io.vitrine.analysis.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitrine.format.wire.Columns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InOrderTest {
  private final Map<Long, String> early = new HashMap<>();

  @Test
  void accept_inOrder_keepsNothing() {
    InOrder order = new InOrder();
    for (long n = 0; n < 100; n++) {
      assertThat(order.accept(n, "" + n, Kept.in(early))).containsExactly("" + n);
      assertThat(early).isEmpty();
    }
  }

  @Test
  void accept_anyOrderTwiceAndRestoredEachTime_handsOnEachOnceInOrder() throws IOException {
    List<Long> numbers = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (long n = 0; n < 500; n++) {
      numbers.add(n);
      numbers.add(n);
      expected.add("" + n);
    }
    Collections.shuffle(numbers, new Random(1));
    InOrder order = new InOrder();
    List<String> found = new ArrayList<>();
    for (long n : numbers) {
      found.addAll(order.accept(n, "" + n, Kept.in(early)));
      assertThat(early).hasSize(order.held());
      Columns.Writer out = new Columns.Writer(64);
      order.encode(out);
      order = InOrder.decode(new Columns.Reader(out.toBytes(), "order"));
    }
    assertThat(found).isEqualTo(expected);
    assertThat(early).isEmpty();
  }

  @Test
  void finish_oneNeverCame_handsOnTheRest() {
    InOrder order = new InOrder();
    assertThat(order.accept(2, "two", Kept.in(early))).isEmpty();
    assertThat(order.accept(1, "one", Kept.in(early))).isEmpty();
    assertThat(order.finish(Kept.in(early))).containsExactly("one", "two");
    assertThat(early).isEmpty();
  }
}
