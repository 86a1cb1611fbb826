package io.vitrine.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitrine.analysis.barriers.BarrierAnalysis;
import io.vitrine.analysis.barriers.BinomialErrors;
import io.vitrine.analysis.barriers.KramersFit;
import io.vitrine.analysis.barriers.KramersSettings;
import io.vitrine.analysis.barriers.RateTable;
import io.vitrine.analysis.barriers.ScoreBins;
import io.vitrine.results.SimulationStatus;
import io.vitrine.results.bins.Binning;
import io.vitrine.results.rows.FrameRow;
import io.vitrine.results.rows.HistogramTotal;
import io.vitrine.results.rows.ModelRow;
import io.vitrine.results.rows.PredictionRow;
import io.vitrine.results.rows.RowKind;
import io.vitrine.results.rows.TrainingCountRow;
import io.vitrine.results.rows.WindowRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Every panel of the page in a real browser holds the store's numbers, over any database. */
abstract class PageContract extends OpenPage {
  private static final double EXACT = 1e-12;

  @Test
  void overview_everyCell_isTheStores() throws IOException {
    open();

    List<SimulationStatus> simulations = reader.simulations(ExampleStudy.NAME);
    assertThat(browser.evaluate("document.querySelectorAll('#overview tbody tr').length").asInt())
        .isEqualTo(simulations.size());
    for (SimulationStatus s : simulations) {
      String id = s.simulation().simulation();
      assertThat(text("overview", id, 1)).isEqualTo("running");
      double[] expected = {
        s.latestMillis() / 1000.0,
        s.framesPerSecond(),
        0,
        s.simulation().temperature(),
        s.temperature(),
        s.energy() / s.simulation().particles(),
        s.pressure(),
        s.windows(),
        s.missingWindows(),
        s.deadLetters(),
        s.hopFraction(),
        x(s.meanScore())
      };
      for (int c = 0; c < expected.length; c++) {
        assertThat(cell("overview", id, 2 + c))
            .as(id + " column " + (2 + c))
            .isCloseTo(Double.isNaN(expected[c]) ? 0 : expected[c], within(EXACT));
      }
    }
    assertThat(browser.evaluate("document.getElementById('progress').value").asDouble())
        .isCloseTo(40 / 201.0, within(EXACT));
    assertThat(texts("#alarms li"))
        .containsExactly("T0.5: dead_letters: 1 frame could not be used");
    assertThat(texts("h2"))
        .containsExactly(
            "In equilibrium?",
            "Overview",
            "Temperature, energy, pressure",
            "Relaxation",
            "Rearrangements and scores",
            "Distributions",
            "Box",
            "Physics",
            "Learning");
    browser.await("document.getElementById('command').textContent.includes('--model')");
    assertThat(texts("#command"))
        .containsExactly(
            "./vitrine analyze --store '"
                + url
                + "' --study example --model 'fluidity' --output figures --json");
    assertThat(browser.evaluate("faults").toString()).isEqualTo("[]");
    browser.screenshot(Path.of("target", "page", getClass().getSimpleName() + ".png"));
  }

  @Test
  void relaxation_verdictsAndCurves_areTheStores() throws IOException {
    store.apply(ExampleRelaxation.rows());
    open();

    new RelaxationPage(browser, reader).check();
    assertThat(texts("#alarms li"))
        .anyMatch(a -> a.startsWith("T0.5: equilibrium: composition wave at 4000 τ"));
    assertThat(browser.evaluate("faults").toString()).isEqualTo("[]");
  }

  @Test
  void learning_r_isTheMeanOfEachStretch() throws IOException {
    for (int t = 5; t < 35; t++) {
      store.apply(
          List.of(
              new PredictionRow(
                  "example", "T0.5", "live", t * 1000L, "v" + t / 20, "log-p_hop", 9, t / 100.0)));
    }
    open();
    browser.await("vitrine.numbers('fig-pearson').length === 2");

    JsonNode line = numbers("fig-pearson").get(0);
    JsonNode band = numbers("fig-pearson").get(1);
    assertSame(line, "x", List.of(7.0, 14.5, 24.5, 32.0));
    assertSame(line, "y", List.of(0.07, 0.145, 0.245, 0.32));
    assertSame(band, "y", List.of(0.05, 0.1, 0.2, 0.3));
    assertSame(band, "high", List.of(0.09, 0.19, 0.29, 0.34));
    assertThat(line.path("note").get(1).asText()).isEqualTo("mean of 10 windows");
  }

