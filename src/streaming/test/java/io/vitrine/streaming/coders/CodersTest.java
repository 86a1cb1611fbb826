package io.vitrine.streaming.coders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.analysis.spec.Quench;
import io.vitrine.analysis.spec.TrainingSpec;
import io.vitrine.analysis.window.ChosenFrame;
import io.vitrine.analysis.window.CountTotals;
import io.vitrine.analysis.window.HopFrame;
import io.vitrine.analysis.window.HoppingParticles;
import io.vitrine.analysis.window.ModelScores;
import io.vitrine.analysis.window.WindowMeasure;
import io.vitrine.analysis.window.WindowScorer;
import io.vitrine.dynamics.HopConvention;
import io.vitrine.learning.sampling.TailAccumulator;
import io.vitrine.model.DeadLetter;
import io.vitrine.model.FeatureSpec;
import io.vitrine.model.Target;
import io.vitrine.results.bins.CounterBin;
import io.vitrine.results.rows.CounterTotal;
import io.vitrine.results.rows.IncompleteWindowRow;
import io.vitrine.results.rows.TrainingCountRow;
import io.vitrine.streaming.Walks;
import io.vitrine.streaming.io.FrameEvent;
import io.vitrine.streaming.io.FrameEventCoder;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.testing.CoderProperties;
import org.apache.beam.sdk.util.CoderUtils;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CodersTest {
  private static final int LENGTH_BYTES = 4;

  static Stream<Arguments> codersWithTwoValues() {
    AnalysisSpec spec =
        new AnalysisSpec(
            1000,
            10_000,
            2000,
            HopConvention.INCLUSIVE,
            Target.A,
            0.2,
            FeatureSpec.standard(),
            TrainingSpec.tails(0.1, 4),
            true,
            new long[] {3000},
            false,
            Quench.OFF);
    HopFrame first = hops(spec, 1);
    HopFrame second = hops(spec, 2);
    TailAccumulator tails = TailAccumulator.of(4);
    TailAccumulator more = TailAccumulator.of(4);
    ChosenFrame chosen = ChosenFrame.choose(first, tails, Optional.empty(), spec);
    ChosenFrame other = ChosenFrame.choose(second, more, Optional.empty(), spec);
    WindowScorer scorer = WindowScorer.of("study", spec, ModelScores.none());
    WindowScorer.Scored one = scorer.score(chosen);
    WindowScorer.Scored two = scorer.score(other);
    return Stream.of(
        with(Coders.hopFrames(), first, second),
        with(Coders.chosenFrames(), chosen, other),
        with(
            Coders.hoppingParticles(),
            HoppingParticles.of(first, spec),
            HoppingParticles.of(second, spec)),
        with(Coders.windowCounts(), one.counts(), two.counts()),
        with(Coders.windowShards(), one.shard(), two.shard()),
        with(Coders.tails(), tails, more),
        with(
            Coders.countTotals(),
            new CountTotals().accept(one.counts()),
            new CountTotals().accept(one.counts()).accept(two.counts())),
        with(
            new FrameEventCoder(),
            event(FrameEvent.Kind.FRAME, null, null),
            event(FrameEvent.Kind.END, null, "disk gone")),
        with(
            new FrameEventCoder(),
            event(FrameEvent.Kind.END, null, null),
            event(
                FrameEvent.Kind.DEAD_LETTER,
                new DeadLetter("a", 7, Double.NaN, "run.dump:8", "x is NaN"),
                null)),
        with(Coders.rows(), one.rows().get(0), two.rows().get(0)),
        with(
            Coders.rows(),
            new CounterTotal(
                "study", "a", "m", "v", Double.NaN, 3, List.of(new CounterBin(-2, 5, 1))),
            new IncompleteWindowRow("study", "a", -4000, 3)),
        with(
            Coders.rows(),
            new TrainingCountRow("study", "a", "low", 4, 32, 1, -1, Double.NaN),
            new TrainingCountRow("study", "a", "low", 5, 40, 1, -1, 0.01)));
  }

  private static <T> Arguments with(Coder<? super T> coder, T one, T two) {
    String name = coder.toString();
    return Arguments.of(
        Named.of(name, coder),
        Named.of(one.getClass().getSimpleName(), one),
        Named.of("another", two));
  }

  private static HopFrame hops(AnalysisSpec spec, long seed) {
    return WindowMeasure.of(spec).measure(Walks.of("a", seed, 11), 0);
  }

  private static FrameEvent event(FrameEvent.Kind kind, DeadLetter letter, String failure) {
    return new FrameEvent(
        "a",
        kind,
        5000,
        7,
        2,
        3,
        1,
        kind == FrameEvent.Kind.FRAME ? Walks.of("a", 3, 1).get(0) : null,
        letter,
        failure,
        List.of(new FrameEvent.Notice("thinned", 3, "")));
  }

  @ParameterizedTest
  @MethodSource("codersWithTwoValues")
  <T> void coder_anyValue_obeysTheLaws(Coder<T> coder, T one, T two) throws Exception {
    CoderProperties.coderSerializable(coder);
    for (T value : List.of(one, two)) {
      CoderProperties.coderDecodeEncodeEqual(coder, value);
      CoderProperties.structuralValueDecodeEncodeEqual(coder, value);
    }
    CoderProperties.coderDeterministic(coder, one, CoderUtils.clone(coder, one));
    CoderProperties.coderConsistentWithEquals(coder, one, two);
    CoderProperties.coderConsistentWithEquals(coder, one, CoderUtils.clone(coder, one));
    CoderProperties.structuralValueConsistentWithEquals(coder, one, two);
    assertThat(one).isNotEqualTo(two);
  }

  @ParameterizedTest
  @MethodSource("codersWithTwoValues")
  <T> void decode_cutShort_isRefused(Coder<T> coder, T one, T two) throws Exception {
    byte[] whole = CoderUtils.encodeToByteArray(coder, one);
    int stride = Math.max(1, whole.length / 200);
    for (int length = 0; length < whole.length - LENGTH_BYTES; length += stride) {
      byte[] stream = Arrays.copyOf(whole, LENGTH_BYTES + length);
      assertThatThrownBy(() -> CoderUtils.decodeFromByteArray(coder, stream))
          .as("stream ends after %d bytes", length)
          .isInstanceOf(Exception.class);
      byte[] record = stream.clone();
      ByteBuffer.wrap(record).putInt(length);
      assertThatThrownBy(() -> CoderUtils.decodeFromByteArray(coder, record))
          .as("record of %d bytes", length)
          .isInstanceOf(Exception.class);
    }
  }

  @ParameterizedTest
  @MethodSource("codersWithTwoValues")
  <T> void decode_otherVersion_isRefused(Coder<T> coder, T one, T two) throws Exception {
    byte[] bytes = CoderUtils.encodeToByteArray(coder, one);
    // A chosen frame is a column with a hop frame in it, and has that one's version.
    int version = coder.equals(Coders.chosenFrames()) ? 2 * LENGTH_BYTES : LENGTH_BYTES;
    bytes[version] = (byte) (bytes[version] + 100);
    assertThatThrownBy(() -> CoderUtils.decodeFromByteArray(coder, bytes))
        .isInstanceOf(Exception.class);
  }
}
