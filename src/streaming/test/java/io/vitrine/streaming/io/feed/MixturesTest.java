package io.vitrine.streaming.io.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitrine.engine.InherentStructure;
import io.vitrine.engine.Integration;
import io.vitrine.engine.Mixture;
import io.vitrine.engine.MixtureSpec;
import io.vitrine.engine.PairLaw;
import io.vitrine.engine.Simulation;
import io.vitrine.engine.StaticForces;
import io.vitrine.model.Box;
import io.vitrine.model.Frame;
import io.vitrine.model.Particles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Shipped mixtures against LAMMPS 29 Sep 2021 (testdata/mixtures), and what files are refused. */
class MixturesTest {
  private static final Path DATA = data();
  private static final double RELATIVE = 1e-10;

  @TempDir Path folder;

  private static Path data() {
    return Path.of(System.getProperty("vitrine.root", "."), "testdata", "mixtures");
  }

  static Stream<String> shipped() {
    return Mixtures.SHIPPED.stream();
  }

  /** A dump of id, type, position, velocity, force and energy; by id. */
  private record Reference(Frame frame, double[] forces, double[] energies) {
    static Reference read(String name, Mixture mixture) throws IOException {
      List<String> lines = Files.readAllLines(DATA.resolve(name + ".lammpstrj"));
      int n = Integer.parseInt(lines.get(3));
      double[][] bounds = new double[3][];
      for (int d = 0; d < 3; d++) {
        bounds[d] = numbers(lines.get(5 + d));
      }
      byte[] types = new byte[n];
      double[][] columns = new double[3][3 * n];
      double[] energies = new double[n];
      for (int i = 0; i < n; i++) {
        double[] row = numbers(lines.get(9 + i));
        types[i] = (byte) (row[1] - 1);
        for (int c = 0; c < 3; c++) {
          System.arraycopy(row, 2 + 3 * c, columns[c], 3 * i, 3);
        }
        energies[i] = row[11];
      }
      Box box =
          Box.orthogonal(
                  bounds[0][1] - bounds[0][0],
                  bounds[1][1] - bounds[1][0],
                  bounds[2][1] - bounds[2][0])
              .at(bounds[0][0], bounds[1][0], bounds[2][0]);
      Frame frame =
          Frame.of(name)
              .box(mixture.dimensions() == 2 ? box.flat() : box)
              .particles(Particles.numbered(1, types, mixture.names()))
              .wrapped(columns[0], null)
              .velocities(columns[1])
              .build();
      return new Reference(frame, columns[2], energies);
    }

    private static double[] numbers(String line) {
      return Arrays.stream(line.strip().split("\\s+", -1))
          .mapToDouble(Double::parseDouble)
          .toArray();
    }
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void forces_ofAShippedMixture_equalLammps(String name) throws IOException {
    Mixture mixture = Mixtures.of(name);
    Reference reference = Reference.read(name, mixture);
    StaticForces found = StaticForces.of(reference.frame(), mixture.interactions());
    double largest = Arrays.stream(reference.forces()).map(Math::abs).max().orElseThrow();
    for (int k = 0; k < reference.forces().length; k++) {
      assertThat(found.forces()[k]).isCloseTo(reference.forces()[k], within(RELATIVE * largest));
    }
    for (int i = 0; i < reference.energies().length; i++) {
      assertThat(found.energies()[i]).isCloseTo(reference.energies()[i], within(1e-10));
    }
    JsonNode thermo = new ObjectMapper().readTree(DATA.resolve("static.json").toFile()).get(name);
    assertClose(found.energy(), thermo.get("energy").asDouble());
    assertClose(
        found.pressure(reference.frame(), mixture.interactions()),
        thermo.get("pressure").asDouble());
    Simulation started =
        Simulation.start(reference.frame(), mixture.interactions(), Integration.nve(), 1, 1);
    assertClose(started.thermo().temperature(), thermo.get("temperature").asDouble());
    assertClose(started.thermo().pressure(), thermo.get("pressure").asDouble());
  }

  private static void assertClose(double found, double expected) {
    assertThat(found).isCloseTo(expected, within(RELATIVE * Math.abs(expected)));
  }

