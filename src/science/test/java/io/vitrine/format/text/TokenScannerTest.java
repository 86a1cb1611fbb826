package io.vitrine.format.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import java.util.SplittableRandom;
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

  /** As printed by programs: the shortest digits, 17 digits, fixed places, with and without e. */
  @Test
  void number_doublesAsPrinted_areTheSameBits() {
    SplittableRandom random = new SplittableRandom(3);
    for (int k = 0; k < 300_000; k++) {
      double value = (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(-40, 41));
      assertSame(Double.toString(value), value);
      assertSame(new BigDecimal(value).round(new MathContext(17)).toString(), value);
    }
  }

  @Test
  void number_anyDigitsAndPowers_equalParseDouble() {
    SplittableRandom random = new SplittableRandom(4);
    for (int k = 0; k < 1_000_000; k++) {
      long digits = random.nextLong(1, 1_000_000_000_000_000_000L) >>> random.nextInt(60);
      String text = digits + "e" + random.nextInt(-70, 71);
      assertSame(text, Double.parseDouble(text));
    }
  }

  /** Exactly between two doubles, and one digit to either side of it. */
  @Test
  void number_tiesAndTheirNeighbours_equalParseDouble() {
    SplittableRandom random = new SplittableRandom(5);
    for (int k = 0; k < 200_000; k++) {
      long odd = (1L << 53) + 2 * random.nextLong(1L << 52) + 1; // 54 bits, the last one set
      int power = random.nextInt(-8, 5);
      BigDecimal tie =
          BigDecimal.valueOf(odd).multiply(BigDecimal.valueOf(2).pow(Math.max(0, power)));
      if (power < 0) {
        tie = tie.divide(BigDecimal.valueOf(2).pow(-power));
      }
      for (int off = -1; off <= 1; off++) {
        String text = tie.add(tie.ulp().multiply(BigDecimal.valueOf(off))).toPlainString();
        assertSame(text, Double.parseDouble(text));
      }
    }
  }

  private static void assertSame(String text, double expected) {
    TokenScanner scanner = scan(text);
    double found = scanner.number();
    if (Double.doubleToRawLongBits(found) != Double.doubleToRawLongBits(expected)) {
      throw new AssertionError(text + ": " + found + " instead of " + expected);
    }
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
