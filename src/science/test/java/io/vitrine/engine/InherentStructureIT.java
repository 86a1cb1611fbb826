package io.vitrine.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vitrine.TestData;
import io.vitrine.format.ReadPosition;
import io.vitrine.format.ReaderOptions;
import io.vitrine.format.TrajectoryReader;
import io.vitrine.format.trajectory.Trajectories;
import io.vitrine.model.Frame;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Inherent structures against LAMMPS {@code minimize} (29 Sep 2021). */
final class InherentStructureIT {
  private static final Path LMP = Path.of("/usr/bin/lmp");
  private static final Pattern ENERGY = Pattern.compile("ENERGY (\\S+) (\\S+)");

  /** Forces of 1e-5 leave an energy 1e-9 a particle above the minimum. */
  private static final double SAME = 1e-7;

  @TempDir Path dir;

  private static List<Frame> thermal(int... ordinals) throws IOException {
    List<Frame> frames = new ArrayList<>();
    try (TrajectoryReader reader =
        Trajectories.open(
            TestData.file("ka512/ka512_T0.60.lammpstrj"),
            ReaderOptions.finished("ka", 0.005),
            ReadPosition.START)) {
      List<Frame> all = new ArrayList<>();
      for (Frame f = reader.next(); f != null; f = reader.next()) {
        all.add(f);
      }
      for (int k : ordinals) {
        frames.add(all.get(k));
      }
    }
    return frames;
  }

  /** Energies a particle of a configuration as LAMMPS has it, before and after minimize. */
  private double[] minimize(Frame frame) throws Exception {
    StringBuilder data = new StringBuilder("a configuration\n\n");
    data.append(frame.count()).append(" atoms\n2 atom types\n");
    for (String axis : List.of("x", "y", "z")) {
      data.append(String.format(Locale.ROOT, "0 %.17g %slo %shi\n", frame.box().lx(), axis, axis));
    }
    data.append("\nMasses\n\n1 1\n2 1\n\nAtoms\n\n");
    for (int i = 0; i < frame.count(); i++) {
      data.append(i + 1).append(' ').append(frame.particles().types()[i] + 1);
      for (int d = 0; d < 3; d++) {
        data.append(String.format(Locale.ROOT, " %.17g", frame.positions()[3 * i + d]));
      }
      data.append('\n');
    }
    Files.writeString(dir.resolve("start.data"), data);
    Path input =
        Files.writeString(
            dir.resolve("in.min"),
            "units lj\natom_style atomic\nread_data start.data\ninclude "
                + TestData.file("ka512/ka.inc")
                + "\nneighbor 0.3 bin\nthermo_modify norm yes\nvariable e equal pe\n"
                + "run 0\nvariable before equal $(pe:%.17g)\n"
                + "min_style cg\nminimize 0 1e-7 100000 1000000\n"
                + "print \"ENERGY ${before} $(pe:%.17g)\"\n");
    Process lmp =
        new ProcessBuilder(LMP.toString(), "-in", input.toString(), "-log", "none")
            .directory(dir.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(lmp.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    lmp.waitFor();
    Matcher found = ENERGY.matcher(said);
    double[] energies = null;
    while (found.find()) {
      if (!found.group(1).startsWith("$")) {
        energies =
            new double[] {Double.parseDouble(found.group(1)), Double.parseDouble(found.group(2))};
      }
    }
    assertThat(energies).as(said).isNotNull();
    return energies;
  }

  /** Our minimum is one for LAMMPS too: it has the same energy there and finds nothing lower. */
  @Test
  void of_thermalFrames_areMinimaOfLammps() throws Exception {
    Assumptions.assumeTrue(Files.exists(LMP), "skipped: /usr/bin/lmp is not there");
    for (Frame frame : thermal(0, 30, 60)) {
      InherentStructure ours = InherentStructure.of(frame, Interactions.kobAndersen());
      double energy = ours.energy() / frame.count();
      double[] theirs = minimize(ours.frame());
      assertThat(theirs[0]).isCloseTo(energy, within(SAME));
      assertThat(theirs[1]).isCloseTo(energy, within(SAME));
    }
  }

  /**
   * From the same thermal frames LAMMPS arrives at the same minima mostly; which basin a path of
   * finite steps ends in is a matter of the path, so one of five may differ, by little.
   */
  @Test
  void of_thermalFrames_endWhereLammpsEnds() throws Exception {
    Assumptions.assumeTrue(Files.exists(LMP), "skipped: /usr/bin/lmp is not there");
    double ours = 0;
    double theirs = 0;
    int same = 0;
    List<Frame> frames = thermal(0, 15, 30, 45, 60);
    for (Frame frame : frames) {
      InherentStructure found = InherentStructure.of(frame, Interactions.kobAndersen());
      double energy = found.energy() / frame.count();
      double[] lammps = minimize(frame);
      assertThat(lammps[1]).isCloseTo(energy, within(0.02));
      same += Math.abs(lammps[1] - energy) < SAME ? 1 : 0;
      ours += energy / frames.size();
      theirs += lammps[1] / frames.size();
    }
    assertThat(ours).isCloseTo(theirs, within(0.005));
    assertThat(same).isGreaterThanOrEqualTo(frames.size() - 1);
  }
}
