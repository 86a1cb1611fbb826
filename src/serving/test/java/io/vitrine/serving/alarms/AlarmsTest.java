package io.vitrine.serving.alarms;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitrine.results.SimulationStatus;
import io.vitrine.results.WindowGlance;
import io.vitrine.results.rows.DeadLetterRow;
import io.vitrine.results.rows.EquilibriumRow;
import io.vitrine.results.rows.FrameRow;
import io.vitrine.results.rows.RunState;
import io.vitrine.results.rows.SimulationRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class AlarmsTest {
  @Test
  void look_quietRun_raisesNothing() {
    assertThat(kinds(0.5, -7000, -7000, -0.2, -0.2, 0.05, 0.05)).isEmpty();
  }

  @Test
  void look_hotThermostat_raisesTemperature() {
    assertThat(kinds(0.53, -7000, -7000, -0.2, -0.2, 0.05, 0.05)).containsExactly("temperature");
  }

  @Test
  void look_risingEnergy_raisesEnergyButNoCrystal() {
    assertThat(kinds(0.5, -7000, -6800, -0.2, -0.9, 0.05, 0.05)).containsExactly("energy");
  }

  @Test
  void look_scoreAndEnergyFall_raisesCrystal() {
    assertThat(kinds(0.5, -7000, -7200, -0.2, -0.9, 0.05, 0.05))
        .containsExactly("energy", "crystal");
  }

  @Test
  void look_fallingFraction_raisesAgeing() {
    assertThat(kinds(0.5, -7000, -7000, -0.2, -0.2, 0.08, 0.05)).containsExactly("ageing");
  }

  @Test
  void look_failedRun_saysWhy() {
    Alarms alarms = new Alarms(AlarmThresholds.DEFAULT);
    alarms.look(status(RunState.FAILED, "positions are NaN"), List.of(), List.of(), 0);

    assertThat(alarms.found())
        .containsExactly(new Alarm("failed", "a", Double.NaN, "positions are NaN"));
  }

  @Test
  void look_wrongTemperatureOfAShortRun_isSeenFromTwentyFramesOn() {
    for (int count : new int[] {19, 20, 61}) {
      List<FrameRow> frames = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        frames.add(new FrameRow("s", "a", 1000L * (count - i), 0, -7000, 1, 1.0, 0));
      }
      Alarms alarms = new Alarms(AlarmThresholds.DEFAULT);
      alarms.look(status(RunState.RUNNING, ""), frames, List.of(), 1000);
      assertThat(alarms.found()).extracting(Alarm::kind).hasSize(count < 20 ? 0 : 1);
    }
  }

  @Test
  void look_newestFrameFarTooHot_raisesExplosion() {
    List<FrameRow> frames =
        List.of(
            new FrameRow("s", "a", 2000, 0, -7000, 1, 1.6, 0),
            new FrameRow("s", "a", 1000, 0, -7000, 1, 0.5, 0));
    Alarms alarms = new Alarms(AlarmThresholds.DEFAULT);
    alarms.look(status(RunState.RUNNING, ""), frames, List.of(), 0);

    assertThat(alarms.found())
        .containsExactly(
            new Alarm("explosion", "a", 1.6, "the newest frame has T = 1.600, set T = 0.500"));
  }

  @Test
  void broken_framesWithNaN_raiseNanOnceASimulation() {
    String reason = "x of particle 3 is NaN, expected a finite number below 1.0e6 sigma";
    Alarms alarms = new Alarms(AlarmThresholds.DEFAULT);
    alarms.broken(
        List.of(
            new DeadLetterRow("s", "a", 6, 6, "run.gsd frame 6", "time 5.0 came already"),
            new DeadLetterRow("s", "a", 7, 7, "run.gsd frame 7", reason),
            new DeadLetterRow("s", "a", 8, 8, "run.gsd frame 8", reason)));

    assertThat(alarms.found())
        .containsExactly(new Alarm("nan", "a", 7, "run.gsd frame 7: " + reason));
  }

  @Test
  void disk_nearlyFull_raisesDisk() {
    Alarms alarms = new Alarms(AlarmThresholds.DEFAULT);
    alarms.disk(60, 1000);
    assertThat(alarms.found()).isEmpty();
    alarms.disk(40, 1000);

    assertThat(alarms.found())
        .containsExactly(new Alarm("disk", "", 0.04, "4.0% of the store's disk is free"));
  }

  @Test
  void equilibrium_notInEquilibrium_raisesEquilibrium() {
    for (String verdict : List.of("ageing", "composition wave", "crystal")) {
      assertThat(equilibrium(verdict, Optional.empty()))
          .containsExactly(
              new Alarm("equilibrium", "a", 250, verdict + " at 250 tau: U/N goes from 1 to 2"));
    }
  }

  @Test
  void equilibrium_noLongerEquilibrated_saysUntilWhen() {
    Optional<EquilibriumRow> before = Optional.of(verdict(200, "equilibrated"));

    assertThat(equilibrium("frozen", before))
        .containsExactly(
            new Alarm(
                "equilibrium",
                "a",
                250,
                "frozen at 250 tau, equilibrated until 200 tau: U/N goes from 1 to 2"));
    assertThat(equilibrium("ageing", before)).hasSize(1);
  }

  @Test
  void equilibrium_equilibratedTooShortOrFrozenFromTheStart_raisesNothing() {
    Optional<EquilibriumRow> before = Optional.of(verdict(200, "equilibrated"));

    assertThat(equilibrium("equilibrated", Optional.of(verdict(250, "equilibrated")))).isEmpty();
    assertThat(equilibrium("too short", Optional.empty())).isEmpty();
    assertThat(equilibrium("too short", before)).isEmpty();
    assertThat(equilibrium("frozen", Optional.empty())).isEmpty();
  }

  private static List<Alarm> equilibrium(String newest, Optional<EquilibriumRow> before) {
    Alarms alarms = new Alarms(AlarmThresholds.DEFAULT);
    alarms.equilibrium(verdict(250, newest), before);
    return alarms.found();
  }

  private static EquilibriumRow verdict(int time, String verdict) {
    return new EquilibriumRow(
        "s", "a", 1000L * time, verdict, 0, 5, 0.1, 4, 6, "U/N goes from 1 to 2");
  }

  private static List<String> kinds(
      double temperature,
      double energyBefore,
      double energyNow,
      double scoreBefore,
      double scoreNow,
      double hopsBefore,
      double hopsNow) {
    List<FrameRow> frames = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      double energy = i < 100 ? energyNow : energyBefore;
      frames.add(new FrameRow("s", "a", 1000L * (200 - i), 0, energy, 1, temperature, 0));
    }
    Random noise = new Random(5);
    List<WindowGlance> windows = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      double fraction = (i < 500 ? hopsNow : hopsBefore) + 0.005 * noise.nextGaussian();
      windows.add(new WindowGlance(fraction, i < 100 ? scoreNow : scoreBefore, 0.7));
    }
    Alarms alarms = new Alarms(AlarmThresholds.DEFAULT);
    alarms.look(status(RunState.RUNNING, ""), frames, windows, 1000);
    return alarms.found().stream().map(Alarm::kind).toList();
  }

  private static SimulationStatus status(RunState state, String error) {
    SimulationRow row =
        new SimulationRow(
            "s",
            "a",
            "i",
            "",
            "inclusive",
            0.5,
            1000,
            800,
            1000,
            10_000,
            Double.NaN,
            -1,
            state,
            error);
    return new SimulationStatus(
        row, 0, 1000, 2, 0, 0, "", 0, 0, 0, 0, -1, 0, 0, 0, "m", 0, 0, 0.5, Double.NaN, 1000);
  }
}