  @Test
  void now_everyCurve_isTheStores() throws IOException {
    open();

    JsonNode hops = numbers("fig-hops");
    JsonNode scores = numbers("fig-score");
    assertThat(hops).hasSize(ExampleStudy.TEMPERATURES.length);
    assertThat(scores).hasSize(2 * ExampleStudy.TEMPERATURES.length);
    for (int s = 0; s < hops.size(); s++) {
      String id = hops.get(s).path("name").asText();
      List<WindowRow> windows = windows(id);
      assertSame(hops.get(s), "x", windows.stream().map(w -> w.timeMillis() / 1000.0).toList());
      assertSame(hops.get(s), "y", windows.stream().map(w -> (double) w.hops() / w.n()).toList());
      assertThat(scores.get(2 * s).path("name").asText()).isEqualTo(id);
      List<Double> means = windows.stream().map(w -> x(w.score().mean())).toList();
      assertSame(scores.get(2 * s), "y", means);
      JsonNode band = scores.get(2 * s + 1);
      double sigma = windows.get(0).score().sigma() / ExampleStudy.SIGMA;
      assertSame(band, "y", means.stream().map(m -> m - sigma).toList());
      assertSame(band, "high", means.stream().map(m -> m + sigma).toList());
    }
    assertDensities("fig-phop", "p_hop", 1, 0, 1);
    assertDensities(
        "fig-scores", "score:" + ExampleStudy.MODEL, 2, ExampleStudy.BIAS, ExampleStudy.SIGMA);
    assertDensities("fig-hove", "van_hove_1d", 2, 0, 1);
    // The Gaussian of the counts' own mean and deviation: (0.2 + half a bin, 30 bins) here.
    JsonNode gaussian = numbers("fig-scores").get(1);
    assertThat(gaussian.path("x").get(30).asDouble())
        .isCloseTo((0.21 - ExampleStudy.BIAS) / ExampleStudy.SIGMA, within(1e-6));
    assertThat(gaussian.path("y").get(30).asDouble())
        .isCloseTo(ExampleStudy.SIGMA / (0.6 * Math.sqrt(2 * Math.PI)), within(1e-3));
    // Displacements have the mean 0; these were put off by 10 bins and half a one.
    gaussian = numbers("fig-hove").get(1);
    assertThat(gaussian.path("x").get(30).asDouble()).isZero();
    assertThat(gaussian.path("y").get(30).asDouble())
        .isCloseTo(1 / Math.sqrt(2 * Math.PI * (1 + 0.21 * 0.21)), within(1e-3));
    // p_l and p_u stand where the training set has its edges.
    String marks =
        browser
            .evaluate("JSON.stringify(vitrine.marks('fig-phop').map(m => [m.label, m.x]))")
            .asText();
    assertThat(marks).isEqualTo("[[\"p_u\",1.1],[\"p_l\",0.0001]]");
  }

  @Test
  void physics_everyPoint_isOfTheStoresCounters() throws IOException {
    open();

    ScoreBins bins = new ScoreBins(ExampleStudy.BIAS, ExampleStudy.SIGMA, ScoreBins.DEFAULT_WIDTH);
    RateTable table = bins.table(reader.counters(ExampleStudy.NAME));
    JsonNode rate = numbers("fig-rate");
    assertThat(rate).hasSize(table.temperatures());
    for (int t = 0; t < table.temperatures(); t++) {
      assertThat(rate.get(t).path("name").asText()).isEqualTo("T = " + table.temperature(t));
      for (int b = 0; b < table.bins(); b++) {
        assertThat(rate.get(t).path("x").get(b).asDouble())
            .isCloseTo((table.low(b) + table.high(b)) / 2, within(EXACT));
        assertThat(rate.get(t).path("y").get(b).asDouble())
            .isEqualTo((double) table.rearranging(b, t) / table.structures(b, t));
        assertThat(rate.get(t).path("note").get(b).asText())
            .isEqualTo(table.rearranging(b, t) + " of " + table.structures(b, t));
      }
    }
    // At 0.5, 0.6, 0.7 and 0.8 all that is below 0.85 is all there is.
    assertThat(numbers("fig-barrier").findValuesAsText("name"))
        .containsExactly("T < 0.8", "T < 0.85 = all T");
    for (double below : new double[] {0.8, 0.85}) {
      BarrierAnalysis found =
          BarrierAnalysis.of(table, new BinomialErrors(), KramersSettings.DEFAULT.below(below));
      int r = below == 0.8 ? 0 : 1;
      List<KramersFit> fits = found.fits().stream().filter(KramersFit::fitted).toList();
      assertSame(numbers("fig-barrier").get(r), "y", fits.stream().map(KramersFit::dE).toList());
      assertSame(
          numbers("fig-barrier").get(r), "error", fits.stream().map(KramersFit::dEError).toList());
      assertSame(numbers("fig-entropy").get(r), "y", fits.stream().map(KramersFit::sigma).toList());
      if (below == 0.85) {
        assertKramers(numbers("fig-kramers"), fits, table);
        assertThat(browser.evaluate("+document.getElementById('onset').dataset.t0").asDouble())
            .isCloseTo(found.onset().t0(), within(EXACT))
            .isCloseTo(ExampleStudy.T0, within(0.02));
      }
    }
  }

