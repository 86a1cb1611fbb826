package io.vitrine.pipelines;

import io.vitrine.analysis.AnalysisSpec;
import io.vitrine.analysis.Quench;
import io.vitrine.results.ResultRow;
import io.vitrine.streaming.io.FrameEvent;
import io.vitrine.streaming.transforms.CaptureBursts;
import io.vitrine.streaming.transforms.CollectSoftness;
import io.vitrine.streaming.transforms.CollectTrainingSet;
import io.vitrine.streaming.transforms.CountRearrangements;
import io.vitrine.streaming.transforms.MeasureHops;
import io.vitrine.streaming.transforms.QuenchFrames;
import io.vitrine.streaming.transforms.RetrainModel;
import io.vitrine.streaming.transforms.ScoreFluidity;
import io.vitrine.streaming.transforms.SimulationInfo;
import io.vitrine.streaming.transforms.SortEvents;
import io.vitrine.streaming.transforms.WriteResults;
import io.vitrine.streaming.transforms.WriteShards;
import java.nio.file.Path;
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
 * @param models models that score, as JSON by name
 * @param storeUrl JDBC URL of the results store
 * @param retrain when a model is trained while the run goes on, or null
 * @param capture bursts of rearrangement to keep, or null
 * @param shards folder for what the files made at the end need
 */
public record MonitorPipeline(
    PTransform<PBegin, PCollection<FrameEvent>> frames,
    String study,
    Map<String, SimulationInfo> simulations,
    AnalysisSpec spec,
    Map<String, String> models,
    String storeUrl,
    RetrainModel.Schedule retrain,
    CaptureBursts.Target capture,
    Path shards)
    implements Consumer<Pipeline> {

  @Override
  public void accept(Pipeline pipeline) {
    PCollectionTuple events =
        pipeline.apply("Frames", frames).apply("Validate", SortEvents.of(simulations));
    PCollection<KV<String, byte[]>> looked = events.get(SortEvents.FRAMES);
    if (spec.quench() != Quench.OFF) {
      looked = looked.apply("QuenchFrames", QuenchFrames.by(spec.quench()));
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
    ScoreFluidity score = ScoreFluidity.of(study, spec, models);
    PCollectionList<ResultRow> versions = PCollectionList.empty(pipeline);
    if (retrain != null) {
      PCollectionTuple trained =
          hops.get(MeasureHops.HOPS).apply("RetrainModel", RetrainModel.of(study, spec, retrain));
      versions = versions.and(trained.get(RetrainModel.ROWS));
      score = score.withLive(RetrainModel.toAll(trained.get(RetrainModel.VERSIONS)), retrain);
    }
    PCollectionTuple scored = chosen.get(CollectTrainingSet.CHOSEN).apply("ScoreFluidity", score);
    PCollection<ResultRow> counters =
        scored
            .get(ScoreFluidity.COUNTS)
            .apply("CountRearrangements", CountRearrangements.of(simulations));
    scored.get(ScoreFluidity.SHARDS).apply("WriteShards", WriteShards.to(shards));
    versions
        .and(events.get(SortEvents.ROWS))
        .and(hops.get(MeasureHops.INCOMPLETE))
        .and(chosen.get(CollectTrainingSet.COUNTS))
        .and(softness.get(CollectSoftness.COUNTS))
        .and(scored.get(ScoreFluidity.ROWS))
        .and(counters)
        .apply("AllRows", Flatten.pCollections())
        .apply("WriteResults", WriteResults.to(storeUrl));
  }
}
