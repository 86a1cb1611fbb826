package io.vitrine.pipelines.info;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitrine.pipelines.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trajectory in words; the numbers are those of testdata/ka512/README.md. */
final class InfoCommandTest {
  private static final Path DATA = Path.of(System.getProperty("vitrine.root"), "testdata");

  private static Ran info(String what, String... more) {
    List<String> words = new java.util.ArrayList<>(List.of("info", what));
    words.addAll(List.of(more));
    return Ran.run(List.of(), words.toArray(String[]::new));
  }

  @Test
  void info_dumpWithItsTimeStep_saysAllThatARunWould() throws IOException {
    Path dump = DATA.resolve("ka512/ka512_T0.60.lammpstrj");
    Ran ran = info("replay:" + dump + "?dt=0.005&T=0.6");
    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(ran.out().lines())
        .contains(
            "format      LAMMPS dump",
            "frames      61",
            "particles   512: 410 A, 102 B; a run looks at A (--particles)",
            "box         7.52829 x 7.52829 x 7.52829 sigma, periodic along xyz, density 1.2",
            "dimensions  3",
            "units       Lennard-Jones ones; the file says no others",
            "time        0 to 60 tau, frames 1 tau apart (200 steps)",
            "grid        61 on the grid of 1 tau, 0 thinned, 0 repeated, 0 cannot be used",
            "positions   wrapped, with image flags; no velocities, so no measured temperature",
            "p_hop       51 windows",
            "next        ./vitrine monitor --frames 'replay:" + dump + "?T=0.6&dt=0.005'");
  }

  @Test
  void info_fileWithoutTimes_saysStepsAndWhatDtWouldMake() throws IOException {
    Ran ran = info(DATA.resolve("ka512/ka512_T0.60.gsd").toString());
    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(ran.out())
        .contains("format      GSD")
        .contains("time        0 to 12000 steps, frames 200 steps apart; dt= says how long")
        .contains("dt=0.005 would make 1 tau")
        .contains("?T=TEMPERATURE&dt=0.005'");
  }

  @Test
  void info_timeStepThatIsTooSmallOrTooLarge_saysWhatWouldBeThinnedOrWhyNot() throws IOException {
    Path gsd = DATA.resolve("ka512/ka512_T0.60.gsd");
    JsonNode small = info("replay:" + gsd + "?dt=0.0005", "--json").json();
    assertThat(small.get("thinned").asInt()).isEqualTo(54);
    assertThat(small.get("on_grid").asInt()).isEqualTo(7);
    assertThat(small.get("p_hop").asBoolean()).isFalse();
    assertThat(small.get("reason").asText())
        .isEqualTo("a window takes 11 frames in a row, 1 tau apart");
    assertThat(info("replay:" + gsd + "?dt=0.0005").out())
        .contains("7 on the grid of 1 tau, 54 thinned, 0 repeated, 0 cannot be used; is dt=");
    JsonNode large = info("replay:" + gsd + "?dt=0.05", "--json").json();
    assertThat(large.get("reason").asText())
        .contains("10.0 tau apart")
        .contains("is dt=0.05 right?");
    assertThat(large.has("command")).isFalse();
  }

  @Test
  void info_badFrame_isNamedAndTheOthersAreCounted(@TempDir Path folder) throws IOException {
    Path dump = folder.resolve("bad.lammpstrj");
    String text = Files.readString(DATA.resolve("ka512/ka512_T0.60.lammpstrj"));
    Files.writeString(
        dump, text.replaceFirst("(?s)(ITEM: TIMESTEP\n4000\n.*?\n7 \\d) \\S+", "$1 nan"));
    JsonNode bad = info("replay:" + dump + "?dt=0.005", "--json").json();
    assertThat(bad.get("cannot_be_used").asInt()).isEqualTo(1);
    assertThat(bad.get("on_grid").asInt()).isEqualTo(60);
    assertThat(info("replay:" + dump + "?dt=0.005").out()).contains("particle 7");
  }

  @Test
  void info_whatIsNoTrajectory_isRefusedInOneLine() {
    assertThat(info(DATA.resolve("field/units-metal.lammpstrj").toString()).err())
        .contains("expected Lennard-Jones units, found ITEM: UNITS 'metal'");
    assertThat(info(DATA.resolve("ka512/README.md").toString()).err()).contains("no known format");
    assertThat(info("none.gsd").err()).contains("none.gsd").contains("no such file");
    assertThat(info("simulate:?T=0.5").err())
        .startsWith("vitrine: info must be given a file, replay: or follow:");
  }
}
