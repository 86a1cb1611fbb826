package io.vitrine.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitrine.DumpFrames;
import io.vitrine.Npy;
import io.vitrine.TestData;
import io.vitrine.analysis.spec.Quench;
import io.vitrine.analysis.window.ModelScores;
import io.vitrine.dynamics.HopConvention;
import io.vitrine.dynamics.HopIndicator;
import io.vitrine.dynamics.WindowSpec;
import io.vitrine.format.ReadPosition;
import io.vitrine.format.ReaderOptions;
import io.vitrine.format.TrajectoryReader;
import io.vitrine.format.trajectory.Trajectories;
import io.vitrine.learning.Model;
import io.vitrine.learning.ModelJson;
import io.vitrine.model.FeatureSpec;
import io.vitrine.model.Frame;
import io.vitrine.model.Target;
import io.vitrine.relaxation.Keep;
import io.vitrine.relaxation.RelaxationPoint;
import io.vitrine.relaxation.RelaxationSpec;
import io.vitrine.relaxation.RelaxationTracker;
import io.vitrine.structure.RadialStructure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A run of testdata/systems, read and measured, against what numpy computed from the same file. */
abstract class SystemOracle {
  /** Both sides are double from the same numbers; paths are summed in another order. */
  private static final double P_HOP_TOLERANCE = 1e-9;

  /** Of the features' standard deviation over the particles; absolute where that is larger. */
  private static final double FEATURE_TOLERANCE = 1e-5;

  private static final double SMALLEST_TOLERANCE = 1e-8;
  private static final double SCORE_TOLERANCE = 1e-4;
  private static final double RELAXATION_TOLERANCE = 1e-9;
  private static final int AT = 7;

  private final String file;
  private final List<String> species;
  private final int dimensions;
  private final String free;
  private final List<Frame> frames;

  SystemOracle(String file, List<String> species, int dimensions, String free) {
    this.file = file;
    this.species = species;
    this.dimensions = dimensions;
    this.free = free;
    this.frames = read(TestData.file("systems/" + file));
  }

  static List<Frame> read(Path path) {
    List<Frame> frames = new ArrayList<>();
    try (TrajectoryReader reader =
        Trajectories.open(path, ReaderOptions.finished("s", 0.005), ReadPosition.START)) {
      for (Frame frame = reader.next(); frame != null; frame = reader.next()) {
        frames.add(frame);
      }
    } catch (IOException e) {
      throw new AssertionError(path.toString(), e);
    }
    return frames;
  }

  final List<Frame> frames() {
    return frames;
  }

  final String name(String what) {
    return "systems/" + file.substring(0, file.indexOf('.')) + "." + what;
  }

  private int[] all() {
    return DumpFrames.all(frames.get(0).count());
  }

  @Test
  void frames_areOfTheKindThatTheFileSays() {
    assertThat(frames).hasSize(24);
    for (Frame frame : frames) {
      Analysable.check(frame);
      assertThat(frame.particles().names()).isEqualTo(species);
      assertThat(frame.box().dimensions()).isEqualTo(dimensions);
      assertThat(frame.box().free()).isEqualTo(free);
    }
  }

  @Test
  void pHop_everyWindow_isNumpys() {
    agreeOnPHop(frames);
  }

  @Test
  void pHop_withoutImageFlags_isNumpys() {
    agreeOnPHop(frames.stream().map(DumpFrames::withoutImages).toList());
  }

  private void agreeOnPHop(List<Frame> run) {
    Npy expected = Npy.read(name("p_hop.npy"));
    HopIndicator indicator = HopIndicator.of(WindowSpec.standard(), HopConvention.INCLUSIVE);
    int n = all().length;
    for (int w = 0; w + 11 <= run.size(); w++) {
      double[] pHop = indicator.measure(run.subList(w, w + 11), all()).pHop();
      for (int i = 0; i < n; i++) {
        assertThat(pHop[i]).isCloseTo(expected.values()[w * n + i], within(P_HOP_TOLERANCE));
      }
    }
  }

  @Test
  void features_withImages_areNumpys() {
    FeatureSpec spec = FeatureSpec.standard().withSpecies(species).withDimensions(dimensions);
    agreeOnFeatures(spec, frames.get(AT), name("features.npy"));
  }

  final void agreeOnFeatures(FeatureSpec spec, Frame frame, String golden) {
    Npy expected = Npy.read(golden);
    double[] features = RadialStructure.exact(spec).features(frame, all());
    int n = all().length;
    int width = spec.featureCount();
    assertThat(features).hasSize(expected.values().length).hasSize(n * width);
    for (int k = 0; k < width; k++) {
      double sum = 0;
      double squares = 0;
      for (int i = 0; i < n; i++) {
        double g = expected.values()[i * width + k];
        sum += g;
        squares += g * g;
      }
      double deviation = Math.sqrt(Math.max(0, squares / n - sum / n * (sum / n)));
      double tolerance = Math.max(SMALLEST_TOLERANCE, FEATURE_TOLERANCE * deviation);
      for (int i = 0; i < n; i++) {
        int at = i * width + k;
        assertThat(features[at])
            .as("feature %s of particle %s", k, i)
            .isCloseTo(expected.values()[at], within(tolerance));
      }
    }
  }

  @Test
  void scores_ofAModelOfTheseSpecies_areNumpys() throws IOException {
    agreeOnScores(frames.get(AT), name("model.json"), name("scores.npy"));
  }

  final void agreeOnScores(Frame frame, String json, String golden) throws IOException {
    Model model = ModelJson.read(TestData.file(json));
    ModelScores models = ModelScores.of(List.of(model), Quench.OFF, (quench, of) -> null);
    double[] expected = Npy.read(golden).values();
    assertThat(models.scores(frame, all())[0]).containsExactly(expected, within(SCORE_TOLERANCE));
    List<String> turned = new ArrayList<>(species);
    Collections.reverse(turned);
    Frame other = frame.toBuilder().particles(frame.particles().in(turned)).build();
    assertThat(models.scores(other, all())[0]).containsExactly(expected, within(SCORE_TOLERANCE));
  }

  @Test
  void relaxation_ofEverySpecies_isNumpys() throws IOException {
    List<Target> targets = new ArrayList<>();
    for (int type = 0; type < species.size(); type++) {
      targets.add(new Target(species, type));
    }
    RelaxationSpec spec = new RelaxationSpec(dimensions, List.of(7.25, 2.0), 0.3);
    RelaxationTracker tracker = RelaxationTracker.of(spec, targets, 1000);
    Keep keep = Keep.in(new HashMap<>());
    frames.forEach(frame -> tracker.accept(frame, keep));
    JsonNode golden = new ObjectMapper().readTree(TestData.file(name("relaxation.json")).toFile());
    int compared = 0;
    for (RelaxationPoint point : tracker.report(keep).orElseThrow().points()) {
      boolean wave = point.observable().equals("Fs");
      String observable =
          wave ? (point.wavevector() == 2 ? "Fs/2" : "Fs/7.25") : point.observable();
      String lag = String.valueOf(point.lagMillis() / 1000);
      double value = golden.get(point.species()).get(observable).get(lag).asDouble();
      assertThat(point.value())
          .as("%s of %s at %s", observable, point.species(), lag)
          .isCloseTo(value, within(RELAXATION_TOLERANCE * Math.max(1e-3, Math.abs(value))));
      compared++;
    }
    assertThat(compared).isEqualTo(6 * 19 * species.size());
  }
}
