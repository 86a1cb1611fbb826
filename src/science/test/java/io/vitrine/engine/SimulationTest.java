package io.vitrine.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitrine.TestData;
import io.vitrine.model.Frame;
import io.vitrine.model.Thermo;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulationTest {
  private static final Interactions KA = Interactions.kobAndersen();

  private static Simulation melt(int count, Integration integration) {
    MixtureSpec spec = MixtureSpec.kobAndersen(count);
    Simulation simulation = Simulation.create(spec, Integration.nvt(), 1.5, 7);
    simulation.advance(1000);
    return Simulation.start(simulation.frame("melt"), KA, integration, 1.5, 7);
  }

  @Test
  void advance_nve20Steps_equalsLammps() throws IOException {
    DumpText dump = DumpText.read("nve/nve_1000_steps0_10_20.lammpstrj");
    JsonNode rows =
        new ObjectMapper().readTree(TestData.file("nve/nve_1000_thermo.json").toFile()).get("rows");
    Simulation simulation = Simulation.start(dump.frame(0), KA, Integration.nve(), 1.0, 1);
    for (int k = 1; k <= 2; k++) {
      simulation.advance(10);
      Frame expected = dump.frame(k);
      Frame found = simulation.frame("nve");
      double edge = found.box().lx();
      for (int i = 0; i < found.positions().length; i++) {
        double unwrapped = found.positions()[i] + edge * found.images()[i];
        double reference = expected.positions()[i] + edge * expected.images()[i];
        assertThat(unwrapped).isCloseTo(reference, within(1e-9));
        assertThat(found.velocities()[i]).isCloseTo(expected.velocities()[i], within(1e-9));
      }
      Thermo thermo = found.thermo();
      JsonNode row = rows.get(10 * k);
      assertThat(thermo.temperature()).isCloseTo(row.get(1).asDouble(), within(1e-9));
      assertThat(thermo.potentialEnergy()).isCloseTo(row.get(2).asDouble(), within(1e-6));
      assertThat(thermo.pressure()).isCloseTo(row.get(5).asDouble(), within(1e-8));
    }
    assertThat(simulation.step()).isEqualTo(20);
    assertThat(simulation.time()).isEqualTo(0.1);
  }

  @ParameterizedTest
  @ValueSource(ints = {32, 100, 500})
  void restore_afterSnapshot_continuesBitForBit(int count) {
    Simulation whole = melt(count, Integration.nvt());
    whole.advance(37);
    byte[] snapshot = whole.snapshot();
    Simulation resumed = Simulation.restore(snapshot);
    assertThat(resumed.snapshot()).isEqualTo(snapshot);
    assertThat(resumed.frame("s")).isEqualTo(whole.frame("s"));
    for (int k = 0; k < 5; k++) {
      whole.advance(100);
      resumed = Simulation.restore(resumed.snapshot());
      resumed.advance(100);
    }
    assertThat(resumed.frame("s")).isEqualTo(whole.frame("s"));
    assertThat(resumed.snapshot()).isEqualTo(whole.snapshot());
    assertThat(resumed.conservedQuantity()).isEqualTo(whole.conservedQuantity());
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 20})
  void useThreads_sameNumber_givesSameBitsAcrossSnapshots(int threads) {
    byte[] start = melt(500, Integration.nvt()).snapshot();
    Simulation whole = Simulation.restore(start);
    Simulation cut = Simulation.restore(start);
    Simulation alone = Simulation.restore(start);
    whole.useThreads(threads);
    cut.useThreads(threads);
    for (int k = 0; k < 5; k++) {
      whole.advance(20);
      alone.advance(20);
      cut.advance(20);
      cut = Simulation.restore(cut.snapshot());
      cut.useThreads(threads);
    }
    assertThat(cut.snapshot()).isEqualTo(whole.snapshot());
    // Sums in another order: equal but for rounding, which grows by about e a tau.
    double[] x = alone.frame("s").positions();
    double[] y = whole.frame("s").positions();
    for (int k = 0; k < x.length; k++) {
      assertThat(y[k]).isCloseTo(x[k], within(1e-9));
    }
    assertThat(whole.snapshot()).isNotEqualTo(alone.snapshot());
  }

  @Test
  void useThreads_none_isRefused() {
    Simulation simulation = melt(100, Integration.nvt());
    assertThatThrownBy(() -> simulation.useThreads(0))
        .hasMessageContaining("threads must lie in")
        .hasMessageContaining("0");
  }

  @Test
  void frame_whateverWasRead_doesNotDisturbTheRun() {
    Simulation watched = melt(100, Integration.nvt());
    Simulation alone = Simulation.restore(watched.snapshot());
    for (int k = 0; k < 3; k++) {
      watched.advance(50);
      watched.frame("s");
      watched.thermo();
      watched.conservedQuantity();
      watched.snapshot();
      alone.advance(50);
    }
    assertThat(watched.snapshot()).isEqualTo(alone.snapshot());
  }

  @Test
  void create_sameSeed_givesSameBytesAndAnotherSeedOthers() {
    MixtureSpec spec = MixtureSpec.kobAndersen(64);
    byte[] once = Simulation.create(spec, Integration.nvt(), 1.0, 3).snapshot();
    assertThat(Simulation.create(spec, Integration.nvt(), 1.0, 3).snapshot()).isEqualTo(once);
    assertThat(Simulation.create(spec, Integration.nvt(), 1.0, 4).snapshot()).isNotEqualTo(once);
  }

  @Test
  void create_randomStart_hasNoOverlapsAndTheTemperature() {
    Simulation simulation =
        Simulation.create(MixtureSpec.kobAndersen(500), Integration.nvt(), 0.8, 1);
    Thermo thermo = simulation.thermo();
    assertThat(thermo.temperature()).isCloseTo(0.8, within(1e-12));
    assertThat(thermo.potentialEnergy() / 500).isLessThan(-6);
    assertThat(simulation.frame("s").particles().indicesOf(0)).hasSize(400);
  }

  @Test
  void advance_nve_conservesEnergyAndMomentum() {
    Simulation simulation = melt(500, Integration.nve());
    double before = simulation.conservedQuantity();
    simulation.advance(2000);
    // Fluctuation of the shadow energy at dt 0.005, T 1.5; a wrong force shows at 1e-1.
    assertThat((simulation.conservedQuantity() - before) / 500).isCloseTo(0, within(2e-3));
    double[] momentum = new double[3];
    double[] v = simulation.frame("s").velocities();
    for (int k = 0; k < v.length; k++) {
      momentum[k % 3] += v[k];
    }
    assertThat(momentum).usingComparatorWithPrecision(1e-9).containsExactly(0, 0, 0);
  }

  @Test
  void advance_nvt_keepsTemperatureAndExtendedEnergy() {
    Simulation simulation = melt(500, Integration.nvt());
    double before = simulation.conservedQuantity();
    double sum = 0;
    int samples = 200;
    for (int k = 0; k < samples; k++) {
      simulation.advance(20);
      sum += simulation.thermo().temperature();
    }
    assertThat((simulation.conservedQuantity() - before) / 500).isCloseTo(0, within(3e-3));
    // sqrt(2/1497) 1.5 = 0.055 a sample, tens of independent ones; fixed seed.
    assertThat(sum / samples).isCloseTo(1.5, within(0.03));
  }

  @Test
  void ramp_toAnotherTemperature_getsThere() {
    Simulation simulation = melt(256, Integration.nvt());
    simulation.ramp(0.7, 2000);
    assertThat(simulation.temperature()).isEqualTo(0.7);
    double sum = 0;
    for (int k = 0; k < 50; k++) {
      simulation.advance(20);
      sum += simulation.thermo().temperature() / 50;
    }
    assertThat(sum).isCloseTo(0.7, within(0.05));
  }

  @Test
  void setTemperature_atAFrame_leavesTheConservedQuantity() {
    Simulation simulation = melt(100, Integration.nvt());
    simulation.advance(100);
    double before = simulation.conservedQuantity();
    simulation.setTemperature(0.9);
    assertThat(simulation.conservedQuantity()).isCloseTo(before, within(1e-9));
  }

  @Test
  void frame_imagesAndWrappedPositions_followParticlesAcrossFaces() {
    Simulation simulation = melt(100, Integration.nvt());
    double edge = simulation.frame("s").box().lx();
    double[] before = unwrapped(simulation.frame("s"));
    for (int k = 0; k < 200; k++) {
      simulation.advance(10);
      Frame frame = simulation.frame("s");
      for (double x : frame.positions()) {
        assertThat(x >= 0 && x < edge).isTrue();
      }
      double[] after = unwrapped(frame);
      for (int i = 0; i < after.length; i++) {
        assertThat(Math.abs(after[i] - before[i])).isLessThan(1);
      }
      before = after;
    }
    assertThat(Arrays.stream(simulation.frame("s").images()).anyMatch(i -> i != 0)).isTrue();
  }

  private static double[] unwrapped(Frame frame) {
    double[] x = frame.positions().clone();
    for (int k = 0; k < x.length; k++) {
      x[k] += frame.images()[k] * frame.box().lx();
    }
    return x;
  }

  @Test
  void start_centredBoxAndFileIds_keepsBoth() {
    Frame frame = DumpText.read("static/static_512_KA_shift.lammpstrj").frame(0);
    double half = frame.box().lx() / 2;
    double[] moved = frame.positions().clone();
    StaticForces.translate(moved, -half, -half, -half);
    Frame centred =
        frame.toBuilder().box(frame.box().centred()).wrapped(moved, frame.images()).build();
    Simulation simulation = Simulation.start(centred, KA, Integration.nvt(), 1.9, 1);
    Frame found = simulation.frame("reference");
    assertThat(found.particles()).isEqualTo(frame.particles());
    for (int k = 0; k < moved.length; k++) {
      double edge = 2 * half;
      double was = moved[k] + edge * frame.images()[k];
      double is = found.positions()[k] + edge * found.images()[k];
      assertThat(is).isCloseTo(was, within(1e-12));
    }
    Thermo thermo = found.thermo();
    assertThat(thermo.potentialEnergy()).isCloseTo(-2456.0775063481115, within(1e-7));
    assertThat(thermo.pressure()).isCloseTo(18.432244232347802, within(1e-8));
  }

  @Test
  void start_withoutVelocities_drawsThemFromTheSeed() {
    Frame frame = melt(100, Integration.nvt()).frame("s").toBuilder().velocities(null).build();
    Frame drawn = Simulation.start(frame, KA, Integration.nvt(), 0.9, 11).frame("s");
    assertThat(drawn.thermo().temperature()).isCloseTo(0.9, within(1e-12));
    assertThat(Simulation.start(frame, KA, Integration.nvt(), 0.9, 11).frame("s")).isEqualTo(drawn);
  }

  @Test
  void advance_brokenStart_namesTheParticle() {
    Frame frame = melt(100, Integration.nvt()).frame("s");
    double[] broken = frame.positions().clone();
    broken[3 * 42 + 1] = Double.NaN;
    Frame bad = frame.toBuilder().wrapped(broken, null).build();
    assertThatThrownBy(() -> Simulation.start(bad, KA, Integration.nvt(), 1, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("particle 42 is at NaN");
  }

  @Test
  void restore_foreignOrCutBytes_isRefused() {
    byte[] snapshot = melt(100, Integration.nvt()).snapshot();
    byte[] foreign = snapshot.clone();
    foreign[0]++;
    assertThatThrownBy(() -> Simulation.restore(foreign))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("snapshot must begin with VTRE");
    for (int length : new int[] {0, 20, 300, snapshot.length - 1}) {
      assertThatThrownBy(() -> Simulation.restore(Arrays.copyOf(snapshot, length)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void schedule_standard_endsAtItsTemperature() {
    Simulation simulation =
        Simulation.create(MixtureSpec.kobAndersen(64), Integration.nvt(), 1.0, 1);
    Schedule schedule = Schedule.standard(1.0, MixtureSpec.kobAndersen(64));
    int[] seen = new int[1];
    schedule.run(simulation, s -> seen[0]++);
    assertThat(seen[0]).isEqualTo(160);
    assertThat(simulation.time()).isEqualTo(schedule.tau());
    assertThat(simulation.temperature()).isEqualTo(1.0);
  }
}
