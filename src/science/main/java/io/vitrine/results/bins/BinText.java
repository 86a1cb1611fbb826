package io.vitrine.results.bins;

import java.util.ArrayList;
import java.util.List;

/** Bins as the text {@code [[index,count,..],..]}: compact, and JSON to every SQL tool. */
public final class BinText {
  private BinText() {}

  public static String format(long[] numbers, int perBin) {
    StringBuilder text = new StringBuilder(numbers.length * 4 + 2).append('[');
    for (int i = 0; i < numbers.length; i++) {
      int place = i % perBin;
      text.append(place == 0 ? (i == 0 ? "[" : ",[") : ",").append(numbers[i]);
      if (place == perBin - 1) {
        text.append(']');
      }
    }
    return text.append(']').toString();
  }

  /** The numbers of a text of bins. */
  public static long[] parse(String text) {
    List<Long> numbers = new ArrayList<>();
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c == '-' || (c >= '0' && c <= '9')) {
        int from = i++;
        while (i < text.length() && Character.isDigit(text.charAt(i))) {
          i++;
        }
        numbers.add(Long.parseLong(text, from, i, 10));
      } else {
        i++;
      }
    }
    return numbers.stream().mapToLong(Long::longValue).toArray();
  }
}