  @Test
  void thermo_everyCurve_isTheFrames() throws IOException {
    open();

    for (int s = 0; s < ExampleStudy.TEMPERATURES.length; s++) {
      String id = numbers("fig-energy").get(s).path("name").asText();
      List<FrameRow> frames = reader.newestFrames(ExampleStudy.NAME, id, 1000);
      Collections.reverse(frames);
      assertThat(frames).hasSize(40);
      assertFrames("fig-temperature", s, frames, FrameRow::temperature);
      assertFrames("fig-energy", s, frames, f -> f.potentialEnergy() / 1000);
      assertFrames("fig-pressure", s, frames, FrameRow::pressure);
    }
  }

  private void assertFrames(
      String figure, int which, List<FrameRow> frames, ToDoubleFunction<FrameRow> value)
      throws IOException {
    JsonNode shown = numbers(figure).get(which);
    assertSame(shown, "x", frames.stream().map(f -> f.timeMillis() / 1000.0).toList());
    assertSame(shown, "y", frames.stream().map(value::applyAsDouble).toList());
  }

  /** Windows of the example's classifier, in order of time. */
  private List<WindowRow> windows(String id) throws IOException {
    return reader.rows(WindowRow.class, RowKind.WINDOW, ExampleStudy.NAME).stream()
        .filter(w -> w.simulation().equals(id))
        .toList();
  }

  /** x of a stored score w.z - bias: 0.12 is the bias of the example's file. */
  private static double x(double score) {
    return (score + 0.12 - ExampleStudy.BIAS) / ExampleStudy.SIGMA;
  }

  /** Points are the counters'; lines go through what the coefficients say at both ends. */
  private static void assertKramers(JsonNode shown, List<KramersFit> fits, RateTable table) {
    assertThat(shown).hasSize(2 * fits.size());
    int last = table.temperatures() - 1;
    for (int f = 0; f < fits.size(); f++) {
      KramersFit fit = fits.get(f);
      int bin = 0;
      while (table.low(bin) != fit.low()) {
        bin++;
      }
      JsonNode points = shown.get(2 * f);
      JsonNode line = shown.get(2 * f + 1);
      for (int t = 0; t <= last; t++) {
        assertThat(points.path("x").get(t).asDouble()).isEqualTo(1 / table.temperature(t));
        assertThat(points.path("y").get(t).asDouble()).isEqualTo(table.probability(bin, t));
      }
      double cold = 1 / table.temperature(0);
      assertThat(line.path("x").get(24).asDouble()).isCloseTo(cold, within(EXACT));
      assertThat(line.path("y").get(24).asDouble())
          .isCloseTo(Math.exp(fit.sigma() - fit.dE() * cold) * cold, within(EXACT));
    }
  }

