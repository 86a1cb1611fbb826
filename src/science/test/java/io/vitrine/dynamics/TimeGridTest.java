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
    "1.0, 7, 7000",
    "1.0, 7.0009, 7000",
    "1.0, 6.9991, 7000",
    "1.0, 7.0011, 7001",
    "1.0, 12345.7, 12345700",
    "1.0, 0.185, 185",
    "1.0, -3, -3000",
    "0.5, 7.5, 7500",
    "0.5, 7.25, 7250",
    "1.0, 123456789, 123456789000"
  })
  void begin_time_isTheMultipleItIsAtOrItself(double interval, double time, long millis) {
    assertThat(TimeGrid.of(interval).begin(time)).isEqualTo(millis);
  }

  @ParameterizedTest
  @CsvSource({
    "1.0, 7.1, 0, 7000",
    "1.0, 7.1, 185, 7185",
    "1.0, 7.9, 9185, 8185",
    "1.0, -0.9, 185, -815",
    "0.2, 0.61, 1050, 650"
  })
  void near_time_isTheClosestPointOfTheGridThatHasAKnownOne(
      double interval, double time, long known, long millis) {
    assertThat(TimeGrid.of(interval).near(time, known)).isEqualTo(millis);
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
