package io.vitrine.pipelines;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitrine.analysis.BarrierAnalysis;
import io.vitrine.analysis.BinomialErrors;
import io.vitrine.analysis.CountsFile;
import io.vitrine.analysis.KramersFit;
import io.vitrine.analysis.KramersSettings;
import io.vitrine.analysis.Onset;
import io.vitrine.analysis.RateErrors;
import io.vitrine.analysis.RateTable;
import io.vitrine.analysis.ScoreBins;
import io.vitrine.learning.Model;
import io.vitrine.learning.ModelJson;
import io.vitrine.model.Check;
import io.vitrine.results.CounterBlock;
import io.vitrine.results.HistogramTotal;
import io.vitrine.results.ModelRow;
import io.vitrine.results.ResultsReader;
import io.vitrine.results.RowKind;
import io.vitrine.results.StoreException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code vitrine analyze}: counters in, energy barriers and onset temperature out. */
@Command(
    name = "analyze",
    description = "Fit energy barriers and the onset temperature to rearrangement counters.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class AnalyzeCommand implements Callable<Integer> {
  /** The narrower range the paper mentions. */
  private static final double COLDER = 0.8;

  @Option(
      names = "--counts",
      paramLabel = "FILE",
      description = "CSV: model,bin_low,bin_high,temperature,structures,rearranging")
  private Path counts;

  @Option(names = "--store", paramLabel = "JDBC-URL", description = "results store")
  private String store;

  @Option(names = "--study", description = "study of the store (default: ${DEFAULT-VALUE})")
  private String study = "default";

  @Option(names = "--model", description = "only this classifier")
  private String model;

  @Option(
      names = "--bias",
      description = "b_best: x = (w.z - b_best)/sigma (default: the model's, else 0)")
  private double bias = Double.NaN;

  @Option(
      names = "--sigma",
      description =
          "standard deviation of the score at the training temperature (default: the model's,"
              + " else 1)")
  private double sigma = Double.NaN;

  @Option(names = "--width", description = "of a bin in x (default: ${DEFAULT-VALUE})")
  private double width = ScoreBins.DEFAULT_WIDTH;

  @Option(
      names = "--below",
      paramLabel = "T",
      description = "fit temperatures below this (default: 0.85)")
  private double below = KramersSettings.DEFAULT.below();

  @Option(names = "--no-prefactor", description = "fit ln P_R instead of ln (T P_R)")
  private boolean noPrefactor;

  @Option(
      names = "--replicas",
      description = "of the bootstrap that errors come from (default: ${DEFAULT-VALUE})")
  private int replicas = KramersSettings.DEFAULT.replicas();

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "folder for tables (CSV) and figures (SVG, PNG, CSV)")
  private Path output;

  @Option(names = "--json", description = "one machine-readable summary on stdout")
  private boolean json;

  private record Input(RateTable table, RateErrors errors) {}

  @Override
  public Integer call() throws Exception {
    if ((counts == null) == (store == null)) {
      throw Check.refuse("input", "be --counts FILE or --store URL", "both or neither");
    }
    Check.positive("--width", width);
    if (!Double.isNaN(sigma)) {
      Check.positive("--sigma", sigma);
    }
    Check.positive("--below", below);
    Map<String, Input> inputs = counts == null ? fromStore() : fromFile();
    if (model != null) {
      inputs.keySet().retainAll(List.of(model));
    }
    if (inputs.isEmpty()) {
      throw new FailureException(
          (counts == null ? store : counts.toString()) + ": holds no counters to fit");
    }
    PrintStream people = json ? System.err : System.out;
    KramersSettings settings =
        KramersSettings.DEFAULT.replicas(replicas).below(below).prefactor(!noPrefactor);
    ObjectNode all = new ObjectMapper().createObjectNode();
    Map<String, BarrierAnalysis> analyses = new LinkedHashMap<>();
    for (Map.Entry<String, Input> e : inputs.entrySet()) {
      Input in = e.getValue();
      BarrierAnalysis analysis = BarrierAnalysis.of(in.table(), in.errors(), settings);
      BarrierAnalysis everything =
          BarrierAnalysis.of(in.table(), in.errors(), settings.below(Double.POSITIVE_INFINITY));
      BarrierAnalysis colder = BarrierAnalysis.of(in.table(), in.errors(), settings.below(COLDER));
      show(e.getKey(), analysis, everything, people);
      write(e.getKey(), in.table(), analysis);
      draw(e.getKey(), in, analysis);
      analyses.put(e.getKey(), analysis);
      ObjectNode node = describe(analysis);
      node.set("below_" + COLDER, describe(colder));
      node.set("all_temperatures", describe(everything));
      all.set(e.getKey(), node);
    }
    drawTogether(analyses);
    if (json) {
      ObjectNode first = (ObjectNode) all.elements().next().deepCopy();
      first.set("models", all);
      System.out.println(first);
    }
    return 0;
  }

  private Map<String, Input> fromFile() throws FailureException {
    try {
      Map<String, Input> inputs = new LinkedHashMap<>();
      CountsFile.read(counts)
          .forEach((name, table) -> inputs.put(name, new Input(table, new BinomialErrors())));
      return inputs;
    } catch (IOException e) {
      throw new FailureException(RunFolder.reason(e), e);
    }
  }

  /** Blocks of 50 tau are what errors are made of; their sums are the counters. */
  private Map<String, Input> fromStore() throws StoreException {
    Map<String, Input> inputs = new LinkedHashMap<>();
    try (ResultsReader reader = ResultsReader.open(store)) {
      List<ModelRow> models = reader.rows(ModelRow.class, RowKind.MODEL, study);
      List<CounterBlock> blocks = reader.rows(CounterBlock.class, RowKind.COUNTER_BLOCK, study);
      TreeSet<String> versions = new TreeSet<>();
      blocks.forEach(b -> versions.add(b.model() + "\n" + b.modelVersion()));
      for (String key : versions) {
        String name = key.substring(0, key.indexOf('\n'));
        String version = key.substring(key.indexOf('\n') + 1);
        List<CounterBlock> own =
            blocks.stream()
                .filter(b -> b.model().equals(name) && b.modelVersion().equals(version))
                .toList();
        ScoreBins bins = bins(models, name, version);
        RateTable table = bins.table(ScoreBins.sum(name, version, own));
        boolean several = versions.stream().filter(v -> v.startsWith(name + "\n")).count() > 1;
        inputs.put(
            several ? name + "@" + version : name, new Input(table, bins.blocks(table, own, 1)));
      }
    }
    return inputs;
  }

  /** x of a model: what was typed, else what the model knows of itself. */
  private ScoreBins bins(List<ModelRow> models, String name, String version) {
    double origin = bias;
    double unit = sigma;
    for (ModelRow row : models) {
      if (row.model().equals(name) && row.version().equals(version)) {
        try {
          Model.Origin known = ModelJson.parse(name, row.json()).origin();
          origin = Double.isNaN(origin) ? known.biasBest().orElse(0) : origin;
          unit = Double.isNaN(unit) ? known.sigma().orElse(1) : unit;
        } catch (JsonProcessingException e) {
          throw new IllegalArgumentException("model " + name + " of the store: " + e, e);
        }
      }
    }
    return new ScoreBins(Double.isNaN(origin) ? 0 : origin, Double.isNaN(unit) ? 1 : unit, width);
  }

  private void draw(String name, Input in, BarrierAnalysis analysis) throws FailureException {
    if (output == null) {
      return;
    }
    String file = name.replaceAll("[^A-Za-z0-9._+=@-]", "_");
    try {
      BarrierFigures.rates(name, in.table(), in.errors(), analysis).write(output, "P_R-" + file);
      if (analysis.onset().found()) {
        BarrierFigures.collapse(name, in.table(), analysis).write(output, "collapse-" + file);
      }
    } catch (IOException e) {
      throw new FailureException(output + ": cannot be written: " + RunFolder.reason(e), e);
    }
  }

  private void drawTogether(Map<String, BarrierAnalysis> analyses)
      throws FailureException, StoreException {
    if (output == null) {
      return;
    }
    try {
      BarrierFigures.energies("Energy barrier", analyses).write(output, "dE");
      BarrierFigures.entropies("Entropic term", analyses).write(output, "Sigma");
      if (store != null) {
        drawHistograms();
      }
    } catch (IOException e) {
      throw new FailureException(output + ": cannot be written: " + RunFolder.reason(e), e);
    }
  }

  private void drawHistograms() throws IOException, StoreException {
    try (ResultsReader reader = ResultsReader.open(store)) {
      Map<String, Plot> plots = new TreeMap<>();
      for (HistogramTotal h : reader.histograms(study)) {
        double[][] density = HistogramFigures.density(h, h.kindOfValue().equals("p_hop") ? 1 : 4);
        plots
            .computeIfAbsent(h.kindOfValue(), HistogramFigures::plot)
            .line(h.simulation(), density[0], density[1]);
      }
      for (Map.Entry<String, Plot> e : plots.entrySet()) {
        e.getValue().write(output, e.getKey().replaceAll("[^A-Za-z0-9._+=@-]", "_"));
      }
    }
  }

  private static void show(
      String name, BarrierAnalysis analysis, BarrierAnalysis everything, PrintStream people) {
    people.println("Model " + name);
    people.println("     x from    to       dE     error    Sigma    error   dE, all T");
    for (int b = 0; b < analysis.fits().size(); b++) {
      KramersFit fit = analysis.fits().get(b);
      KramersFit wide = everything.fits().get(b);
      people.println(
          fit.fitted()
              ? String.format(
                  Locale.ROOT,
                  "  %7.2f %7.2f %8.3f %8.3f %8.3f %8.3f %8.3f",
                  fit.low(),
                  fit.high(),
                  fit.dE(),
                  fit.dEError(),
                  fit.sigma(),
                  fit.sigmaError(),
                  wide.dE())
              : String.format(
                  Locale.ROOT,
                  "  %7.2f %7.2f  not fitted: %s",
                  fit.low(),
                  fit.high(),
                  fit.reason()));
    }
    Onset onset = analysis.onset();
    people.println(
        onset.found()
            ? String.format(
                Locale.ROOT,
                "  T0 %.3f, 68%% interval %.3f to %.3f",
                onset.t0(),
                onset.low(),
                onset.high())
            : "  no T0: " + onset.reason());
  }

  private void write(String name, RateTable table, BarrierAnalysis analysis)
      throws FailureException {
    if (output == null) {
      return;
    }
    StringBuilder fits = new StringBuilder("bin_low,bin_high,dE,dE_error,Sigma,Sigma_error\n");
    for (KramersFit f : analysis.fits()) {
      fits.append(f.low()).append(',').append(f.high()).append(',').append(f.dE()).append(',');
      fits.append(f.dEError()).append(',').append(f.sigma()).append(',');
      fits.append(f.sigmaError()).append('\n');
    }
    StringBuilder rates =
        new StringBuilder("bin_low,bin_high,temperature,structures,rearranging,P_R,error\n");
    for (int b = 0; b < table.bins(); b++) {
      for (int t = 0; t < table.temperatures(); t++) {
        rates.append(table.low(b)).append(',').append(table.high(b)).append(',');
        rates.append(table.temperature(t)).append(',').append(table.structures(b, t));
        rates.append(',').append(table.rearranging(b, t)).append(',');
        rates.append(table.probability(b, t)).append(',');
        rates.append(table.binomialError(b, t)).append('\n');
      }
    }
    try {
      Files.createDirectories(output);
      String file = name.replaceAll("[^A-Za-z0-9._+=@-]", "_");
      Files.writeString(output.resolve("barriers-" + file + ".csv"), fits);
      Files.writeString(output.resolve("rates-" + file + ".csv"), rates);
    } catch (IOException e) {
      throw new FailureException(output + ": cannot be written: " + RunFolder.reason(e), e);
    }
  }

  private static ObjectNode describe(BarrierAnalysis analysis) {
    ObjectNode node = new ObjectMapper().createObjectNode();
    ArrayNode bins = node.putArray("bins");
    for (KramersFit fit : analysis.fits()) {
      ObjectNode bin = bins.addObject();
      number(bin, "bin_low", fit.low());
      number(bin, "bin_high", fit.high());
      number(bin, "dE", fit.dE());
      number(bin, "dE_error", fit.dEError());
      number(bin, "Sigma", fit.sigma());
      number(bin, "Sigma_error", fit.sigmaError());
      number(bin, "curvature", fit.curvature());
      number(bin, "curvature_error", fit.curvatureError());
      if (!fit.fitted()) {
        bin.put("reason", fit.reason());
      }
    }
    Onset onset = analysis.onset();
    number(node, "T0", onset.t0());
    number(node, "T0_error", onset.error());
    number(node, "T0_low", onset.low());
    number(node, "T0_high", onset.high());
    if (!onset.found()) {
      node.put("T0_reason", onset.reason());
    }
    number(node, "below", analysis.settings().below());
    node.put("prefactor", analysis.settings().prefactor());
    return node;
  }

  private static void number(ObjectNode node, String name, double value) {
    if (Double.isFinite(value)) {
      node.put(name, value);
    } else {
      node.putNull(name);
    }
  }
}
