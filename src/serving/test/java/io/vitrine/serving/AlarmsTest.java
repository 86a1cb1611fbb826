package io.vitrine.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitrine.results.DeadLetterRow;
import io.vitrine.results.FrameRow;
import io.vitrine.results.RunState;
import io.vitrine.results.SimulationRow;
import io.vitrine.results.SimulationStatus;
import io.vitrine.results.WindowRow;
import java.util.ArrayList;
import java.util.List;
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
    List<WindowRow> windows = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      double fraction = i < 500 ? hopsNow : hopsBefore;
      windows.add(
          new WindowRow(
              "s",
              "a",
              "m",
              1000L * (1000 - i),
              "",
              1000,
              Math.round(1000 * fraction + 5 * noise.nextGaussian()),
              new WindowRow.HopMoments(0, 0, 0, 0),
              new WindowRow.ScoreMoments(i < 100 ? scoreNow : scoreBefore, 0.7, 0, 0),
              0,
              List.of(0., 0., 0., 0., 0., 0., 0., 0., 0., 0.)));
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
        row, 0, 1000, 2, 0, 0, 0, 0, 0, -1, 0, 0, 0, "m", 0, 0, 0.5, Double.NaN, 1000);
  }
}
