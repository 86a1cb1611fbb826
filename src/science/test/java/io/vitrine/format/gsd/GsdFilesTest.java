package io.vitrine.format.gsd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.vitrine.format.BadFrameException;
import io.vitrine.format.Frames;
import io.vitrine.format.Read;
import io.vitrine.format.ReadPosition;
import io.vitrine.format.ReaderOptions;
import io.vitrine.format.TrajectoryReader;
import io.vitrine.format.TrajectoryWriter;
import io.vitrine.model.Box;
import io.vitrine.model.Frame;
import io.vitrine.model.Particles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GsdFilesTest {
  @TempDir Path dir;

  private Path path() {
    return dir.resolve("run.gsd");
  }

  private static void write(TrajectoryWriter writer, List<Frame> frames) throws IOException {
    for (Frame frame : frames) {
      writer.write(frame);
    }
  }

  private static Frame still(double[] xyz, Box box) {
    return Frame.of("s")
        .at(1, 0.5)
        .box(box)
        .particles(Particles.numbered(0, new byte[xyz.length / 3]))
        .unwrapped(xyz)
        .build();
  }

  @Test
  void append_afterSomeFrames_isAsIfNeverStopped() throws IOException {
    List<Frame> frames = Frames.walk(1, 10, 120, 0, false);
    try (GsdWriter writer = GsdWriter.create(path())) {
      write(writer, frames);
    }
    for (int kept : new int[] {119, 57, 1, 0}) {
      try (GsdWriter writer = GsdWriter.append(path(), kept)) {
        assertThat(writer.frames()).isEqualTo(kept);
        assertThat(Read.all(path(), Frames.DT)).isEqualTo(frames.subList(0, kept));
        write(writer, frames.subList(kept, frames.size()));
      }
      assertThat(Read.all(path(), Frames.DT)).isEqualTo(frames);
    }
    assertThatThrownBy(() -> GsdWriter.append(path(), 121))
        .hasMessageContaining("expected at least 121 frames, found 120");
  }

  @Test
  void write_unwrappedInTriclinicBox_comesBackByTheEdges() throws IOException {
    Box box = Box.triclinic(4, 5, 6, 1, -2, 0.5).at(1, 2, 3);
    double[] xyz = {40.25, -31.5, 77, 1, 2, 3, 0.5, 8, -9};
    try (GsdWriter writer = GsdWriter.create(path())) {
      writer.write(still(xyz, box));
    }
    Frame read = Read.all(path(), 0.5).get(0);
    Box b = read.box();
    assertThat(b.xy()).isCloseTo(1, within(1e-6));
    assertThat(b.xz()).isCloseTo(-2, within(1e-6));
    assertThat(b.yz()).isCloseTo(0.5, within(1e-6));
    for (int i = 0; i < xyz.length; i += 3) {
      int[] im = read.images();
      double[] p = read.positions();
      double x = p[i] + im[i] * b.lx() + im[i + 1] * b.xy() + im[i + 2] * b.xz();
      double y = p[i + 1] + im[i + 1] * b.ly() + im[i + 2] * b.yz();
      double z = p[i + 2] + im[i + 2] * b.lz();
      assertThat(x - b.originX()).isCloseTo(xyz[i] - 1, within(1e-4));
      assertThat(y - b.originY()).isCloseTo(xyz[i + 1] - 2, within(1e-4));
      assertThat(z - b.originZ()).isCloseTo(xyz[i + 2] - 3, within(1e-4));
      double fraction = (p[i + 2] - b.originZ()) / b.lz();
      assertThat(fraction).isBetween(0.0, 1.0);
    }
  }

  @Test
  void write_particleAtTheUpperFace_liesBelowIt() throws IOException {
    double edge = 7.1;
    double[] xyz = {Math.nextDown(edge), edge, -1e-12, 0, 0, 0};
    try (GsdWriter writer = GsdWriter.create(path())) {
      writer.write(still(xyz, Box.cube(edge)));
    }
    Frame read = Read.all(path(), 0.5).get(0);
    for (int i = 0; i < xyz.length; i++) {
      assertThat((float) read.positions()[i]).isLessThan((float) edge / 2);
      assertThat(Read.unwrapped(read, i)).isCloseTo(xyz[i], within(1e-6));
    }
  }

  @Test
  void write_idsNotCounted_comeBack() throws IOException {
    Frame frame =
        still(new double[6], Box.cube(3)).toBuilder()
            .particles(Particles.of(new int[] {4, 9}, new byte[] {1, 0}))
            .build();
    try (GsdWriter writer = GsdWriter.create(path())) {
      writer.write(frame);
    }
    assertThat(Read.all(path(), 0.5).get(0).particles()).isEqualTo(frame.particles());
  }

  @Test
  void write_fieldsNotThoseOfFrame0_areRefused() throws IOException {
    Frame frame = still(new double[6], Box.cube(3));
    try (GsdWriter writer = GsdWriter.create(path())) {
      writer.write(frame, Map.of("p_hop", new double[] {1, 2}));
      assertThatThrownBy(() -> writer.write(frame))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("[p_hop]");
      assertThatThrownBy(() -> writer.write(frame, Map.of("p_hop", new double[3])))
          .hasMessageContaining("must have 2 entries, but had 3");
      writer.write(frame, Map.of("p_hop", new double[] {3, 4}));
    }
    try (GsdWriter writer = GsdWriter.append(path(), 1)) {
      assertThatThrownBy(() -> writer.write(frame)).hasMessageContaining("[p_hop]");
      writer.write(frame, Map.of("p_hop", new double[] {3, 4}));
    }
    assertThat(Read.all(path(), 0.5)).hasSize(2);
  }

  @Test
  void next_imagesOnlyInFrame0_countOnlyThere() throws IOException {
    List<Frame> frames = Frames.walk(2, 10, 2, 0, false);
    try (GsdWriter writer = GsdWriter.create(path())) {
      writer.write(frames.get(0));
      Frame bare = frames.get(1).toBuilder().wrapped(frames.get(1).positions(), null).build();
      writer.write(bare.toBuilder().velocities(null).build());
    }
    List<Frame> read = Read.all(path(), Frames.DT);
    assertThat(read.get(0).images()).isEqualTo(frames.get(0).images());
    assertThat(read.get(1).images()).isNull();
    assertThat(read.get(1).velocities()).isNull();
  }

  @Test
  void next_dataWithoutIndexEntries_areNoFrame() throws IOException {
    List<Frame> frames = Frames.walk(3, 10, 3, 0, false);
    try (GsdWriter writer = GsdWriter.create(path())) {
      write(writer, frames);
    }
    byte[] bytes = Files.readAllBytes(path());
    Files.write(path(), Arrays.copyOf(bytes, bytes.length + 1000));
    assertThat(Read.all(path(), Frames.DT)).hasSize(3);
  }

  @Test
  void next_chunkBeyondTheFile_isABadFrameAmongGoodOnes() throws IOException {
    List<Frame> frames = Frames.walk(3, 10, 3, 0, false);
    try (GsdWriter writer = GsdWriter.create(path())) {
      write(writer, frames);
    }
    changeEntry(1, GsdSchema.POSITION, e -> e.putLong(16, 1L << 40));
    try (TrajectoryReader reader =
        GsdReader.open(path(), ReaderOptions.finished("s", Frames.DT), ReadPosition.START)) {
      assertThat(reader.next()).isEqualTo(frames.get(0));
      assertThatThrownBy(reader::next)
          .isInstanceOf(BadFrameException.class)
          .hasMessageContaining("within the file's");
      ReadPosition position = reader.position();
      assertThat(reader.next()).isEqualTo(frames.get(2));
      try (TrajectoryReader resumed =
          GsdReader.open(path(), ReaderOptions.growing("s", Frames.DT), position)) {
        resumed.next();
        assertThat(resumed.next()).isEqualTo(frames.get(2));
      }
    }
  }

  @Test
  void next_hugeCounts_allocateNothing() throws IOException {
    try (GsdWriter writer = GsdWriter.create(path())) {
      write(writer, Frames.walk(3, 10, 1, 0, false));
    }
    for (long rows : new long[] {-1, Long.MAX_VALUE, Integer.MAX_VALUE, 1L << 33}) {
      changeEntry(0, GsdSchema.POSITION, e -> e.putLong(8, rows));
      assertThatThrownBy(() -> Read.all(path(), Frames.DT))
          .isInstanceOf(BadFrameException.class)
          .hasMessageContaining("expected");
    }
    byte[] bytes = Files.readAllBytes(path());
    for (int at : new int[] {8, 16, 24, 32}) {
      byte[] hostile = bytes.clone();
      ByteBuffer.wrap(hostile).order(ByteOrder.LITTLE_ENDIAN).putLong(at, Long.MAX_VALUE / 32);
      Path path = Files.write(dir.resolve("hostile.gsd"), hostile);
      assertThatThrownBy(() -> Read.all(path, Frames.DT))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("within the file's");
    }
  }

  private interface Change {
    void apply(ByteBuffer entry);
  }

  private void changeEntry(long frame, String name, Change change) throws IOException {
    byte[] bytes = Files.readAllBytes(path());
    try (GsdFile file = GsdFile.open(path())) {
      assertThat(file.refresh()).isNull();
      for (long i = file.firstEntry(frame); file.entry(i) != null; i++) {
        if (file.entry(i).id() == file.id(name)) {
          ByteBuffer entry =
              ByteBuffer.wrap(bytes, (int) file.entryLocation(i), GsdEntry.SIZE)
                  .slice()
                  .order(ByteOrder.LITTLE_ENDIAN);
          change.apply(entry);
          break;
        }
      }
    }
    Files.write(path(), bytes);
  }
}
