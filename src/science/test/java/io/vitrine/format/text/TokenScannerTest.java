package io.vitrine.format.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenScannerTest {

  @Test
  void number_randomDecimals_equalParseDouble() {
    Random random = new Random(1);
    String[] formats = {"%.6f", "%.17g", "%g", "%.8g", "%.16e", "%.3e", "%.0f"};
    for (int i = 0; i < 200_000; i++) {
      double value = (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(50) - 25);
      String text = String.format(Locale.ROOT, formats[i % formats.length], value);
      assertThat(scan(text).number()).as(text).isEqualTo(Double.parseDouble(text));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "-0.0",
        ".5",
        "5.",
        "1e22",
        "1e23",
        "1e-22",
        "1e-23",
        "9007199254740993",
        "9007199254740992",
        "123456789012345678901234567890",
        "0.000000000000000000000000001234",
        "1E+5",
        "+7.25",
        "1e400",
        "1e-400",
        "4.9e-324",
        "179769313486231570000e289"
      })
  void number_edges_equalParseDouble(String text) {
    double expected = Double.parseDouble(text);
    assertThat(Double.doubleToRawLongBits(scan(text).number()))
        .isEqualTo(Double.doubleToRawLongBits(expected));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nan", "-nan", "NaN", "inf", "-inf"})
  void number_notFinite_isANumber(String text) {
    assertThat(Double.isFinite(scan(text).number())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", "1.2.3", "1e", "--1", "0x1p3", "1f", "1d", "1,5", "1e+", "é"})
  void number_noNumber_isRefused(String text) {
    assertThatThrownBy(() -> scan(text).number())
        .isInstanceOf(NumberFormatException.class)
        .hasMessageContaining("expected a number");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1.0", "a", "99999999999999999999", "-", "1e3"})
  void integer_noInteger_isRefused(String text) {
    assertThatThrownBy(() -> scan(text).integer())
        .isInstanceOf(NumberFormatException.class)
        .hasMessageContaining("expected an integer");
  }

  @Test
  void words_walkALine() {
    TokenScanner scanner = scan("  12 x\t-3.5 \r");
    assertThat(scanner.integer()).isEqualTo(12);
    assertThat(scanner.word()).isEqualTo("x");
    assertThat(scanner.number()).isEqualTo(-3.5);
    assertThat(scanner.atLineEnd()).isTrue();
    assertThat(scanner.skip()).isFalse();
  }

  private static TokenScanner scan(String line) {
    TokenScanner scanner = new TokenScanner();
    scanner.reset((line + "\n").getBytes(StandardCharsets.UTF_8), 0);
    return scanner;
  }
}
