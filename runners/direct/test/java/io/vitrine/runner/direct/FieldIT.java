package io.vitrine.runner.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jhdf.HdfFile;
import io.vitrine.pipelines.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The main job on files as public bug reports of this field describe them. */
final class FieldIT {
  private static final Path ROOT = Path.of(System.getProperty("vitrine.root"));
  private static final Path DATA = ROOT.resolve("testdata/field");

  /** Positions of the second set were written with five decimals. */
  private static final double P_HOP_TOLERANCE = 1e-5;

  /** Windows of frames 7 to 30 of the reference run begin with its window at 12 tau. */
  private static final int FIRST_WINDOW = 7;

  @TempDir private Path folder;

  private Ran monitor(String frames, String... more) {
    List<String> arguments = new ArrayList<>(List.of("monitor", "--runner", "direct", "--json"));
    arguments.addAll(List.of("--no-model", "--frames", frames));
    arguments.addAll(List.of("--output", folder.resolve("run").toString()));
    arguments.addAll(Arrays.asList(more));
    return Ran.run(List.of(new DirectRuntime()), arguments.toArray(new String[0]));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "units-metal.lammpstrj     | frame 0 at byte 0: expected Lennard-Jones units, found ITEM: UNITS 'metal'",
        "units-nano-gz.lammpstrj.gz| ITEM: UNITS 'nano'; give length= and time=",
        "position-angstrom.h5      | position/value: expected Lennard-Jones units, found unit 'Angstrom'",
        "edges-nm.h5               | box/edges: expected Lennard-Jones units, found unit 'nm'",
        "undeclared-kind.gsd       | particles/types [X], found 1, which has no name, at particle 2",
        "only-b.gsd                | no particle is A, found 0 A, 128 B (--particles NAME",
        "lattice-of-eight.extxyz   | expected 9 numbers in Lattice, found 7.528288231048 0.0",
        "plain.xyz                 | expected Lattice",
        "pairs.dump                | expected atoms, found entries",
        "ids-beyond-2-31.lammpstrj | row 1: expected an integer of 32 bits, found 2147483658",
        "id-step-leading-extra.h5  | id/value as entries in its step, found 24 and 25",
      })
  void monitor_fileThatCannotBeAnalysed_isRefusedWithPlaceAndReason(String file, String reason) {
    Ran ran = monitor("replay:" + DATA.resolve(file) + "?T=0.6&dt=0.005");
    assertThat(ran.exit()).as(ran.err()).isEqualTo(1);
    assertThat(ran.err()).contains(file).contains(reason);
    assertThat(ran.err().lines().filter(l -> l.startsWith("vitrine:"))).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "plane-in-a-thin-box.lammpstrj | (410 A, 102 B), in two dimensions",
        "two-dimensions.gsd            | , in two dimensions",
        "thin-slab.extxyz              | , in two dimensions",
        "free-surface.lammpstrj        | (410 A, 102 B), free along z",
        "three-kinds.gsd               | C)",
      })
  void monitor_spaceOrSpeciesOfAnotherKind_isSaidAtTheStart(String file, String said) {
    Ran ran = monitor("replay:" + DATA.resolve(file) + "?T=0.6&dt=0.005");
    assertThat(ran.err().lines().filter(l -> l.contains("looks at")))
        .singleElement()
        .asString()
        .endsWith(said);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "small-large.gsd               | looks at 91 of 128 particles: species Large (37 Small, 91 Large)",
        "element-species.extxyz        | looks at 91 of 128 particles: species Ni (91 Ni, 37 P)",
        "type-zero-based.lammpstrj     | looks at 91 of 128 particles: species A (91 A, 37 B)",
        "species-written-once.h5       | species A (91 A, 37 B)",
        "image-every-second.h5         | species A (91 A, 37 B)",
        "tabs-and-blank-lines.lammpstrj| species A (91 A, 37 B)",
        "byte-order-mark.lammpstrj     | species A (91 A, 37 B)",
        "single-quotes.extxyz          | species A (91 A, 37 B)",
        "lattice-in-brackets.extxyz    | species A (91 A, 37 B)",
        "left-handed.extxyz            | species A (91 A, 37 B)",
      })
  void monitor_fileThatCanBeRead_hasThePHopOfTheReference(String file, String who)
      throws Exception {
    Path hops = folder.resolve("hops.h5");
    Ran ran =
        monitor("replay:" + DATA.resolve(file) + "?T=0.6&dt=0.005", "--export", "hops=" + hops);
    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(ran.err()).contains(who);
    assertThat(ran.json().get("frames").asInt()).isEqualTo(24);
    assertThat(ran.json().get("windows").asInt()).isEqualTo(14);
    assertThat(ran.json().get("dead_letters").asInt()).isZero();
    double[][] reference = MonitorIT.referencePHop();
    int firstId = file.endsWith(".gsd") ? 0 : 1;
    try (HdfFile exported = new HdfFile(hops)) {
      double[][] pHop = (double[][]) exported.getDatasetByPath("p_hop").getData();
      int[] particles = (int[]) exported.getDatasetByPath("particle").getData();
      assertThat(particles).hasSize(91);
      for (int f = 0; f < pHop.length; f++) {
        for (int i = 0; i < particles.length; i++) {
          assertThat(pHop[f][i])
              .isCloseTo(
                  reference[f + FIRST_WINDOW][particles[i] - firstId], within(P_HOP_TOLERANCE));
        }
      }
    }
  }

  @Test
  void monitor_otherUnitsThatAreGiven_areConvertedAndKept() throws Exception {
    Ran ran =
        monitor(
            "replay:" + DATA.resolve("edges-nm.h5") + "?T=0.6&length=0.5&time=2&interval=0.5",
            "--export",
            "hops=" + folder.resolve("hops.h5"),
            "--window",
            "5",
            "--lag",
            "1",
            "--tail-fraction",
            "0.05");
    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(ran.json().get("windows").asInt()).isEqualTo(14);
    assertThat(Files.readString(folder.resolve("run/run.json"))).contains("length=0.5", "time=2");
    for (String file : List.of("hops.h5", "run/training/fluidity.h5")) {
      try (HdfFile exported = new HdfFile(folder.resolve(file))) {
        assertThat(exported.getAttribute("units edges-nm").getData())
            .isEqualTo("length=0.5, time=2 of the input");
      }
    }
  }

  @Test
  void monitor_lastLineWithoutEnd_isOneDeadLetterThatSaysSo() throws Exception {
    Ran ran = monitor("replay:" + DATA.resolve("no-final-newline.extxyz") + "?T=0.6&dt=0.005");
    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(ran.json().get("frames").asInt()).isEqualTo(23);
    assertThat(ran.json().get("dead_letters").asInt()).isEqualTo(1);
  }

  @Test
  void monitor_oddNames_areReadEncodedAndAsTheyAre() throws Exception {
    // Java takes letters beyond ASCII in names only where the locale has them.
    boolean all = System.getProperty("sun.jnu.encoding").equals("UTF-8");
    Path odd = Files.createDirectories(folder.resolve("a b&c%25d#e?f" + (all ? " ü" : "")));
    Files.copy(DATA.resolve("type-zero-based.lammpstrj"), odd.resolve("run 1.lammpstrj"));
    String encoded = "a%20b%26c%2525d%23e%3Ff" + (all ? "%20%C3%BC" : "") + "/run%201";
    for (String name : List.of(odd.getFileName() + "/run 1", encoded)) {
      Ran ran = monitor("replay:" + folder + "/" + name + ".lammpstrj?T=0.6&dt=0.005", "--fresh");
      assertThat(ran.exit()).as(ran.err()).isZero();
      assertThat(ran.json().get("windows").asInt()).isEqualTo(14);
    }
    Ran missing = monitor("replay:" + folder + "/what?.gsd?T=0.6");
    assertThat(missing.err()).contains("in a file name ? is written %3F");
  }

  @Test
  void monitor_featuresOfATimeWithoutWindow_areToldNotThere() {
    Ran ran =
        monitor(
            "replay:" + DATA.resolve("small-large.gsd") + "?T=0.6&dt=0.005",
            "--export",
            "features=" + folder.resolve("features.h5"),
            "--at",
            "10,19");
    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(ran.err())
        .contains("no features at 19.0 tau: expected a complete window, with all frames from 16.0");
  }
}
