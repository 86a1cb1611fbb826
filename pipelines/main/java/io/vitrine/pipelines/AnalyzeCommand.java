package io.vitrine.pipelines;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitrine.analysis.barriers.BarrierAnalysis;
import io.vitrine.analysis.barriers.BinomialErrors;
import io.vitrine.analysis.barriers.BlockErrors;
import io.vitrine.analysis.barriers.CountedTime;
import io.vitrine.analysis.barriers.CountsFile;
import io.vitrine.analysis.barriers.HopRates;
import io.vitrine.analysis.barriers.KramersSettings;
import io.vitrine.analysis.barriers.LiquidState;
import io.vitrine.analysis.barriers.RateErrors;
import io.vitrine.analysis.barriers.RateTable;
import io.vitrine.analysis.barriers.ScoreBins;
import io.vitrine.analysis.barriers.ScoreScale;
import io.vitrine.analysis.barriers.ScoreShift;
import io.vitrine.analysis.barriers.StoredRates;
import io.vitrine.model.Check;
import io.vitrine.pipelines.figures.BarrierFigures;
import io.vitrine.pipelines.figures.BarrierLines;
import io.vitrine.pipelines.figures.BarrierTables;
import io.vitrine.pipelines.figures.HistogramFigures;
import io.vitrine.pipelines.figures.Plot;
import io.vitrine.pipelines.run.CountedJson;
import io.vitrine.pipelines.run.FailureException;
import io.vitrine.pipelines.run.JsonSummary;
import io.vitrine.pipelines.run.RunFolder;
import io.vitrine.results.ResultsReader;
import io.vitrine.results.StoreException;
import io.vitrine.results.rows.CounterBlock;
import io.vitrine.results.rows.HistogramTotal;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vitrine analyze}: counters in, energy barriers and onset temperature out. */
@Command(
    name = "analyze",
    description = "Fit energy barriers and the onset temperature to rearrangement counters.",
    footer = {
      "analyze --store runs/default --output figures",
      "analyze --counts counts.csv --below 0.8 --output figures"
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class AnalyzeCommand implements Callable<Integer> {
  /** The narrower range the paper mentions. */
  private static final double COLDER = 0.8;

  @Option(
      names = "--counts",
      paramLabel = "FILE",
      description = "CSV: model, bin_low, bin_high, temperature, structures, rearranging")
  private Path counts;

  @Option(
      names = "--store",
      paramLabel = "RUN|JDBC-URL",
      description = "results store: a run folder, a store.sqlite or a JDBC URL")
  private String store;

  @Option(names = "--study", description = "study of the store (default: ${DEFAULT-VALUE})")
  private String study = "default";

  @Option(
      names = "--from",
      paramLabel = "TAU|auto",
      description = {
        "of a store: count windows from this time on. auto (default): from where each",
        "simulation's newest verdict says that equilibrium began; 0: all"
      })
  private String from;

  @Option(
      names = "--model",
      paramLabel = "NAME[@VERSION]",
      description = "only this classifier, or this version of it")
  private String model = "";

  @Option(
      names = "--all-versions",
      description = "of a store: every version of a classifier (default: the newest that scored)")
  private boolean allVersions;

  @Option(
      names = "--bias",
      description =
          "x = (w.z - b)/sigma (default: the model's b_best, else its b_train, else its bias)")
  private double bias = Double.NaN;

  @Option(
      names = "--sigma",
      description =
          "standard deviation of the score at the training temperature (default: the model's, else"
              + " that of the counted scores)")
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
      names = "--hazard",
      description = "fit the hazard -ln(1 - P_R) instead of P_R (where P_R is not small)")
  private boolean hazard;

  @Option(
      names = "--replicas",
      description = "of the bootstrap that errors come from (default: ${DEFAULT-VALUE})")
  private int replicas = KramersSettings.DEFAULT.replicas();

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "folder for tables (CSV) and figures (SVG, PNG, CSV)")
  private Path output;

  @Mixin private JsonSummary json = new JsonSummary();

  /** What of the store was counted; null where counts came from a file. */
  private CountedTime counted;

  /** Hops of the store; null where counts came from a file. */
  private HopRates hops;

  /** What is fitted; {@code rates} is null where counts came from a file. */
  private record Input(RateTable table, RateErrors errors, StoredRates rates) {}

  @Override
  public Integer call() throws Exception {
    if ((counts == null) == (store == null)) {
      throw Check.refuse(
          "analyze",
          "be given counts: --store RUN_FOLDER or --counts FILE.csv",
          store == null ? "given neither" : "given both");
    }
    if (counts != null && from != null) {
      throw Check.refuse("--from", "go with --store", "'" + from + "'");
    }
    store = store == null ? null : RunFolder.storeNamed(store);
    from = CountedTime.check("--from", from == null ? CountedTime.AUTO : from);
    Check.positive("--width", width);
    if (!Double.isNaN(sigma)) {
      Check.positive("--sigma", sigma);
    }
    Check.positive("--below", below);
    PrintStream people = json.people();
    Map<String, Input> inputs = counts == null ? fromStore(people) : fromFile();
    if (counts != null && !model.isEmpty()) {
      inputs.keySet().retainAll(List.of(model));
    }
    if (inputs.isEmpty()) {
      throw new FailureException(
          counts == null
              ? store + ": holds no counters to fit, counted from " + from
              : counts + ": holds no counters to fit");
    }
    KramersSettings settings =
        KramersSettings.DEFAULT
            .replicas(replicas)
            .below(below)
            .prefactor(!noPrefactor)
            .hazard(hazard);
    ObjectNode all = new ObjectMapper().createObjectNode();
    Map<String, BarrierAnalysis> analyses = new LinkedHashMap<>();
    for (Map.Entry<String, Input> e : inputs.entrySet()) {
      Input in = e.getValue();
      List<BarrierAnalysis.Range> ranges =
          BarrierAnalysis.ranges(
              in.table(), in.errors(), settings, COLDER, below, Double.POSITIVE_INFINITY);
      BarrierAnalysis analysis = of(ranges, below);
      BarrierAnalysis everything = of(ranges, Double.POSITIVE_INFINITY);
      BarrierAnalysis colder = of(ranges, COLDER);
      BarrierLines.of(e.getKey(), analysis, everything).forEach(people::println);
      in.errors().lacks(in.table()).forEach(lack -> people.println("  " + lack));
      write(e.getKey(), in.table(), analysis);
      draw(e.getKey(), in, analysis);
      analyses.put(e.getKey(), analysis);
      ObjectNode node = BarrierTables.json(analysis, below);
      node.set("below_" + COLDER, BarrierTables.json(colder, COLDER));
      node.set("all_temperatures", BarrierTables.json(everything, Double.POSITIVE_INFINITY));
      if (hops != null && hops.covers(in.table())) {
        BarrierAnalysis perHop =
            BarrierAnalysis.of(hops.of(in.table()), in.errors(), settings.below(below));
        BarrierLines.perHop(analysis, perHop, hops).forEach(people::println);
        node.set("per_hop", BarrierTables.perHop(perHop, below, hops));
      }
      if (in.errors() instanceof BlockErrors blocks) {
        node.set("checks", checks(in, blocks, analysis, settings, people));
      }
      all.set(e.getKey(), node);
    }
    drawTogether(analyses);
    ObjectNode first = (ObjectNode) all.elements().next().deepCopy();
    first.set("models", all);
    if (counted != null) {
      CountedJson.addTo(first, counted);
    }
    json.print(first);
    return 0;
  }

  /** Whether the score alone decides, as far as counters can tell. */
  private ObjectNode checks(
      Input in,
      BlockErrors blocks,
      BarrierAnalysis analysis,
      KramersSettings settings,
      PrintStream people) {
    StoredRates centred = ScoreShift.of(in.rates()).centred(in.rates());
    RateTable table = centred.table(width);
    BarrierAnalysis distances =
        BarrierAnalysis.of(table, centred.errors(table, width, counted), settings);
    LiquidState state = LiquidState.of(in.table(), blocks, below);
    BarrierLines.checks(analysis, distances, state).forEach(people::println);
    return BarrierTables.checks(in.rates(), analysis, distances, state);
  }

  private Map<String, Input> fromFile() throws IOException {
    Map<String, Input> inputs = new LinkedHashMap<>();
    CountsFile.read(counts)
        .forEach((name, table) -> inputs.put(name, new Input(table, new BinomialErrors(), null)));
    return inputs;
  }

  private static BarrierAnalysis of(List<BarrierAnalysis.Range> ranges, double end) {
    return ranges.stream().filter(r -> r.below().contains(end)).findFirst().orElseThrow().found();
  }

  private Map<String, Input> fromStore(PrintStream people) throws StoreException {
    Map<String, Input> inputs = new LinkedHashMap<>();
    try (ResultsReader reader = ResultsReader.open(store)) {
      counted = CountedTime.of(reader, study, from);
      hops = HopRates.of(reader, study, counted);
      List<StoredRates> all = StoredRates.of(reader, study, counted, model, allVersions);
      Set<String> used =
          all.stream()
              .flatMap(r -> r.blocks().stream())
              .map(CounterBlock::simulation)
              .collect(Collectors.toSet());
      counted.doubts(used).forEach(people::println);
      for (StoredRates stored : all) {
        StoredRates rates = stored.scaled(asTyped(stored.scale()));
        RateTable table = rates.table(width);
        boolean several = all.stream().filter(r -> r.model().equals(rates.model())).count() > 1;
        inputs.put(
            several ? rates.model() + "@" + rates.version() : rates.model(),
            new Input(table, rates.errors(table, width, counted), rates));
      }
    }
    return inputs;
  }

  /** x as it is known but for what was typed. */
  private ScoreScale asTyped(ScoreScale known) {
    return new ScoreScale(
        Double.isNaN(bias) ? known.origin() : bias,
        known.originName(),
        Double.isNaN(sigma) ? known.sigma() : sigma);
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
        Files.writeString(output.resolve("counted.csv"), counted.csv());
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
        String scorer = h.kindOfValue().replaceFirst("^score:", "");
        if (!model.isEmpty()
            && h.kindOfValue().startsWith("score:")
            && !scorer.equals(model.replaceFirst("@.*", ""))) {
          continue;
        }
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

  private void write(String name, RateTable table, BarrierAnalysis analysis)
      throws FailureException {
    if (output == null) {
      return;
    }
    try {
      Files.createDirectories(output);
      String file = name.replaceAll("[^A-Za-z0-9._+=@-]", "_");
      Files.writeString(output.resolve("barriers-" + file + ".csv"), BarrierTables.fits(analysis));
      Files.writeString(output.resolve("rates-" + file + ".csv"), BarrierTables.rates(table));
    } catch (IOException e) {
      throw new FailureException(output + ": cannot be written: " + RunFolder.reason(e), e);
    }
  }
}
