package io.vitrine.serving.alarms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vitrine.Patience;
import io.vitrine.results.ResultsStore;
import io.vitrine.serving.ExampleStudy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real program is started for every alarm. */
final class AlarmCommandTest {
  private static final Duration PATIENT = Patience.STILL;

  @TempDir Path folder;
  private Path said;
  private final List<String> complaints = new ArrayList<>();

  @BeforeEach
  void name() {
    said = folder.resolve("said");
  }

  @Test
  void run_textWithShellWords_arrivesAsItIsAndRunsNothing() throws Exception {
    Path trap = folder.resolve("trap");
    String text = "$(touch " + trap + "); `touch " + trap + "` \n; touch " + trap;
    Path program = program("env >'" + said + "'; echo \"$#\" >>'" + said + "'");
    String fault =
        new AlarmCommand(program, PATIENT).run("glass", new Alarm("energy", "cold", -0.25, text));

    assertThat(fault).isEmpty();
    assertThat(Files.readString(said))
        .contains("VITRINE_ALARM=energy\n")
        .contains("VITRINE_STUDY=glass\n")
        .contains("VITRINE_SIMULATION=cold\n")
        .contains("VITRINE_VALUE=-0.25\n")
        .contains("VITRINE_TEXT=" + text)
        .doesNotContain("VITRINE_TOKEN")
        .endsWith("\n0\n");
    assertThat(trap).doesNotExist();
  }

  @Test
  void run_programThatHangs_isEndedWithItsChildren() throws Exception {
    Path program = program("sleep 300 & echo $! >'" + said + "'; wait");
    // A busy machine may not get as far as the child in the time given.
    for (int seconds = 2; !Files.exists(said) || Files.size(said) == 0; seconds *= 2) {
      String fault =
          new AlarmCommand(program, Duration.ofSeconds(seconds))
              .run("glass", alarm("stalled", "a"));
      assertThat(fault).contains("took longer than " + seconds + " s");
    }
    long child = Long.parseLong(Files.readString(said).strip());
    ProcessHandle.of(child).ifPresent(handle -> handle.onExit().join());
  }

  @Test
  void run_programThatFails_isReported() throws Exception {
    assertThat(new AlarmCommand(program("exit 3"), PATIENT).run("glass", alarm("disk", "")))
        .endsWith("ended with 3");
  }

  @Test
  void command_noProgram_isRefused() {
    assertThatThrownBy(() -> new AlarmCommand(folder.resolve("none"), PATIENT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--alarm-command must be a program that can be run");
  }

  @Test
  void take_alarmsThatComeStayAndGo_areToldOnceAndNotTooOften() throws Exception {
    Path program = program("echo \"$VITRINE_ALARM $VITRINE_SIMULATION\" >>'" + said + "'");
    AlarmTeller teller = new AlarmTeller(new AlarmCommand(program, PATIENT), complaints::add);
    Study both = study(alarm("energy", "a"), alarm("energy", "b"));

    teller.take(List.of(both), 0);
    teller.take(List.of(both), 2_000);
    assertThat(Files.readString(said)).isEqualTo("energy a\n");
    teller.take(List.of(both), 6_000);
    assertThat(Files.readString(said)).isEqualTo("energy a\nenergy b\n");
    teller.take(List.of(study()), 20_000);
    teller.take(List.of(both), 30_000);
    teller.take(List.of(both), 100_000);
    assertThat(Files.readString(said)).isEqualTo("energy a\nenergy b\n");
    teller.take(List.of(study()), 110_000);
    teller.take(List.of(both), 120_000);
    assertThat(Files.readString(said)).isEqualTo("energy a\nenergy b\nenergy a\n");
    assertThat(complaints).isEmpty();
  }

  @Test
  void take_sameAlarmOfTwoStudies_isToldForEach() throws Exception {
    Path program = program("echo \"$VITRINE_STUDY $VITRINE_ALARM\" >>'" + said + "'");
    AlarmTeller teller = new AlarmTeller(new AlarmCommand(program, PATIENT), complaints::add);
    List<Study> both =
        List.of(study("glass", alarm("energy", "a")), study("melt", alarm("energy", "a")));

    teller.take(both, 0);
    teller.take(both, 6_000);

    assertThat(Files.readString(said)).isEqualTo("glass energy\nmelt energy\n");
  }

  @Test
  void start_withoutAStudy_watchesWhateverTheStoreHolds() throws Exception {
    String url = "jdbc:sqlite:" + folder.resolve("store.sqlite");
    Path program = program("echo \"$VITRINE_STUDY $VITRINE_ALARM\" >>'" + said + "'");
    try (ResultsStore store = ResultsStore.open(url)) {
      store.apply(ExampleStudy.rows(20));
      AlarmWatch watch =
          AlarmWatch.start(url, "", AlarmThresholds.DEFAULT, program, complaints::add);
      try {
        Patience.until(() -> Files.exists(said) && Files.size(said) > 0);
      } finally {
        watch.close();
      }
    }
    assertThat(Files.readString(said)).startsWith(ExampleStudy.NAME + " dead_letters\n");
  }

  private static Alarm alarm(String kind, String simulation) {
    return new Alarm(kind, simulation, 1, "text");
  }

  private static Study study(Alarm... alarms) {
    return study("glass", alarms);
  }

  private static Study study(String name, Alarm... alarms) {
    return new Study(name, List.of(), List.of(), Map.of(), List.of(), List.of(alarms), Set.of());
  }

  private Path program(String body) throws IOException {
    Path program = folder.resolve("program");
    Files.writeString(program, "#!/bin/sh\n" + body + "\n");
    return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
  }
}
