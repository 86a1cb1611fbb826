package io.vitrine.pipelines.compare;

import io.vitrine.analysis.barriers.KramersFit;
import io.vitrine.analysis.barriers.Onset;
import java.util.List;
import java.util.Locale;

/** The table of a comparison, in Markdown. */
final class ComparePage {
  private ComparePage() {}

  static String of(List<Compared> all) {
    StringBuilder text = new StringBuilder("| learner | features | columns |");
    StringBuilder rule = new StringBuilder("|---|---|---|");
    for (Judged at : all.get(0).judged()) {
      text.append(format(" r, T = %s |", number(at.temperature())));
      rule.append("---|");
    }
    for (Judged at : all.get(0).judged()) {
      text.append(format(" accuracy, T = %s |", number(at.temperature())));
      rule.append("---|");
    }
    text.append(" windows for 95% of r | features, ms a window | training, s | scoring, ms |");
    text.append(" straight | T0 | meet | dE, x = -1, 0, 1 | beside the first |\n");
    rule.append("---|---|---|---|---|---|---|---|---|\n");
    text.append(rule);
    all.forEach(each -> text.append(row(each, all.get(0))));
    return text.toString();
  }

  private static String row(Compared each, Compared first) {
    StringBuilder row =
        new StringBuilder(
            format("| %s | %s | %d |", each.learner().text(), each.features(), each.columns()));
    each.judged().forEach(at -> row.append(format(" %.3f ± %.3f |", at.r(), at.rError())));
    each.judged().forEach(at -> row.append(format(" %.3f |", at.accuracy())));
    row.append(
        format(
            " %d | %.0f | %.2f | %.1f |",
            each.enough(),
            1000 * each.featureSeconds(),
            each.trainSeconds(),
            each.judged().get(0).milliseconds()));
    Onset onset = each.barriers().onset();
    row.append(format(" %s |", shown("%.1f", each.straightness())));
    row.append(onset.found() ? format(" %.2f ± %.2f |", onset.t0(), onset.error()) : " none |");
    row.append(format(" %s |", shown("%.1f", each.meeting())));
    row.append(format(" %s, %s, %s |", dE(each, -1), dE(each, 0), dE(each, 1)));
    row.append(format(" %s |%n", each.equals(first) ? "" : shown("%.1f", each.collapse(first))));
    return row.toString();
  }

  private static String dE(Compared each, double x) {
    return each.barriers().fits().stream()
        .filter(fit -> fit.fitted() && fit.low() <= x && x < fit.high())
        .findFirst()
        .map(KramersFit::dE)
        .map(dE -> format("%.2f", dE))
        .orElse("-");
  }

  private static String shown(String format, double value) {
    return Double.isFinite(value) ? format(format, value) : "-";
  }

  private static String number(double value) {
    return String.valueOf(value);
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }
}
