package io.vitrine.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeGridTest {
  @ParameterizedTest
  @CsvSource({
    "1.0, 7, true, 7000",
    "1.0, 7.0009, true, 7000",
    "1.0, 6.9991, true, 7000",
    "1.0, 7.0011, false, 7000",
    "1.0, -3, true, -3000",
    "0.5, 7.5, true, 7500",
    "0.5, 7.25, false, 7500",
    "0.2, 0.6, true, 600",
    "1.0, 123456789, true, 123456789000"
  })
  void holds_time_withinAThousandthOfAMultiple(
      double interval, double time, boolean holds, long millis) {
    TimeGrid grid = TimeGrid.of(interval);
    assertThat(grid.holds(time)).isEqualTo(holds);
    assertThat(grid.millis(time)).isEqualTo(millis);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, 0.3, 2, 0.0005, 0.33333})
  void of_intervalThatDoesNotDivideOneTau_isRefused(double interval) {
    assertThatThrownBy(() -> TimeGrid.of(interval))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("interval");
  }

  @Test
  void interval_millis_isInTau() {
    assertThat(new TimeGrid(250).interval()).isEqualTo(0.25);
    assertThat(TimeGrid.of(0.001).intervalMillis()).isEqualTo(1);
  }
}