  @Test
  void learning_everyNumber_isTheStores() throws IOException {
    open();

    for (TrainingCountRow row :
        reader.rows(TrainingCountRow.class, RowKind.TRAINING_COUNT, ExampleStudy.NAME)) {
      String key = row.simulation() + " " + row.rule();
      assertThat(cell("training", key, 2)).isEqualTo((double) row.samples());
      assertThat(cell("training", key, 3)).isEqualTo((double) row.target());
      assertThat(cell("training", key, 4))
          .isEqualTo((double) (row.target() - row.samples()) * row.windows() / row.samples());
      assertThat(cell("training", key, 5)).isEqualTo(row.threshold());
    }
    List<ModelRow> models = reader.rows(ModelRow.class, RowKind.MODEL, ExampleStudy.NAME);
    assertThat(models).hasSize(2);
    JsonNode figure = numbers("fig-bias");
    assertThat(figure).hasSize(4);
    for (int m = 0; m < models.size(); m++) {
      JsonNode file = Json.read(models.get(m).json());
      String name = models.get(m).model();
      double[] expected = {
        file.path("temperature").asDouble(),
        file.path("training_set").path("n").asDouble(),
        file.path("C").asDouble(),
        0.85,
        0.7,
        file.path("sigma").asDouble(),
        file.path("bias_train").asDouble(),
        file.path("bias_best").asDouble()
      };
      for (int c = 0; c < expected.length; c++) {
        assertThat(cell("classifiers", name, 1 + c))
            .as(name + " column " + (1 + c))
            .isCloseTo(expected[c], within(EXACT));
      }
      JsonNode scan = file.path("bias_scan");
      assertSame(figure.get(2 * m), "x", numbers(scan.path("bias")));
      assertSame(figure.get(2 * m), "y", numbers(scan.path("cross_validation")));
      assertSame(figure.get(2 * m + 1), "y", numbers(scan.path("training")));
    }
    JsonNode first = Json.read(models.get(0).json()).path("weights");
    JsonNode second = Json.read(models.get(1).json()).path("weights");
    String cosine = "+document.querySelectorAll('#cosines tbody tr')[0].cells[2].dataset.value";
    assertThat(browser.evaluate(cosine).asDouble())
        .isCloseTo(
            dot(first, second) / Math.sqrt(dot(first, first) * dot(second, second)), within(EXACT));
    String marks =
        browser
            .evaluate("JSON.stringify(vitrine.marks('fig-bias').map(m => [m.label, m.x]))")
            .asText();
    assertThat(marks)
        .startsWith(
            "[[\"fluidity: b\",0.12],[\"fluidity: b train\",0.05],[\"fluidity: b best\",-0.1],");
  }

  private static List<Double> numbers(JsonNode array) {
    List<Double> numbers = new ArrayList<>();
    array.forEach(number -> numbers.add(number.asDouble()));
    return numbers;
  }

  private static double dot(JsonNode a, JsonNode b) {
    double sum = 0;
    for (int i = 0; i < a.size(); i++) {
      sum += a.get(i).asDouble() * b.get(i).asDouble();
    }
    return sum;
  }

  private void assertDensities(String figure, String kind, int every, double origin, double unit)
      throws IOException {
    JsonNode shown = numbers(figure);
    int curve = 0;
    for (HistogramTotal h : reader.histograms(ExampleStudy.NAME)) {
      if (!h.kindOfValue().equals(kind)) {
        continue;
      }
      Binning binning = h.binning();
      double total = h.bins().stream().mapToLong(HistogramTotal.Bin::count).sum();
      List<Double> x = new ArrayList<>();
      List<Double> y = new ArrayList<>();
      for (HistogramTotal.Bin bin : h.bins()) {
        double low = binning.low(bin.index());
        double high = binning.high(bin.index());
        boolean log = binning.scale() == Binning.Scale.LOG;
        x.add(log ? Math.sqrt(low * high) : ((low + high) / 2 - origin) / unit);
        y.add(bin.count() / total / (high - low) * unit);
      }
      assertThat(shown.get(curve).path("name").asText()).isEqualTo(h.simulation());
      assertSame(shown.get(curve), "x", x);
      assertSame(shown.get(curve), "y", y);
      curve += every;
    }
    assertThat(shown).hasSize(curve);
  }

  private static void assertSame(JsonNode series, String column, List<Double> expected) {
    assertThat(series.path(column))
        .as(column + " of " + series.path("name"))
        .hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(series.path(column).get(i).asDouble())
          .as(column + "[" + i + "] of " + series.path("name"))
          .isCloseTo(expected.get(i), within(EXACT * Math.max(1, Math.abs(expected.get(i)))));
    }
  }
}
