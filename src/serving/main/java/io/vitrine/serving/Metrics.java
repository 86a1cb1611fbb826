package io.vitrine.serving;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.vitrine.relaxation.Verdict;
import io.vitrine.results.SimulationStatus;
import io.vitrine.results.rows.EquilibriumRow;
import io.vitrine.results.rows.ModelRow;
import io.vitrine.results.rows.PredictionRow;
import io.vitrine.results.rows.TrainingCountRow;
import io.vitrine.serving.alarms.Alarm;
import io.vitrine.serving.alarms.Study;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The study's numbers as Prometheus text, read from the store at every scrape. */
final class Metrics {
  static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

  private Metrics() {}

  static byte[] text(List<Study> studies, List<ModelRow> models) throws IOException {
    PrometheusRegistry registry = new PrometheusRegistry();
    MultiCollector collector = () -> snapshots(studies, models);
    registry.register(collector);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.create().write(out, registry.scrape());
    return out.toByteArray();
  }

  private static MetricSnapshots snapshots(List<Study> studies, List<ModelRow> models) {
    List<MetricSnapshot> all = new ArrayList<>();
    all.add(counter(studies, "frames", "Frames read", SimulationStatus::frames));
    all.add(
        counter(studies, "frames_thinned", "Frames off the grid", SimulationStatus::framesThinned));
    all.add(
        counter(
            studies,
            "frames_repeated",
            "Frames that came again and were the same",
            SimulationStatus::framesRepeated));
    all.add(counter(studies, "windows", "Complete windows", SimulationStatus::windows));
    all.add(
        counter(
            studies,
            "windows_incomplete",
            "Windows that lack frames",
            SimulationStatus::incompleteWindows));
    all.add(
        counter(
            studies,
            "dead_letters",
            "Frames that could not be used",
            SimulationStatus::deadLetters));
    all.add(gauge(studies, "time_tau", "Newest frame, tau", s -> s.latestMillis() / 1000.0));
    all.add(gauge(studies, "lag_tau", "Windows behind the newest frame, tau", Study::lag));
    all.add(
        gauge(
            studies,
            "frames_per_second",
            "Pace of the newest frames",
            SimulationStatus::framesPerSecond));
    all.add(
        gauge(
            studies,
            "rearranging_fraction",
            "Fraction with p_hop above p_c in the newest window",
            SimulationStatus::hopFraction));
    all.add(
        gauge(
            studies, "mean_score", "Mean score in the newest window", SimulationStatus::meanScore));
    all.add(
        relaxation(
            studies, "tau_alpha", "Relaxation time, tau, if known", EquilibriumRow::tauAlpha));
    all.add(
        relaxation(
            studies,
            "tau_alpha_error",
            "Standard error of the relaxation time, tau, if known",
            EquilibriumRow::tauAlphaError));
    all.add(verdicts(studies));
    all.add(predictions(studies));
    all.add(training(studies));
    all.add(alarms(studies));
    all.add(models(models));
    return new MetricSnapshots(all);
  }

  private static MetricSnapshot counter(
      List<Study> studies, String name, String help, ToDoubleFunction<SimulationStatus> value) {
    CounterSnapshot.Builder builder = CounterSnapshot.builder().name("vitrine_" + name).help(help);
    for (Study study : studies) {
      for (SimulationStatus status : study.simulations()) {
        builder.dataPoint(
            CounterSnapshot.CounterDataPointSnapshot.builder()
                .labels(labels(study, status))
                .value(value.applyAsDouble(status))
                .build());
      }
    }
    return builder.build();
  }

  private static MetricSnapshot gauge(
      List<Study> studies, String name, String help, ToDoubleFunction<SimulationStatus> value) {
    GaugeSnapshot.Builder builder = GaugeSnapshot.builder().name("vitrine_" + name).help(help);
    for (Study study : studies) {
      for (SimulationStatus status : study.simulations()) {
        double number = value.applyAsDouble(status);
        if (!Double.isNaN(number)) {
          builder.dataPoint(point(labels(study, status), number));
        }
      }
    }
    return builder.build();
  }

