package io.vitrine.format.lammps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vitrine.FreePort;
import io.vitrine.TestData;
import io.vitrine.format.Peer;
import io.vitrine.format.Read;
import io.vitrine.format.ReadPosition;
import io.vitrine.format.ReaderOptions;
import io.vitrine.format.TrajectoryReader;
import io.vitrine.format.imd.ImdSource;
import io.vitrine.format.imd.ImdSpool;
import io.vitrine.format.trajectory.Trajectories;
import io.vitrine.format.trajectory.TypesFile;
import io.vitrine.model.Frame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real LAMMPS writes dumps that are followed, and serves IMD. */
final class LammpsLiveIT {
  private static final String HOST = "127.0.0.1";

  @TempDir Path dir;

  private String setUp(String commands) throws IOException {
    Path include = TestData.file("ka512/ka.inc");
    return "units lj\natom_style atomic\nread_data "
        + TestData.file("imd/start512.data")
        + "\ninclude "
        + include
        + "\nneighbor 0.3 bin\ntimestep 0.005\nfix 1 all nvt temp 0.6 0.6 0.5\nthermo 1000\n"
        + commands;
  }

  private Process start(String commands) throws IOException {
    Path input = Files.writeString(dir.resolve("in.lmp"), setUp(commands));
    return new ProcessBuilder("/usr/bin/lmp", "-in", input.toString(), "-log", "none")
        .directory(dir.toFile())
        .redirectErrorStream(true)
        .redirectOutput(dir.resolve("lmp.out").toFile())
        .start();
  }

  private static List<Frame> follow(Path path, int count) throws Exception {
    List<Frame> frames = new ArrayList<>();
    try (TrajectoryReader reader =
        Trajectories.open(path, ReaderOptions.growing("s", 0.005), ReadPosition.START)) {
      Peer.readAll(reader, count, frames);
    }
    return frames;
  }

  private void finish(Process lmp) throws Exception {
    try {
      lmp.waitFor();
      assertThat(lmp.exitValue()).as(Files.readString(dir.resolve("lmp.out"))).isZero();
    } finally {
      lmp.destroyForcibly();
    }
  }

  @Test
  void follow_dumpsOfEveryKind_givesTheSameRun() throws Exception {
    Peer.needLammps();
    Process lmp =
        start(
            "dump a all custom 20 a.dump id type x y z ix iy iz\n"
                + "dump_modify a format float %.9g units yes time yes\n"
                + "dump b all custom 20 b.dump type xsu ysu zsu id\n"
                + "dump_modify b format float %.9g\n"
                + "dump c all custom/gz 20 c.dump.gz id type xs ys zs ix iy iz\n"
                + "dump_modify c format float %.9g\n"
                + "dump d all custom 20 d.dump element id xu yu zu vx vy vz\n"
                + "dump_modify d format float %.9g element A B append yes\n"
                + "run 1000\nrun 1000\n");
    List<Frame> a;
    try {
      a = follow(dir.resolve("a.dump"), 101);
    } finally {
      finish(lmp);
    }
    assertThat(a).hasSize(101);
    for (String name : List.of("b.dump", "c.dump.gz", "d.dump")) {
      List<Frame> other = Read.all(dir.resolve(name), 0.005);
      assertThat(other).as(name).hasSize(101);
      for (int k = 0; k < 101; k++) {
        assertThat(other.get(k).particles()).isEqualTo(a.get(k).particles());
        assertThat(other.get(k).time()).isCloseTo(a.get(k).time(), within(1e-9));
        for (int i = 0; i < 3 * 512; i++) {
          assertThat(Read.unwrapped(other.get(k), i))
              .isCloseTo(Read.unwrapped(a.get(k), i), within(1e-6));
        }
      }
    }
  }

  @Test
  void spool_imdOfLammps_equalsTheDumpAndTheRunEndsWell() throws Exception {
    Peer.needLammps();
    int port = FreePort.find();
    Process lmp =
        start(
            "fix live all imd "
                + port
                + " trate 50 unwrap on nowait off\n"
                + "dump m all custom 50 m.dump id type xu yu zu\n"
                + "dump_modify m sort id format float %.9g\nrun 1000\n");
    Path spooled = dir.resolve("spool.gsd");
    TypesFile types = TypesFile.read(TestData.file("imd/start512.data"));
    try {
      ImdSource source = new ImdSource(HOST, port, "s", types, 1, Double.NaN);
      try (ImdSpool spool = ImdSpool.start(source, spooled, Long.MAX_VALUE)) {
        assertThat(follow(spooled, 20)).hasSize(20);
        assertThat(spool.state().failure()).isNull();
      }
    } finally {
      finish(lmp);
    }
    List<Frame> frames = Read.all(spooled, Double.NaN);
    List<Frame> dump = Read.all(dir.resolve("m.dump"), 0.02);
    assertThat(frames).hasSize(20);
    double edge = types.box().lx();
    for (int k = 0; k < 20; k++) {
      assertThat(frames.get(k).time()).isEqualTo(dump.get(k + 1).time());
      for (int i = 0; i < 3 * 512; i++) {
        double d = Read.unwrapped(frames.get(k), i) - Read.unwrapped(dump.get(k + 1), i);
        assertThat(d - edge * Math.rint(d / edge)).isCloseTo(0, within(1e-5));
      }
    }
  }
}
