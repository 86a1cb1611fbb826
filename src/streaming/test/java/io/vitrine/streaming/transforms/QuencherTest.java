package io.vitrine.streaming.transforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitrine.analysis.spec.Quench;
import io.vitrine.format.ReadPosition;
import io.vitrine.format.ReaderOptions;
import io.vitrine.format.TrajectoryReader;
import io.vitrine.format.trajectory.Trajectories;
import io.vitrine.geometry.MinimumImage;
import io.vitrine.model.FeatureSets;
import io.vitrine.model.FeatureSpec;
import io.vitrine.model.Frame;
import io.vitrine.streaming.io.feed.Mixtures;
import io.vitrine.structure.ParticleFeatures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Minima and pair energies of mixtures against LAMMPS and numpy ({@code testdata/mixtures}). */
final class QuencherTest {
  private static final Path DATA =
      Path.of(System.getProperty("vitrine.root", "."), "testdata", "mixtures");

  /** Forces of 1e-5 are left; the softest modes have a stiffness of order 1 (1.1e-5 was found). */
  private static final double SAME_PLACE = 1e-4;

  private static List<Frame> frames(String name) throws IOException {
    List<Frame> frames = new ArrayList<>();
    try (TrajectoryReader reader =
        Trajectories.open(
            DATA.resolve(name + ".minimum.lammpstrj"),
            ReaderOptions.finished(name, 0.005),
            ReadPosition.START)) {
      for (Frame frame = reader.next(); frame != null; frame = reader.next()) {
        frames.add(frame);
      }
    }
    return frames;
  }

  private static JsonNode expected(String name) throws IOException {
    return new ObjectMapper().readTree(DATA.resolve("minimum.json").toFile()).get(name);
  }

  private static Frame turned(Frame frame) {
    List<String> names = new ArrayList<>(frame.particles().names());
    Collections.reverse(names);
    return frame.toBuilder().particles(frame.particles().in(names)).build();
  }

  private static Quencher quencher(boolean on, String mixture, Frame frame) {
    return Quencher.of(new Quench(on, mixture), frame.particles().names());
  }

  @ParameterizedTest
  @ValueSource(strings = {"kob-andersen-2d-ternary", "soft-spheres"})
  void minimum_ofAMixture_isWhereLammpsEnds(String name) throws IOException {
    Frame shaken = frames(name).get(0);
    double[] expected = frames(name).get(1).positions();
    String defined = Mixtures.text(Mixtures.of(name).withFractions(fractions(shaken)));
    for (String mixture : List.of(name, defined)) {
      for (Frame frame : List.of(shaken, turned(shaken))) {
        Quencher quencher = quencher(true, mixture, frame);
        Frame found = quencher.minimum(frame);
        assertThat(quencher.notConverged()).isZero();
        assertThat(found.particles()).isEqualTo(frame.particles());
        assertThat(found.thermo().potentialEnergy())
            .isCloseTo(expected(name).get("energy").asDouble(), within(1e-7));
        double[] off = new double[expected.length];
        Arrays.setAll(off, k -> found.positions()[k] - expected[k]);
        for (int i = 0; i < frame.count(); i++) {
          MinimumImage.of(frame.box()).apply(off, 3 * i);
        }
        // Neither minimizer moves the centre of mass.
        assertThat(Arrays.stream(off).map(Math::abs).max().orElseThrow()).isLessThan(SAME_PLACE);
      }
    }
  }

  /** Fractions that no shipped mixture has, so that the definition is written out. */
  private static double[] fractions(Frame frame) {
    double[] fractions = new double[frame.particles().names().size()];
    Arrays.fill(fractions, 0.25);
    fractions[0] = 1 - 0.25 * (fractions.length - 1);
    return fractions;
  }

  @ParameterizedTest
  @ValueSource(strings = {"kob-andersen-2d-ternary", "soft-spheres"})
  void energies_ofAMixture_equalNumpyBySpeciesAndLammpsInSum(String name) throws IOException {
    Frame frame = frames(name).get(0);
    JsonNode shares = expected(name).get("shares");
    int species = frame.particles().names().size();
    for (boolean turned : new boolean[] {false, true}) {
      Frame each = turned ? turned(frame) : frame;
      FeatureSets sets =
          FeatureSets.parse("energy", FeatureSpec.standard())
              .in(each.particles().names(), each.box().dimensions());
      double[] found = ParticleFeatures.of(sets, quencher(false, name, each)).of(each);
      for (int i = 0; i < frame.count(); i++) {
        for (int s = 0; s < species; s++) {
          int column = turned ? species - 1 - s : s;
          assertThat(found[i * species + column])
              .isCloseTo(shares.get(i).get(s).asDouble(), within(1e-9));
        }
      }
    }
  }

  @Test
  void reach_ofAMixtureWithoutASpecies_isRefusedByName() {
    Quencher quencher = Quencher.of(Quench.KA, List.of("A", "X"));
    assertThatThrownBy(quencher::reach)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "species of the mixture kob-andersen must be those of the frames, X, but was [A, B]");
  }
}
