package io.vitrine.format.imd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vitrine.FreePort;
import io.vitrine.Patience;
import io.vitrine.TestData;
import io.vitrine.format.Read;
import io.vitrine.format.ReadPosition;
import io.vitrine.format.ReaderOptions;
import io.vitrine.format.TrajectoryReader;
import io.vitrine.format.trajectory.Trajectories;
import io.vitrine.format.trajectory.TypesFile;
import io.vitrine.model.Frame;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ImdSpoolTest {
  private static final ByteOrder LITTLE = ByteOrder.LITTLE_ENDIAN;
  private static final String HOST = "127.0.0.1";
  private static final int GO = 3;
  private static final int DISCONNECT = 0;

  @TempDir Path dir;

  @ParameterizedTest
  @CsvSource({
    "imd_n512_unwrapped_8frames.bin, imd_n512_unwrapped.dump, 8",
    "imd_n512_wrapped_6frames.bin, imd_n512_wrapped.dump, 6"
  })
  void spool_capturedStreamOfLammps_equalsItsDump(String capture, String dump, int count)
      throws Exception {
    byte[] bytes = Files.readAllBytes(TestData.file("imd/" + capture));
    byte[] greeting = Arrays.copyOf(bytes, 8);
    byte[] stream = Arrays.copyOfRange(bytes, 8, bytes.length);
    TypesFile types = TypesFile.read(TestData.file("imd/start512.data"));
    Path spooled = dir.resolve("spool.gsd");
    try (FakeImdServer server = new FakeImdServer(greeting, stream, 1000, false);
        ImdSpool spool = spool(server, types, 1, spooled, Long.MAX_VALUE)) {
      await(spool);
      assertThat(server.received()).containsExactly(GO, DISCONNECT);
      assertThat(spool.state())
          .isEqualTo(new ImdSpool.State(count, 0, 0, 0, 1, "ended", true, null));
    }
    List<Frame> frames = Read.all(spooled, Double.NaN);
    assertThat(frames).hasSize(count);
    List<Frame> expected = Read.all(TestData.file("imd/" + dump), 1);
    for (int k = 0; k < count; k++) {
      Frame frame = frames.get(k);
      // The dump also holds step 0, which LAMMPS does not send.
      Frame same = expected.get(k + expected.size() - frames.size() >= 0 ? k + 1 : k);
      assertThat(frame.time()).isEqualTo(k + 1);
      assertThat(frame.particles()).isEqualTo(same.particles());
      double edge = same.box().lx();
      for (int i = 0; i < 3 * 512; i++) {
        double d = Read.unwrapped(frame, i) - Read.unwrapped(same, i);
        assertThat(d - edge * Math.rint(d / edge)).isCloseTo(0, within(2e-6));
      }
    }
  }

  private static ImdSpool spool(
      FakeImdServer server, TypesFile types, double every, Path path, long mostBytes) {
    return ImdSpool.start(source(server.port(), types, every, 0), path, mostBytes);
  }

  private static ImdSource source(int port, TypesFile types, double every, double patience) {
    return new ImdSource(HOST, port, "s", types, every, patience);
  }

  private static void await(ImdSpool spool) throws Exception {
    Patience.until(() -> spool.state().ended());
  }

  private TypesFile twoParticles() throws IOException {
    Path data = dir.resolve("two.data");
    Files.writeString(
        data,
        "two\n\n2 atoms\n2 atom types\n0 4 xlo xhi\n0 5 ylo yhi\n0 6 zlo zhi\n\nAtoms # atomic\n\n"
            + "2 2 0 0 0\n1 1 1 1 1\n");
    return TypesFile.read(data);
  }

  @Test
  void spool_version3_keepsStepTimeBoxAndImages() throws Exception {
    Path spooled = dir.resolve("spool.gsd");
    byte[] stream = ImdStreams.version3(LITTLE, 200, 400, 600);
    try (FakeImdServer server =
            new FakeImdServer(ImdStreams.greeting3(LITTLE, 0), stream, 33, true);
        ImdSpool spool = spool(server, twoParticles(), 1, spooled, 1 << 20)) {
      TrajectoryReader reader =
          Trajectories.open(
              spool.path(), ReaderOptions.growing("s", Double.NaN), ReadPosition.START);
      Frame frame = null;
      for (int k = 0; k < 3; k++) {
        frame = reader.next();
        while (frame == null) {
          frame = reader.next();
        }
        assertThat(frame.step()).isEqualTo(200L * (k + 1));
        assertThat(frame.time()).isEqualTo(k + 1);
      }
      assertThat(frame.box().xy()).isCloseTo(1, within(1e-6));
      assertThat(frame.images()[0]).isEqualTo(149);
      assertThat(frame.velocities()[5]).isEqualTo(-1);
      assertThat(frame.particles().ids()).containsExactly(1, 2);
      reader.close();
    }
  }

  @Test
  void spool_startedAgain_goesOnBehindItsLastFrame() throws Exception {
    Path spooled = dir.resolve("spool.gsd");
    for (int run = 1; run <= 2; run++) {
      byte[] stream = FakeImdServer.floats(2, 2, LITTLE, run, 1, 1, 1, 1, 1);
      byte[] greeting = FakeImdServer.greeting(2, LITTLE);
      try (FakeImdServer server = new FakeImdServer(greeting, stream, 99, false);
          ImdSpool spool = spool(server, twoParticles(), 0.5, spooled, 1 << 20)) {
        await(spool);
        assertThat(spool.state().frames()).isEqualTo(run);
      }
    }
    List<Frame> frames = Read.all(spooled, Double.NaN);
    assertThat(frames).extracting(Frame::time).containsExactly(0.5, 1.0);
  }

  @Test
  void spool_nobodyListensYet_waitsAndSaysSo() throws Exception {
    int port = FreePort.find();
    byte[] frame = FakeImdServer.floats(2, 2, LITTLE, 1, 1, 1, 1, 1, 1);
    Path spooled = dir.resolve("spool.gsd");
    try (ImdSpool spool =
        ImdSpool.start(source(port, twoParticles(), 1, 0), spooled, Long.MAX_VALUE)) {
      while (!spool.state().status().contains("waiting for an engine")) {
        Thread.onSpinWait();
      }
      assertThat(spool.state().ended()).isFalse();
      byte[] greeting = FakeImdServer.greeting(2, LITTLE);
      try (FakeImdServer server = new FakeImdServer(port, greeting, frame, 99, false)) {
        await(spool);
        assertThat(server.received()).containsExactly(GO, DISCONNECT);
      }
      assertThat(spool.state().frames()).isEqualTo(1);
    }
  }

  @Test
  void spool_engineComesBack_goesOnAndNotesThePlace() throws Exception {
    byte[] frame = FakeImdServer.floats(2, 2, LITTLE, 1, 1, 1, 1, 1, 1);
    byte[] greeting = FakeImdServer.greeting(2, LITTLE);
    Path spooled = dir.resolve("spool.gsd");
    FakeImdServer first = new FakeImdServer(greeting, frame, 99, false);
    try (ImdSpool spool =
        ImdSpool.start(
            source(first.port(), twoParticles(), 1, Double.NaN), spooled, Long.MAX_VALUE)) {
      assertThat(first.received()).containsExactly(GO, DISCONNECT);
      first.close();
      try (FakeImdServer second = new FakeImdServer(first.port(), greeting, frame, 99, false)) {
        await(spool);
        assertThat(second.received()).containsExactly(GO, DISCONNECT);
      }
      assertThat(spool.state().connections()).isEqualTo(2);
      assertThat(spool.note(0)).isNull();
      assertThat(spool.note(1)).contains("a new connection begins here");
    }
    assertThat(Read.all(spooled, Double.NaN)).extracting(Frame::time).containsExactly(1.0, 2.0);
  }

  @Test
  void spool_ownedByAnother_isNotConnectedTo() throws Exception {
    byte[] frame = FakeImdServer.floats(2, 2, LITTLE, 1, 1, 1, 1, 1, 1);
    byte[] greeting = FakeImdServer.greeting(2, LITTLE);
    Path spooled = dir.resolve("spool.gsd");
    try (FakeImdServer server = new FakeImdServer(greeting, frame, 99, true);
        FakeImdServer other = new FakeImdServer(greeting, frame, 99, true);
        ImdSpool owner = spool(server, twoParticles(), 1, spooled, 1 << 20)) {
      while (owner.state().frames() == 0) {
        Thread.onSpinWait();
      }
      try (ImdSpool second = spool(other, twoParticles(), 1, spooled, 1 << 20)) {
        while (!second.state().status().contains("another process")) {
          Thread.onSpinWait();
        }
        assertThat(second.state().connections()).isZero();
      }
      assertThat(other.connected()).isFalse();
    }
  }

  @Test
  void spool_framesLeftOut_areCountedByStep() throws Exception {
    byte[] stream = ImdStreams.version3(LITTLE, 200, 400, 1000, 1200, 200, 400);
    try (FakeImdServer server =
            new FakeImdServer(ImdStreams.greeting3(LITTLE, 1), stream, 1000, false);
        ImdSpool spool = spool(server, twoParticles(), 1, dir.resolve("s.gsd"), 1 << 20)) {
      await(spool);
      assertThat(spool.state().missing()).isEqualTo(2);
      assertThat(spool.state().rewinds()).isEqualTo(1);
    }
  }

  @Test
  void spool_reachesItsSize_takesLeaveAndSaysSo() throws Exception {
    byte[] stream = ImdStreams.version3(LITTLE, LongStream.range(1, 500).toArray());
    try (FakeImdServer server =
            new FakeImdServer(ImdStreams.greeting3(LITTLE, 1), stream, 1000, true);
        ImdSpool spool = spool(server, twoParticles(), 1, dir.resolve("s.gsd"), 20_000)) {
      await(spool);
      assertThat(spool.state().failure()).contains("20000 bytes");
      assertThat(server.received()).endsWith(DISCONNECT).doesNotContain(5);
    }
  }

  @Test
  void spool_closedWhileTheEngineGoesOn_takesLeave() throws Exception {
    byte[] stream = ImdStreams.version3(LITTLE, 1);
    try (FakeImdServer server =
        new FakeImdServer(ImdStreams.greeting3(LITTLE, 1), stream, 1000, true)) {
      try (ImdSpool spool = spool(server, twoParticles(), 1, dir.resolve("s.gsd"), 1 << 20)) {
        while (spool.state().frames() == 0) {
          Thread.onSpinWait();
        }
        assertThat(spool.state().status()).isEqualTo("connected, IMD version 3");
      }
      assertThat(server.received()).containsExactly(GO, DISCONNECT);
    }
  }
}
