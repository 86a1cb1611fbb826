package io.vitrine.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The colours of the figures, seen with either kind of red-green blindness: Machado, Oliveira and
 * Fernandes, IEEE TVCG 15, 1291 (2009), severity 1, on linear RGB; distances in CIELAB.
 */
final class PaletteTest {
  /** A distance of 2.3 is just noticeable side by side; lines of a figure stand apart. */
  private static final double FAR = 15;

  private static final double[][] PROTANOPIA = {
    {0.152286, 1.052583, -0.204868},
    {0.114503, 0.786281, 0.099216},
    {-0.003882, -0.048116, 1.051998}
  };
  private static final double[][] DEUTERANOPIA = {
    {0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}
  };
  private static final double[][] XYZ = {
    {0.4124564, 0.3575761, 0.1804375},
    {0.2126729, 0.7151522, 0.0721750},
    {0.0193339, 0.1191920, 0.9503041}
  };
  private static final double[] WHITE = {0.95047, 1, 1.08883};

  @Test
  void palette_anyTwoColours_areToldApartByColourBlindEyes() throws IOException {
    for (String theme : List.of("light", "dark")) {
      toldApart(colours("option.js", theme + ": \\[([^\\]]*#[^\\]]*)\\]"));
    }
  }

  private static void toldApart(List<String> palette) {
    assertThat(palette).hasSize(8);
    for (double[][] eye : List.of(PROTANOPIA, DEUTERANOPIA)) {
      for (int a = 0; a < palette.size(); a++) {
        for (int b = 0; b < a; b++) {
          assertThat(distance(seen(eye, palette.get(a)), seen(eye, palette.get(b))))
              .as(palette.get(a) + " and " + palette.get(b))
              .isGreaterThan(FAR);
        }
      }
    }
  }

  @Test
  void distance_redAndGreenOfOneBrightness_isSmallForColourBlindEyes() {
    assertThat(distance(seen(DEUTERANOPIA, "#a05a50"), seen(DEUTERANOPIA, "#787850")))
        .isLessThan(FAR);
  }

  /** WCAG 2.2: 1.4.3 (AA) asks 4.5 of text, 1.4.11 asks 3 of what is drawn. */
  @Test
  void contrast_textAndCurves_isThatOfTheGuidelines() throws IOException {
    for (String theme : List.of("light", "dark")) {
      String at = "data-theme=\"" + theme + "\"\\] \\{([^}]*)\\}";
      String ink = variable(at, "ink");
      String paper = variable(at, "paper");
      for (String text : List.of(ink, variable(at, "soft"), variable(at, "warn"))) {
        assertThat(contrast(text, paper)).as(theme + " " + text).isGreaterThan(4.5);
      }
      List<String> curves = colours("option.js", theme + ": \\[([^\\]]*#[^\\]]*)\\]");
      for (String curve : curves) {
        assertThat(contrast(curve, paper)).as(theme + " " + curve).isGreaterThan(3);
      }
      List<String> ramp = colours("option.js", "RAMP = \\[([^\\]]*)\\]");
      String end = ramp.get(theme.equals("light") ? 4 : 3);
      assertThat(contrast(end, paper)).as(theme + " " + end).isGreaterThan(3);
    }
    assertThat(contrast("#000000", "#ffffff")).isCloseTo(21, within(1e-5));
  }

  private static String variable(String rule, String name) throws IOException {
    Matcher block = Pattern.compile(rule).matcher(file("page.css"));
    assertThat(block.find()).isTrue();
    Matcher value = Pattern.compile("--" + name + ": (#[0-9a-f]{6})").matcher(block.group(1));
    assertThat(value.find()).as(name).isTrue();
    return value.group(1);
  }

  private static double contrast(String one, String other) {
    double a = XYZ[1][0] * linear(one)[0] + XYZ[1][1] * linear(one)[1] + XYZ[1][2] * linear(one)[2];
    double b =
        XYZ[1][0] * linear(other)[0] + XYZ[1][1] * linear(other)[1] + XYZ[1][2] * linear(other)[2];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }

  private static String file(String name) throws IOException {
    try (var in = Page.class.getResourceAsStream("page/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static List<String> colours(String file, String list) throws IOException {
    Matcher line = Pattern.compile(list).matcher(file(file));
    assertThat(line.find()).isTrue();
    List<String> colours = new ArrayList<>();
    Matcher colour = Pattern.compile("#[0-9a-f]{6}").matcher(line.group(1));
    while (colour.find()) {
      colours.add(colour.group());
    }
    return colours;
  }

  private static double[] linear(String colour) {
    double[] linear = new double[3];
    for (int c = 0; c < 3; c++) {
      double v = Integer.parseInt(colour.substring(1 + 2 * c, 3 + 2 * c), 16) / 255.0;
      linear[c] = v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
    }
    return linear;
  }

  private static double[] seen(double[][] eye, String colour) {
    double[] blind = times(eye, linear(colour));
    for (int c = 0; c < 3; c++) {
      blind[c] = Math.max(0, Math.min(1, blind[c]));
    }
    double[] xyz = times(XYZ, blind);
    double[] f = new double[3];
    for (int c = 0; c < 3; c++) {
      double t = xyz[c] / WHITE[c];
      f[c] = t > 216 / 24389.0 ? Math.cbrt(t) : (24389 / 27.0 * t + 16) / 116;
    }
    return new double[] {116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])};
  }

  private static double[] times(double[][] m, double[] v) {
    double[] out = new double[3];
    for (int r = 0; r < 3; r++) {
      for (int c = 0; c < 3; c++) {
        out[r] += m[r][c] * v[c];
      }
    }
    return out;
  }

  private static double distance(double[] a, double[] b) {
    return Math.sqrt(
        (a[0] - b[0]) * (a[0] - b[0])
            + (a[1] - b[1]) * (a[1] - b[1])
            + (a[2] - b[2]) * (a[2] - b[2]));
  }
}