  @Test
  void of_default_isTheMixtureOfTheEngine() {
    Mixture found = Mixtures.of(Mixtures.DEFAULT);
    assertThat(found).isEqualTo(Mixture.kobAndersen());
    assertThat(new MixtureSpec(4096, found)).isEqualTo(MixtureSpec.kobAndersen(4096));
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void create_fromAShippedMixture_conservesEnergyAndContinuesBitForBit(String name) {
    Mixture mixture = Mixtures.of(name);
    MixtureSpec spec = new MixtureSpec(300, mixture);
    Simulation melt = Simulation.create(spec, Integration.nvt(), mixture.melt(), 5);
    assertThat(melt.thermo().temperature() / mixture.melt()).isCloseTo(1, within(1e-12));
    melt.advance(400);
    Integration nve = new Integration(0.002, 0.5, false);
    Simulation run =
        Simulation.start(melt.frame("s"), mixture.interactions(), nve, mixture.melt(), 1);
    double before = run.conservedQuantity();
    Simulation twin = Simulation.restore(run.snapshot());
    run.advance(500);
    twin.advance(500);
    assertThat(twin.frame("s")).isEqualTo(run.frame("s"));
    assertThat(twin.snapshot()).isEqualTo(run.snapshot());
    // Shadow energy at dt 0.002; a wrong force or mass shows at a tenth of T.
    assertThat((run.conservedQuantity() - before) / 300)
        .isCloseTo(0, within(3e-3 * mixture.melt()));
    Frame frame = run.frame("s");
    assertThat(frame.particles().names()).isEqualTo(mixture.names());
    assertThat(frame.box().dimensions()).isEqualTo(mixture.dimensions());
    assertThat(300 / frame.box().volume()).isCloseTo(mixture.density(), within(1e-12));
    if (mixture.dimensions() == 2) {
      for (int i = 0; i < 300; i++) {
        assertThat(frame.positions()[3 * i + 2]).isZero();
        assertThat(frame.images()[3 * i + 2]).isZero();
        assertThat(frame.velocities()[3 * i + 2]).isZero();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"kob-andersen-2d-ternary", "wahnstrom", "soft-spheres", "harmonic"})
  void quench_ofAShippedMixture_endsWithoutForcesAndLower(String name) {
    Mixture mixture = Mixtures.of(name);
    Simulation melt =
        Simulation.create(new MixtureSpec(300, mixture), Integration.nvt(), mixture.melt(), 5);
    melt.advance(400);
    Frame frame = melt.frame("s");
    InherentStructure found = InherentStructure.of(frame, mixture.interactions());
    assertThat(found.converged()).isTrue();
    StaticForces there = StaticForces.of(found.frame(), mixture.interactions());
    assertThat(Arrays.stream(there.forces()).map(Math::abs).max().orElseThrow())
        .isLessThan(2 * InherentStructure.TOLERANCE);
    assertThat(there.energy()).isLessThan(frame.thermo().potentialEnergy());
  }

  @Test
  void threads_inAPlane_giveTheSameBitsForTheSameNumber() {
    Mixture mixture = Mixtures.of("kob-andersen-2d-ternary");
    byte[] start =
        Simulation.create(new MixtureSpec(500, mixture), Integration.nvt(), 2, 5).snapshot();
    byte[][] ends = new byte[2][];
    for (int k = 0; k < 2; k++) {
      Simulation run = Simulation.restore(start);
      run.useThreads(2);
      run.advance(100);
      ends[k] = run.snapshot();
    }
    assertThat(ends[0]).isEqualTo(ends[1]);
  }

  private String file(String from, String to) throws IOException {
    String good =
        """
        name: mine
        dimensions: 2
        density: 1.1
        species:
          - {name: Large, fraction: 0.5}
          - {name: Small, fraction: 0.5, mass: 0.5, diameter: 0.7}
        pairs:
          - {between: [Large, Large], potential: wca, epsilon: 1, sigma: 1.4}
          - {between: [Small, Large], potential: inverse-power, exponent: 7, epsilon: 2, sigma: 1.2, cutoff: 2}
          - {between: [Small, Small], potential: harmonic, epsilon: 3, sigma: 1}
        """;
    assertThat(good).contains(from);
    return Files.writeString(folder.resolve("mine.yaml"), good.replace(from, to)).toString();
  }

  @Test
  void of_file_readsSpeciesAndLaws() throws IOException {
    Mixture found = Mixtures.of(file("", ""));
    assertThat(found.names()).containsExactly("Large", "Small");
    assertThat(found.components().get(0)).isEqualTo(new Mixture.Component("Large", 0.5, 1, 1.4));
    assertThat(found.components().get(1)).isEqualTo(new Mixture.Component("Small", 0.5, 0.5, 0.7));
    assertThat(found.interactions().of(0, 1)).isEqualTo(PairLaw.inversePower(7, 2, 1.2, 2));
    assertThat(found.interactions().of(1, 1)).isEqualTo(PairLaw.harmonic(3, 1));
    assertThat(found.interactions().of(0, 0)).isEqualTo(PairLaw.wca(1, 1.4));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[Small, Small]|[Small, Large]|pairs must hold each pair of species once, but was Small-Large twice",
        "density: 1.1|densty: 1.1|key 'densty' of mixture must be one of [density, dimensions, melt,",
        "density: 1.1|density: dense|density must be a number, but was \"dense\"",
        "density: 1.1|density: -1.1|density must be > 0 and finite, but was -1.1",
        "dimensions: 2|dimensions: 4|dimensions must be 2 or 3, but was 4",
        "fraction: 0.5}|fraction: 0.6}|sum of fractions must be 1, but was 1.1",
        "mass: 0.5|mass: 0|species: mass of Small must be > 0 and finite, but was 0.0",
        "mass: 0.5|weight: 1|key 'weight' of species[1] must be one of [diameter, fraction, mass, name]",
        "epsilon: 2|epsilon: -2|pair Small-Large: epsilon must be > 0 and finite, but was -2.0",
        "exponent: 7|exponent: 7.5|pair Small-Large.exponent must be a whole number, but was 7.5",
        "exponent: 7, |''|pair Small-Large.exponent must be a whole number, but was absent",
        "potential: wca|potential: lj|pair Large-Large.potential must be lennard-jones, wca, inverse-power or",
        "sigma: 1.4}|sigma: 1.4, cutoff: 2}|key 'cutoff' of pair Large-Large (wca) must be one of [between,",
        "name: Large|name: Big|pairs[0].between must name species of [Big, Small], but was [\"Large\",\"Large\"]",
        "name: mine|name: mine, 1: [|must be YAML, but was",
      })
  void of_badFile_isRefusedWithFileKeyRuleAndValue(String from, String to, String message)
      throws IOException {
    String path = file(from, to);
    assertThatThrownBy(() -> Mixtures.of(path))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(path)
        .hasMessageContaining(message)
        .message()
        .doesNotContain("\n");
  }

  @Test
  void of_missingPair_namesIt() throws IOException {
    String path = file("- {between: [Small, Small]", "# {between: [Small, Small]");
    assertThatThrownBy(() -> Mixtures.of(path))
        .hasMessage(
            path + ": pairs must hold each pair of species once, but was without Small-Small");
  }

  @Test
  void of_unknownName_namesThoseThatAreThere() {
    assertThatThrownBy(() -> Mixtures.of("ka"))
        .hasMessageContaining("mixture must be kob-andersen, kob-andersen-2d,")
        .hasMessageEndingWith("or a YAML file that is there, but was 'ka'");
    assertThatThrownBy(() -> FrameUri.parse("simulate:?T=1&mixture=ka"))
        .hasMessageContaining("mixture must be kob-andersen,");
    assertThat(FrameUri.parse("simulate:?T=1&mixture=harmonic").id())
        .isEqualTo("simulate-harmonic-T1-seed1");
  }

  @Test
  void typed_matchesSpeciesByNameOrRefuses() {
    Mixture mixture = Mixtures.of(Mixtures.DEFAULT);
    Particles swapped = Particles.numbered(0, new byte[] {0, 1}, List.of("B", "A"));
    assertThat(mixture.typed(swapped)).isEqualTo(Particles.numbered(0, new byte[] {1, 0}));
    Particles foreign = Particles.numbered(0, new byte[] {0, 1}, List.of("A", "C"));
    assertThatThrownBy(() -> mixture.typed(foreign))
        .hasMessage(
            "species of particle 1 must be one of [A, B], but was C (mixture kob-andersen)");
  }
}
