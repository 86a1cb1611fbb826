package io.vitrine.pipelines.compare;

import io.vitrine.analysis.barriers.BarrierAnalysis;
import io.vitrine.analysis.barriers.KramersSettings;
import io.vitrine.analysis.barriers.RateTable;
import io.vitrine.analysis.barriers.ScoreBins;
import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.analysis.spec.TrainingSpec;
import io.vitrine.analysis.window.HopFrame;
import io.vitrine.analysis.window.ModelScores;
import io.vitrine.analysis.window.Moments;
import io.vitrine.learning.Model;
import io.vitrine.results.bins.Binning;
import io.vitrine.results.bins.CounterBin;
import io.vitrine.results.rows.CounterBlock;
import io.vitrine.streaming.transforms.Quencher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A model on windows of one temperature that it was not trained on.
 *
 * @param temperature of the thermostat
 * @param windows how many
 * @param r mean over the windows of Pearson's r between score and ln p_hop
 * @param rError standard error of r, from the means of 20 tau; NaN with fewer than two of them
 * @param accuracy balanced accuracy of score &gt; b on the most and the least mobile particles, at
 *     the b that is best on them
 * @param milliseconds CPU time of scoring a frame
 * @param blocks rearrangements by x = (score - mean) / sigma, 50 tau each
 */
record Judged(
    double temperature,
    int windows,
    double r,
    double rError,
    double accuracy,
    double milliseconds,
    List<CounterBlock> blocks) {

  /** Windows within so long share particles' states; stretches of it are taken for independent. */
  private static final long STRETCH_MILLIS = 20_000;

  /**
   * Mean and deviation of a score over windows; x is counted from the one in units of the other.
   */
  record Scale(double mean, double sigma) {
    static Scale of(Model model, List<HopFrame> windows, AnalysisSpec spec) {
      ModelScores scores = Quencher.scores(spec, List.of(model));
      double[] all =
          windows.stream().flatMapToDouble(w -> Arrays.stream(score(scores, w, spec))).toArray();
      Moments moments = Moments.of(all);
      return new Scale(moments.mean(), Math.sqrt(moments.variance()));
    }
  }

  static Judged of(
      Model model,
      Scale scale,
      String simulation,
      double temperature,
      List<HopFrame> windows,
      AnalysisSpec spec,
      double tailFraction) {
    ModelScores scores = Quencher.scores(spec, List.of(model));
    List<double[]> scored = new ArrayList<>();
    Cost cost = new Cost();
    windows.forEach(w -> scored.add(score(scores, w, spec)));
    double milliseconds = 1000 * cost.seconds() / windows.size();
    double sum = 0;
    Map<Long, List<Double>> stretches = new LinkedHashMap<>();
    for (int w = 0; w < windows.size(); w++) {
      double[] label = windows.get(w).values(TrainingSpec.Label.LOG_P_HOP);
      double r = Moments.pearson(scored.get(w), label);
      sum += r;
      long stretch = Math.floorDiv(windows.get(w).timeMillis(), STRETCH_MILLIS);
      stretches.computeIfAbsent(stretch, t -> new ArrayList<>()).add(r);
    }
    return new Judged(
        temperature,
        windows.size(),
        sum / windows.size(),
        error(stretches.values()),
        accuracy(scored, windows, tailFraction),
        milliseconds,
        blocks(model, scale, simulation, temperature, scored, windows, spec));
  }

  private static double error(Collection<List<Double>> stretches) {
    double[] means =
        stretches.stream()
            .mapToDouble(s -> s.stream().mapToDouble(Double::doubleValue).average().orElseThrow())
            .toArray();
    double mean = Arrays.stream(means).average().orElse(Double.NaN);
    double squares = Arrays.stream(means).map(m -> (m - mean) * (m - mean)).sum();
    int m = means.length;
    return m < 2 ? Double.NaN : Math.sqrt(squares / (m - 1) / m);
  }

  private static double[] score(ModelScores scores, HopFrame window, AnalysisSpec spec) {
    int[] targets = window.structure().particles().indicesOf(spec.targets());
    return scores.scores(window.structure(), targets)[0];
  }

  private static double accuracy(
      List<double[]> scored, List<HopFrame> windows, double tailFraction) {
    List<double[]> all = new ArrayList<>();
    for (int w = 0; w < windows.size(); w++) {
      for (int i = 0; i < scored.get(w).length; i++) {
        all.add(new double[] {windows.get(w).pHop()[i], scored.get(w)[i]});
      }
    }
    all.sort((a, b) -> Double.compare(a[0], b[0]));
    int each = (int) Math.max(1, Math.round(tailFraction * all.size()));
    double[][] tails = new double[2 * each][];
    for (int i = 0; i < each; i++) {
      tails[i] = new double[] {all.get(i)[1], 0};
      tails[each + i] = new double[] {all.get(all.size() - 1 - i)[1], 1};
    }
    Arrays.sort(tails, (a, b) -> Double.compare(a[0], b[0]));
    // Below each place all are taken for immobile, above for mobile.
    int right = each;
    int best = right;
    for (double[] sample : tails) {
      right += sample[1] == 0 ? 1 : -1;
      best = Math.max(best, right);
    }
    return best / (2.0 * each);
  }

  private static List<CounterBlock> blocks(
      Model model,
      Scale scale,
      String simulation,
      double temperature,
      List<double[]> scored,
      List<HopFrame> windows,
      AnalysisSpec spec) {
    TreeMap<Long, TreeMap<Integer, long[]>> blocks = new TreeMap<>();
    TreeMap<Long, Long> counts = new TreeMap<>();
    for (int w = 0; w < windows.size(); w++) {
      long block = Math.floorDiv(windows.get(w).timeMillis(), CounterBlock.DEFAULT_MILLIS);
      counts.merge(block, 1L, Long::sum);
      TreeMap<Integer, long[]> bins = blocks.computeIfAbsent(block, b -> new TreeMap<>());
      for (int i = 0; i < scored.get(w).length; i++) {
        double x = (scored.get(w)[i] - scale.mean) / scale.sigma;
        long[] both = bins.computeIfAbsent(Binning.RAW_SCORE.index(x), b -> new long[2]);
        both[0]++;
        both[1] += windows.get(w).pHop()[i] > spec.hopThreshold() ? 1 : 0;
      }
    }
    List<CounterBlock> rows = new ArrayList<>();
    blocks.forEach(
        (block, bins) -> {
          List<CounterBin> cells = new ArrayList<>();
          bins.forEach((bin, both) -> cells.add(new CounterBin(bin, both[0], both[1])));
          rows.add(
              new CounterBlock(
                  "compared",
                  simulation,
                  model.name(),
                  "",
                  temperature,
                  CounterBlock.DEFAULT_MILLIS,
                  block,
                  counts.get(block),
                  cells));
        });
    return rows;
  }

  /** Barriers from the counts of several temperatures. */
  static BarrierAnalysis barriers(String model, List<Judged> temperatures) {
    List<CounterBlock> all = temperatures.stream().flatMap(j -> j.blocks.stream()).toList();
    ScoreBins bins = new ScoreBins(0, 1, ScoreBins.DEFAULT_WIDTH);
    RateTable table = bins.table(ScoreBins.sum(model, "", all));
    return BarrierAnalysis.of(table, bins.blocks(table, all, block -> 1), KramersSettings.DEFAULT);
  }
}
