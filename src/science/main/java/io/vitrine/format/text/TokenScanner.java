package io.vitrine.format.text;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Numbers and words of lines that are complete: the text ends in a line feed, so no step here asks
 * where it ends.
 *
 * <p>A decimal number of at most 2^53 without its point, times a power of ten of at most 22 up or
 * down, is one exact integer times or over another: one rounding, hence correctly rounded (Clinger
 * 1990, doi:10.1145/93548.93557). Up to 18 digits and powers of 64 {@link DecimalFloat} does the
 * same; every other number goes through {@link Double#parseDouble}.
 */
public final class TokenScanner {
  private static final int MOST_DIGITS = 18;
  private static final long EXACT = 1L << 53;
  private static final double[] POWERS = new double[23];
  private static final int LONGEST_QUOTE = 40;

  static {
    double power = 1;
    for (int i = 0; i < POWERS.length; i++) {
      POWERS[i] = power;
      power *= 10;
    }
  }

  private byte[] text;
  private int at;

  /** Starts at {@code from}; a line feed must be somewhere behind it. */
  public void reset(byte[] lines, int from) {
    this.text = lines;
    this.at = from;
  }

  public int at() {
    return at;
  }

  /** Skips blanks; true when the line is over. */
  public boolean atLineEnd() {
    skipBlanks();
    return text[at] == '\n';
  }

  /** Goes behind the next line feed. */
  public void nextLine() {
    while (text[at] != '\n') {
      at++;
    }
    at++;
  }

  /** Skips one word; false when the line is over. */
  boolean skip() {
    skipBlanks();
    int from = at;
    while (text[at] > ' ') {
      at++;
    }
    return at > from;
  }

  /** The next word, empty at the end of the line. */
  String word() {
    skipBlanks();
    int from = at;
    skip();
    return new String(text, from, at - from, StandardCharsets.UTF_8);
  }

  /** The line from here on, without blanks at either end. */
  public String text() {
    int from = at;
    nextLine();
    return new String(text, from, at - from, StandardCharsets.UTF_8).strip();
  }

  /** The next word as an integer. */
  public long integer() {
    skipBlanks();
    int from = at;
    boolean negative = text[at] == '-';
    if (negative || text[at] == '+') {
      at++;
    }
    int first = at;
    long value = 0;
    while (true) {
      int digit = text[at] - '0';
      if (digit < 0 || digit > 9) {
        break;
      }
      value = 10 * value + digit;
      at++;
    }
    if (at == first || at - first > MOST_DIGITS || text[at] > ' ') {
      throw refuse("an integer", from);
    }
    return negative ? -value : value;
  }

  /** The next word as a number, correctly rounded; {@code nan} and {@code inf} are numbers. */
  public double number() {
    skipBlanks();
    byte[] b = text;
    int from = at;
    int i = from;
    boolean negative = b[i] == '-';
    if (negative || b[i] == '+') {
      i++;
    }
    long mantissa = 0;
    int digits = 0;
    int scale = 0;
    int seen = 0;
    boolean point = false;
    while (true) {
      int digit = b[i] - '0';
      if (digit >= 0 && digit <= 9) {
        mantissa = 10 * mantissa + digit;
        if (mantissa != 0 && ++digits > MOST_DIGITS) {
          return slowNumber(from);
        }
        seen++;
        if (point) {
          scale--;
        }
      } else if (b[i] == '.' && !point) {
        point = true;
      } else {
        break;
      }
      i++;
    }
    if (seen == 0) {
      return slowNumber(from);
    }
    if (b[i] == 'e' || b[i] == 'E') {
      i++;
      boolean down = b[i] == '-';
      if (down || b[i] == '+') {
        i++;
      }
      int exponent = 0;
      int first = i;
      while (b[i] >= '0' && b[i] <= '9' && i - first < 4) {
        exponent = 10 * exponent + b[i] - '0';
        i++;
      }
      if (i == first) {
        return slowNumber(from);
      }
      scale += down ? -exponent : exponent;
    }
    if (b[i] > ' ' || b[i] < 0) {
      return slowNumber(from);
    }
    double value;
    if (mantissa <= EXACT && scale >= -22 && scale <= 22) {
      value = scale < 0 ? mantissa / POWERS[-scale] : mantissa * POWERS[scale];
    } else if (mantissa > 0 && Math.abs(scale) <= DecimalFloat.LARGEST_POWER) {
      value = DecimalFloat.of(mantissa, scale);
    } else {
      return slowNumber(from);
    }
    at = i;
    return negative ? -value : value;
  }

  private double slowNumber(int from) {
    at = from;
    String word = word();
    String lower = word.toLowerCase(Locale.ROOT);
    switch (lower) {
      case "nan", "+nan", "-nan" -> {
        return Double.NaN;
      }
      case "inf", "+inf", "infinity", "+infinity" -> {
        return Double.POSITIVE_INFINITY;
      }
      case "-inf", "-infinity" -> {
        return Double.NEGATIVE_INFINITY;
      }
      default -> {
        // parseDouble also takes hexadecimal numbers and suffixes, which no format here has.
        for (int i = 0; i < lower.length(); i++) {
          if ("0123456789+-.e".indexOf(lower.charAt(i)) < 0) {
            throw refuse("a number", from);
          }
        }
        try {
          return Double.parseDouble(lower);
        } catch (NumberFormatException e) {
          throw refuse("a number", from);
        }
      }
    }
  }

  private NumberFormatException refuse(String expected, int from) {
    at = from;
    String found = word();
    if (found.length() > LONGEST_QUOTE) {
      found = found.substring(0, LONGEST_QUOTE) + "...";
    }
    String what = found.isEmpty() ? "the end of the line" : "'" + found + "'";
    return new NumberFormatException("expected " + expected + ", found " + what);
  }

  private void skipBlanks() {
    while (text[at] == ' ' || text[at] == '\t' || text[at] == '\r') {
      at++;
    }
  }
}
