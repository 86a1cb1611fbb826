package io.vitrine.pipelines.figures;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGraphics2D;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A figure as SVG, PNG and CSV. Colours can be told apart by colour-blind readers (Okabe, Ito). */
public final class Plot {
  private static final int WIDTH = 760;
  private static final int HEIGHT = 520;
  private static final Color[] COLOURS = {
    new Color(0x0072B2),
    new Color(0xD55E00),
    new Color(0x009E73),
    new Color(0xCC79A7),
    new Color(0xE69F00),
    new Color(0x56B4E9),
    new Color(0x000000),
    new Color(0x8C6D31),
    new Color(0x999999),
    new Color(0x332288),
    new Color(0x882255),
    new Color(0x44AA99),
    new Color(0xDDCC77),
  };

  /** From cold to hot, dark to light: for series that have an order. */
  private static final Color[] RAMP = {
    new Color(0x0D0887),
    new Color(0x5C01A6),
    new Color(0x9C179E),
    new Color(0xCC4778),
    new Color(0xED7953),
    new Color(0xFDB42F),
  };

  private final XYChart chart;
  private final List<String> rows = new ArrayList<>();
  private int used;
  private int ordered;

  public Plot(String title, String x, String y) {
    chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle(x)
            .yAxisTitle(y)
            .build();
    Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setChartTitleFont(font.deriveFont(Font.BOLD, 14));
    chart.getStyler().setLegendFont(font);
    chart.getStyler().setLegendBorderColor(Color.WHITE);
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
    chart.getStyler().setPlotGridLinesColor(new Color(0xE8E8E8));
    chart.getStyler().setAxisTitleFont(font);
    chart.getStyler().setAxisTickLabelsFont(font);
    chart.getStyler().setErrorBarsColorSeriesColor(true);
    chart.getStyler().setMarkerSize(6);
    chart.getStyler().setXAxisDecimalPattern("0.###");
  }

  public Plot range(double fromX, double toX) {
    chart.getStyler().setXAxisMin(fromX);
    chart.getStyler().setXAxisMax(toX);
    return this;
  }

  public Plot logarithmic(boolean x, boolean y) {
    chart.getStyler().setXAxisLogarithmic(x);
    chart.getStyler().setYAxisLogarithmic(y);
    if (x) {
      chart.getStyler().setXAxisDecimalPattern("0.#E0");
    }
    return this;
  }

  /**
   * Colours from cold to hot for this many series, added in their order; series after them are
   * black, and their points squares.
   */
  public Plot ordered(int series) {
    ordered = series;
    return this;
  }

  private Color colour(int series) {
    if (ordered == 0) {
      return COLOURS[series % COLOURS.length];
    }
    if (series >= ordered) {
      return Color.BLACK;
    }
    double along = Math.min(1, series / Math.max(1.0, ordered - 1.0)) * (RAMP.length - 1);
    int from = Math.min((int) along, RAMP.length - 2);
    float part = (float) (along - from);
    float[] a = RAMP[from].getRGBColorComponents(null);
    float[] b = RAMP[from + 1].getRGBColorComponents(null);
    return new Color(
        a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1]), a[2] + part * (b[2] - a[2]));
  }

  /** Points, with errors where there are any (null otherwise). */
  public Plot points(String name, double[] x, double[] y, double[] errors) {
    boolean black = ordered > 0 && used >= ordered;
    XYSeries series = add(name, x, y, errors, used++);
    if (series != null) {
      series.setLineStyle(SeriesLines.NONE);
      series.setMarker(black ? SeriesMarkers.SQUARE : SeriesMarkers.CIRCLE);
    }
    return this;
  }

  /** Points of the series before that count for nothing: crosses, without a name in the legend. */
  Plot crosses(String name, double[] x, double[] y, double[] errors) {
    XYSeries series = add(name, x, y, errors, used - 1);
    if (series != null) {
      series.setLineStyle(SeriesLines.NONE);
      series.setMarker(SeriesMarkers.CROSS);
      series.setShowInLegend(false);
    }
    return this;
  }

  /** Points of an earlier colour, as diamonds: the paper's. */
  public Plot printed(String name, double x, double y, int colour) {
    XYSeries series = add(name, new double[] {x}, new double[] {y}, null, colour);
    if (series != null) {
      series.setLineStyle(SeriesLines.NONE);
      series.setMarker(SeriesMarkers.DIAMOND);
    }
    return this;
  }

  /** A line. */
  public Plot line(String name, double[] x, double[] y) {
    XYSeries series = add(name, x, y, null, used++);
    if (series != null) {
      series.setMarker(SeriesMarkers.NONE);
      series.setLineWidth(1.8f);
    }
    return this;
  }

  /** A dotted line in the colour of the series before, without a name in the legend. */
  Plot fit(String name, double[] x, double[] y) {
    XYSeries series = add(name, x, y, null, used - 1);
    if (series != null) {
      series.setMarker(SeriesMarkers.NONE);
      series.setLineStyle(
          new BasicStroke(
              1.2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND, 1f, new float[] {2f, 4f}, 0f));
      series.setShowInLegend(false);
    }
    return this;
  }

  private XYSeries add(String name, double[] x, double[] y, double[] errors, int colour) {
    List<Integer> usable = new ArrayList<>();
    for (int i = 0; i < x.length; i++) {
      rows.add("\"" + name + "\"," + x[i] + "," + y[i] + "," + (errors == null ? "" : errors[i]));
      if (Double.isFinite(x[i]) && Double.isFinite(y[i])) {
        usable.add(i);
      }
    }
    if (usable.isEmpty()) {
      return null;
    }
    double[] xs = usable.stream().mapToDouble(i -> x[i]).toArray();
    double[] ys = usable.stream().mapToDouble(i -> y[i]).toArray();
    double[] es =
        errors == null
            ? null
            : usable.stream()
                .mapToDouble(i -> Double.isFinite(errors[i]) ? errors[i] : 0)
                .toArray();
    XYSeries series = chart.addSeries(name, xs, ys, es);
    series.setLineColor(colour(colour));
    series.setMarkerColor(colour(colour));
    return series;
  }

  /** Writes NAME.svg, NAME.png and NAME.csv. */
  public void write(Path folder, String name) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve(name + ".csv"), "series,x,y,error\n" + String.join("\n", rows) + "\n");
    if (chart.getSeriesMap().isEmpty()) {
      return;
    }
    BufferedImage image = new BufferedImage(2 * WIDTH, 2 * HEIGHT, BufferedImage.TYPE_INT_RGB);
    var pixels = image.createGraphics();
    pixels.scale(2, 2);
    chart.paint(pixels, WIDTH, HEIGHT);
    pixels.dispose();
    ImageIO.write(image, "png", folder.resolve(name + ".png").toFile());
    SVGGraphics2D svg = new SVGGraphics2D(document());
    svg.setSVGCanvasSize(new java.awt.Dimension(WIDTH, HEIGHT));
    chart.paint(svg, WIDTH, HEIGHT);
    try (Writer out =
        Files.newBufferedWriter(folder.resolve(name + ".svg"), StandardCharsets.UTF_8)) {
      org.w3c.dom.Element root = svg.getRoot();
      root.setAttributeNS(null, "viewBox", "0 0 " + WIDTH + " " + HEIGHT);
      svg.stream(root, out, true, false);
    }
  }

  private static org.w3c.dom.Document document() {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .getDOMImplementation()
          .createDocument("http://www.w3.org/2000/svg", "svg", null);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("every Java makes documents", e);
    }
  }

  public static String number(double value, int digits) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%." + digits + "f", value) : "-";
  }
}
