package io.vitrine.analysis;

import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.model.Frame;
import io.vitrine.relaxation.Keep;
import io.vitrine.relaxation.RelaxationPoint;
import io.vitrine.relaxation.RelaxationReport;
import io.vitrine.relaxation.RelaxationTracker;
import io.vitrine.relaxation.Statics;
import io.vitrine.results.rows.EquilibriumRow;
import io.vitrine.results.rows.PairCorrelationRow;
import io.vitrine.results.rows.RelaxationRow;
import io.vitrine.results.rows.ResultRow;
import io.vitrine.results.rows.StaticsRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a simulation relaxes, as rows of the store: a function of its frames in order, called by the
 * dataflow and by the loop alike.
 *
 * <p>All it remembers is in the {@link Keep}, one for each simulation.
 */
public final class RelaxationMeasure {
  private final String study;
  private final RelaxationTracker tracker;

  private RelaxationMeasure(String study, RelaxationTracker tracker) {
    this.study = study;
    this.tracker = tracker;
  }

  /** Follows the species that the analysis looks at. */
  public static RelaxationMeasure of(String study, AnalysisSpec spec) {
    return new RelaxationMeasure(
        study,
        RelaxationTracker.of(spec.relaxation(), List.of(spec.targets()), spec.intervalMillis()));
  }

  /** Takes the next frame, its time on the grid; returns what it leads to. */
  public List<ResultRow> accept(Frame frame, Keep keep) {
    RelaxationTracker.Step step = tracker.accept(frame, keep);
    List<ResultRow> rows = new ArrayList<>();
    addStatics(frame.simulation(), step.statics(), rows);
    if (step.reportDue()) {
      addReport(frame.simulation(), tracker.report(keep), rows);
    }
    return rows;
  }

  /** No frame follows: the last report, and what of a block is there. */
  public List<ResultRow> finish(String simulation, Keep keep) {
    List<ResultRow> rows = new ArrayList<>();
    addStatics(simulation, tracker.finish(keep), rows);
    addReport(simulation, tracker.report(keep), rows);
    return rows;
  }

  private void addStatics(String simulation, List<Statics> all, List<ResultRow> rows) {
    for (Statics statics : all) {
      for (Statics.Reading r : statics.readings()) {
        rows.add(
            new StaticsRow(
                study, simulation, statics.millis(), r.quantity(), r.wavevector(), r.value()));
      }
      for (Statics.Pairs p : statics.pairs()) {
        rows.add(
            new PairCorrelationRow(
                study, simulation, p.pair(), statics.millis(), p.frames(), p.width(), p.g()));
      }
    }
  }

  private void addReport(
      String simulation, Optional<RelaxationReport> found, List<ResultRow> rows) {
    if (found.isEmpty()) {
      return;
    }
    RelaxationReport report = found.get();
    for (RelaxationPoint p : report.points()) {
      rows.add(
          new RelaxationRow(
              study,
              simulation,
              p.species(),
              p.observable(),
              p.wavevector(),
              p.lagMillis(),
              p.value(),
              p.error(),
              p.blocks(),
              p.pairs()));
    }
    rows.add(
        new EquilibriumRow(
            study,
            simulation,
            report.millis(),
            report.verdict().kind().text(),
            report.verdict().since(),
            report.tauAlpha().value(),
            report.tauAlpha().error(),
            report.tauAlpha().above(),
            report.tauAlpha().below(),
            String.join(EquilibriumRow.SEPARATOR, report.verdict().reasons())));
  }
}