  private static MetricSnapshot relaxation(
      List<Study> studies, String name, String help, ToDoubleFunction<EquilibriumRow> value) {
    GaugeSnapshot.Builder builder = GaugeSnapshot.builder().name("vitrine_" + name).help(help);
    for (Study study : studies) {
      for (EquilibriumRow verdict : study.verdicts().values()) {
        double number = value.applyAsDouble(verdict);
        if (!Double.isNaN(number)) {
          Labels labels = Labels.of("study", study.name(), "simulation", verdict.simulation());
          builder.dataPoint(point(labels, number));
        }
      }
    }
    return builder.build();
  }

  private static MetricSnapshot verdicts(List<Study> studies) {
    GaugeSnapshot.Builder builder =
        GaugeSnapshot.builder()
            .name("vitrine_verdict")
            .help("1 for the newest verdict on equilibrium, 0 for the other verdicts");
    for (Study study : studies) {
      for (EquilibriumRow newest : study.verdicts().values()) {
        for (Verdict.Kind kind : Verdict.Kind.values()) {
          Labels labels =
              Labels.of(
                  "study", study.name(), "simulation", newest.simulation(), "verdict", kind.text());
          builder.dataPoint(point(labels, kind.text().equals(newest.verdict()) ? 1 : 0));
        }
      }
    }
    return builder.build();
  }

  private static MetricSnapshot predictions(List<Study> studies) {
    GaugeSnapshot.Builder builder =
        GaugeSnapshot.builder()
            .name("vitrine_pearson")
            .help("r of score and label in the newest window that the model was not trained on");
    for (Study study : studies) {
      for (PredictionRow row : study.predictions()) {
        Labels labels =
            Labels.of("study", study.name(), "simulation", row.simulation(), "model", row.model());
        builder.dataPoint(point(labels, row.r()));
      }
    }
    return builder.build();
  }

  private static MetricSnapshot training(List<Study> studies) {
    GaugeSnapshot.Builder builder =
        GaugeSnapshot.builder().name("vitrine_training_samples").help("Training samples so far");
    for (Study study : studies) {
      for (TrainingCountRow row : study.training()) {
        Labels labels =
            Labels.of("study", study.name(), "simulation", row.simulation(), "rule", row.rule());
        builder.dataPoint(point(labels, (double) row.samples()));
      }
    }
    return builder.build();
  }

  private static MetricSnapshot alarms(List<Study> studies) {
    GaugeSnapshot.Builder builder =
        GaugeSnapshot.builder().name("vitrine_alarm").help("1 for every alarm that is on");
    for (Study study : studies) {
      for (Alarm alarm : study.alarms()) {
        Labels labels =
            Labels.of(
                "study", study.name(), "simulation", alarm.simulation(), "kind", alarm.kind());
        builder.dataPoint(point(labels, 1));
      }
    }
    return builder.build();
  }

  private static MetricSnapshot models(List<ModelRow> models) {
    InfoSnapshot.Builder builder =
        InfoSnapshot.builder().name("vitrine_model").help("Published classifiers");
    for (ModelRow model : models) {
      builder.dataPoint(
          InfoSnapshot.InfoDataPointSnapshot.builder()
              .labels(
                  Labels.of(
                      "study", model.study(), "model", model.model(), "version", model.version()))
              .build());
    }
    return builder.build();
  }

  private static Labels labels(Study study, SimulationStatus status) {
    return Labels.of("study", study.name(), "simulation", status.simulation().simulation());
  }

  private static GaugeSnapshot.GaugeDataPointSnapshot point(Labels labels, double value) {
    return GaugeSnapshot.GaugeDataPointSnapshot.builder().labels(labels).value(value).build();
  }
}
