package io.vitrine.pipelines.monitor;

import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.format.wire.PackedFrame;
import io.vitrine.learning.ModelFile;
import io.vitrine.results.rows.ResultRow;
import io.vitrine.streaming.io.FrameEvent;
import io.vitrine.streaming.transforms.CaptureBursts;
import io.vitrine.streaming.transforms.CollectSoftness;
import io.vitrine.streaming.transforms.CollectTrainingSet;
import io.vitrine.streaming.transforms.CountRearrangements;
import io.vitrine.streaming.transforms.FindHopEvents;
import io.vitrine.streaming.transforms.MeasureHops;
import io.vitrine.streaming.transforms.MeasureRelaxation;
import io.vitrine.streaming.transforms.QuenchFrames;
import io.vitrine.streaming.transforms.RetrainModel;
import io.vitrine.streaming.transforms.RetrainSchedule;
import io.vitrine.streaming.transforms.ScoreFluidity;
import io.vitrine.streaming.transforms.SimulationInfo;
import io.vitrine.streaming.transforms.SortEvents;
import io.vitrine.streaming.transforms.WriteResults;
import io.vitrine.streaming.transforms.WriteShards;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;

/**
 * The main job: frames in; hops, scores, rearrangement counters and training samples out, while the
 * simulations run.
 *
 * @param frames where frames come from
 * @param study name of the study
 * @param simulations what is known of each simulation, by identifier
 * @param spec what is computed
 * @param models models that score, in order of name
 * @param storeUrl JDBC URL of the results store
 * @param retrain when a model is trained during the run, or null
 * @param capture bursts of rearrangement to keep, or null
 * @param hopEvents whether each hop becomes a row of the store
 * @param keepWindows newest windows of a simulation that the store keeps in full; 0 for all
 * @param shards folder for what the files made at the end need
 */
public record MonitorPipeline(
    PTransform<PBegin, PCollection<FrameEvent>> frames,
    String study,
    Map<String, SimulationInfo> simulations,
    AnalysisSpec spec,
    List<ModelFile> models,
    String storeUrl,
    RetrainSchedule retrain,
    CaptureBursts.Target capture,
    boolean hopEvents,
    long keepWindows,
    Path shards)
    implements Consumer<Pipeline> {

  @Override
  public void accept(Pipeline pipeline) {
    PCollectionTuple events =
        pipeline.apply("Frames", frames).apply("Validate", SortEvents.of(simulations));
    PCollection<KV<String, PackedFrame>> looked = events.get(SortEvents.FRAMES);
    PCollection<ResultRow> relaxation =
        looked.apply("MeasureRelaxation", MeasureRelaxation.of(study, spec));
    if (spec.quench().on()) {
      looked = looked.apply("QuenchFrames", QuenchFrames.by(spec));
    }
    PCollectionTuple hops = looked.apply("MeasureHops", MeasureHops.of(study, spec));
    PCollectionTuple chosen =
        hops.get(MeasureHops.HOPS).apply("CollectTrainingSet", CollectTrainingSet.of(study, spec));
    PCollectionTuple softness =
        hops.get(MeasureHops.HOPS).apply("CollectSoftness", CollectSoftness.of(study, spec));
    softness.get(CollectSoftness.SAMPLES).apply("WriteSamples", WriteShards.samplesTo(shards));
    if (capture != null) {
      hops.get(MeasureHops.HOPS).apply("CaptureBursts", CaptureBursts.of(spec, models, capture));
    }
    PCollectionList<ResultRow> more = PCollectionList.empty(pipeline);
    if (hopEvents) {
      more =
          more.and(
              hops.get(MeasureHops.HOPS).apply("FindHopEvents", FindHopEvents.of(study, spec)));
    }
    ScoreFluidity score = ScoreFluidity.of(study, spec, models);
    if (retrain != null) {
      PCollectionTuple trained =
          hops.get(MeasureHops.HOPS).apply("RetrainModel", RetrainModel.of(study, spec, retrain));
      more = more.and(trained.get(RetrainModel.ROWS));
      score = score.withLive(trained, retrain);
    }
    PCollectionTuple scored = chosen.get(CollectTrainingSet.CHOSEN).apply("ScoreFluidity", score);
    PCollection<ResultRow> counters =
        scored
            .get(ScoreFluidity.COUNTS)
            .apply("CountRearrangements", CountRearrangements.of(simulations));
    scored.get(ScoreFluidity.SHARDS).apply("WriteShards", WriteShards.to(shards));
    more.and(events.get(SortEvents.ROWS))
        .and(relaxation)
        .and(hops.get(MeasureHops.INCOMPLETE))
        .and(chosen.get(CollectTrainingSet.COUNTS))
        .and(softness.get(CollectSoftness.COUNTS))
        .and(scored.get(ScoreFluidity.ROWS))
        .and(counters)
        .apply("AllRows", Flatten.pCollections())
        .apply("WriteResults", WriteResults.to(storeUrl).keeping(keepWindows));
  }
}
