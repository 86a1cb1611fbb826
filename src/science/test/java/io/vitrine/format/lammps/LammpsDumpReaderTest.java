package io.vitrine.format.lammps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.vitrine.format.BadFrameException;
import io.vitrine.format.Frames;
import io.vitrine.format.Read;
import io.vitrine.format.ReadPosition;
import io.vitrine.format.ReaderOptions;
import io.vitrine.format.TrajectoryReader;
import io.vitrine.format.trajectory.Trajectories;
import io.vitrine.model.Box;
import io.vitrine.model.Frame;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LammpsDumpReaderTest {
  private static final String ORTHOGONAL = "ITEM: BOX BOUNDS pp pp pp\n-1 3\n0 5\n2 8\n";

  @TempDir Path dir;

  private Path write(String text) throws IOException {
    return Files.writeString(dir.resolve("run.dump"), text);
  }

  private static String frame(long step, String box, String columns, String... rows) {
    return "ITEM: TIMESTEP\n"
        + step
        + "\nITEM: NUMBER OF ATOMS\n"
        + rows.length
        + "\n"
        + box
        + "ITEM: ATOMS "
        + columns
        + "\n"
        + String.join("\n", rows)
        + "\n";
  }

  private Frame one(String text) throws IOException {
    List<Frame> frames = Read.all(write(text), 0.5);
    assertThat(frames).hasSize(1);
    return frames.get(0);
  }

  @Test
  void next_columnsAndRowsInAnyOrder_sortsById() throws IOException {
    Frame f =
        one(
            frame(
                4,
                ORTHOGONAL,
                "vz iz y q type ix x vy id z vx iy",
                "0.3 7 4 9 2 -1 1 0.2 30 5 0.1 8",
                "0.6 0 2 9 1 0 -0.5 0.5 10 3 0.4 1"));
    assertThat(f.time()).isEqualTo(2);
    assertThat(f.particles().ids()).containsExactly(10, 30);
    assertThat(f.particles().types()).containsExactly(0, 1);
    assertThat(f.positions()).containsExactly(-0.5, 2, 3, 1, 4, 5);
    assertThat(f.images()).containsExactly(0, 1, 0, -1, 8, 7);
    assertThat(f.velocities()).containsExactly(0.4, 0.5, 0.6, 0.1, 0.2, 0.3);
    assertThat(f.box()).isEqualTo(Box.orthogonal(4, 5, 6).at(-1, 0, 2));
  }

  @Test
  void next_elementColumn_namesSpecies() throws IOException {
    Frame f = one(frame(0, ORTHOGONAL, "id element xu yu zu", "2 B 9 9 9", "1 A 1 1 1"));
    assertThat(f.particles().types()).containsExactly(0, 1);
    assertThat(f.unwrapped()).isTrue();
  }

  @Test
  void next_scaledInTriclinicBox_followsTheEdges() throws IOException {
    // Edges (4,0,0), (1,5,0), (-2,0.5,6) at (1,2,3): bounds as LAMMPS writes them.
    String box = "ITEM: BOX BOUNDS xy xz yz pp pp pp\n-1 6 1\n2 7.5 -2\n3 9 0.5\n";
    Frame f = one(frame(0, box, "id type xs ys zs", "1 1 0.5 0.25 0.75"));
    assertThat(f.box()).isEqualTo(Box.triclinic(4, 5, 6, 1, -2, 0.5).at(1, 2, 3));
    assertThat(f.positions())
        .containsExactly(
            new double[] {1 + 2 + 0.25 - 1.5, 2 + 1.25 + 0.375, 3 + 4.5}, within(1e-12));
    assertThat(f.unwrapped()).isFalse();
    Frame u = one(frame(0, box, "id type xsu ysu zsu", "1 1 1.5 0.25 0.75"));
    assertThat(u.unwrapped()).isTrue();
    assertThat(u.positions()[0]).isCloseTo(f.positions()[0] + 4, within(1e-12));
  }

  @Test
  void next_generalBox_isRotatedAndKeepsDistances() throws IOException {
    // The edges of an orthogonal 4 x 5 x 6 box turned by 90 degrees about z.
    String box = "ITEM: BOX BOUNDS abc origin pp pp pp\n0 4 0 1\n-5 0 0 2\n0 0 6 3\n";
    Frame f = one(frame(0, box, "id type x y z vx vy vz", "1 1 -1 4 5 -1 2 3"));
    assertThat(f.box().lx()).isCloseTo(4, within(1e-12));
    assertThat(f.box().ly()).isCloseTo(5, within(1e-12));
    assertThat(f.box().lz()).isCloseTo(6, within(1e-12));
    assertThat(f.box().xy()).isCloseTo(0, within(1e-12));
    // From the corner: (-2, 2, 2) there is 2 along a, 2 along b, 2 along c.
    assertThat(f.positions()[0] - f.box().originX()).isCloseTo(2, within(1e-12));
    assertThat(f.positions()[1] - f.box().originY()).isCloseTo(2, within(1e-12));
    assertThat(f.positions()[2] - f.box().originZ()).isCloseTo(2, within(1e-12));
    assertThat(f.velocities()).containsExactly(new double[] {2, 1, 3}, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({
    "'type x y z', id",
    "'id x y z', type or element",
    "'id type x y', x y z",
    "'id type x ys zu', x y z"
  })
  void next_columnMissing_saysWhichAndEnds(String columns, String expected) throws IOException {
    Path path = write(frame(0, ORTHOGONAL, columns, "1 1 1 1"));
    assertThatThrownBy(() -> Read.all(path, 0.5))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(BadFrameException.class)
        .hasMessageContaining(expected)
        .hasMessageContaining(columns);
  }

  @Test
  void next_boundaries_arePeriodicOrFree() throws IOException {
    for (String faces : List.of("pp ff pp", "pp fs pp", "pp sm pp")) {
      Frame f = one(frame(0, ORTHOGONAL.replace("pp pp pp", faces), "id type x y z", "1 1 1 1 1"));
      assertThat(f.box().free()).isEqualTo("y");
    }
    Path path =
        write(frame(0, ORTHOGONAL.replace("pp pp pp", "pp no pp"), "id type x y z", "1 1 1 1 1"));
    assertThatThrownBy(() -> Read.all(path, 0.5))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("pp no pp");
  }

  @Test
  void next_dimensionsTwo_needsNoZ() throws IOException {
    Path path = write(frame(0, ORTHOGONAL, "id type xs ys ix iy", "1 1 0.5 0.25 1 -1"));
    ReaderOptions plane = ReaderOptions.finished("s", 0.5).in(2);
    try (TrajectoryReader reader = Trajectories.open(path, plane, ReadPosition.START)) {
      Frame f = reader.next();
      assertThat(f.box().dimensions()).isEqualTo(2);
      assertThat(f.positions()[2]).isZero();
      assertThat(f.images()).containsExactly(1, -1, 0);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'1 -3 0 0 0|2 1 1 1 1', a type (0, 1, 2, ...)",
    "'1 1 0 0 zero|2 1 1 1 1', row 1: expected a number",
    "'1 1 0 0 0|1 1 1 1 1', id 1 twice",
    "'1 1 0 0 0 7|2 1 1 1 1', found more",
    "'1 1 0 0|2 1 1 1 1', expected a number",
    "'1 1 0 0 0', 'expected 2 rows, found 1'",
    "'1 1 0 0 0|', row 2",
    "'1 1 0 0 0|2 1 1 1 1|3 1 2 2 2', expected an ITEM"
  })
  void next_badRows_areOneBadFrameBetweenGoodOnes(String rows, String expected) throws IOException {
    String good = frame(1, ORTHOGONAL, "id type x y z", "1 1 0 0 0", "2 1 1 1 1");
    String bad =
        good.substring(0, good.indexOf("1 1 0 0 0"))
            .replace("TIMESTEP\n1", "TIMESTEP\n2")
            .concat(rows.replace('|', '\n') + "\n");
    Path path = write(good + bad + good.replace("TIMESTEP\n1", "TIMESTEP\n3"));
    List<Object> found = new ArrayList<>();
    try (TrajectoryReader reader =
        Trajectories.open(path, ReaderOptions.growing("s", 0.5), ReadPosition.START)) {
      for (int i = 0; i < 6; i++) {
        try {
          Frame frame = reader.next();
          if (frame != null) {
            found.add(frame.step());
          }
        } catch (BadFrameException e) {
          found.add(e.getMessage());
        }
      }
    }
    // A row too many is found only when the frame it follows has been given.
    found.remove((Object) 2L);
    assertThat(found).hasSize(3);
    assertThat(found.get(0)).isEqualTo(1L);
    assertThat(found.get(1).toString()).contains(expected);
    assertThat(found.get(2)).isEqualTo(3L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"3 3", "3 1", "nan 1", "0 inf", "x 1"})
  void next_badBox_isABadFrame(String bounds) throws IOException {
    Path path = write(frame(2, ORTHOGONAL.replace("0 5", bounds), "id type x y z", "1 1 1 1 1"));
    assertThatThrownBy(() -> Read.all(path, 0.5))
        .isInstanceOf(BadFrameException.class)
        .extracting(e -> ((BadFrameException) e).time())
        .isEqualTo(1.0);
  }

  @Test
  void next_timeMissingInALaterFrame_isABadFrame() throws IOException {
    String frame = frame(2, ORTHOGONAL, "id type x y z", "1 1 1 1 1");
    Path path = write("ITEM: UNITS\nlj\nITEM: TIME\n7.5\n" + frame + frame);
    try (TrajectoryReader reader =
        Trajectories.open(path, ReaderOptions.finished("s", 0.5), ReadPosition.START)) {
      assertThat(reader.next().time()).isEqualTo(7.5);
      assertThatThrownBy(reader::next).hasMessageContaining("ITEM: TIME");
    }
  }

  @Test
  void next_writtenByteByByte_givesAFrameWithItsLastByte() throws IOException {
    byte[] text =
        (frame(1, ORTHOGONAL, "id type x y z", "1 1 0 0 0", "2 1 1 1 1.25")
                + frame(2, ORTHOGONAL, "id type x y z", "2 1 0 0 0", "1 1 1 1 1"))
            .getBytes(StandardCharsets.US_ASCII);
    Path path = dir.resolve("grows.dump");
    List<Integer> at = new ArrayList<>();
    try (TrajectoryReader reader =
        Trajectories.open(path, ReaderOptions.growing("s", 0.5), ReadPosition.START)) {
      for (int i = 0; i < text.length; i++) {
        Files.write(
            path, new byte[] {text[i]}, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        Frame frame = reader.next();
        if (frame != null) {
          at.add(i + 1);
          assertThat(reader.position().offset()).isEqualTo(i + 1);
        }
      }
    }
    assertThat(at).containsExactly((text.length + 3) / 2, text.length);
  }

  @Test
  void next_tornFrameBeforeARestart_losesTheTwoItTouches() throws IOException {
    String frame = frame(1, ORTHOGONAL, "id type x y z", "1 1 0 0 0", "2 1 1 1 1.25");
    String torn = frame.substring(0, frame.length() - 6);
    Path path = write(frame + torn + frame + frame);
    List<String> seen = new ArrayList<>();
    try (TrajectoryReader reader =
        Trajectories.open(path, ReaderOptions.growing("s", 0.5), ReadPosition.START)) {
      for (int i = 0; i < 6; i++) {
        try {
          seen.add(reader.next() == null ? "none" : "frame");
        } catch (BadFrameException e) {
          seen.add("bad");
        }
      }
    }
    // The torn line swallows the start of the frame behind it.
    assertThat(seen).containsExactly("frame", "bad", "bad", "frame", "none", "none");
  }

  @Test
  void next_manyRowsPromised_allocatesOnlyWhatIsThere() throws IOException {
    String text = frame(1, ORTHOGONAL, "id type x y z", "1 1 0 0 0");
    Path path = write(text.replace("ATOMS\n1", "ATOMS\n2000000000"));
    assertThatThrownBy(() -> Read.all(path, 0.5))
        .isInstanceOf(BadFrameException.class)
        .hasMessageContaining("end of the file");
  }

  @Test
  void next_windowsLineEnds_areBlanks() throws IOException {
    String text = frame(1, ORTHOGONAL, "id type x y z", "1 1 0 0 0.5").replace("\n", "\r\n");
    assertThat(one(text).positions()).containsExactly(0, 0, 0.5);
  }

  @Test
  void append_afterSomeFrames_cutsTheRest() throws IOException {
    List<Frame> frames = Frames.walk(1, 8, 6, 1, true);
    Path path = dir.resolve("w.dump");
    try (LammpsDumpWriter writer = LammpsDumpWriter.create(path)) {
      for (Frame frame : frames) {
        writer.write(frame);
      }
    }
    byte[] whole = Files.readAllBytes(path);
    Files.write(path, Arrays.copyOf(whole, whole.length - 30));
    try (LammpsDumpWriter writer = LammpsDumpWriter.append(path, 3)) {
      for (Frame frame : frames.subList(3, 6)) {
        writer.write(frame);
      }
      assertThat(writer.frames()).isEqualTo(6);
    }
    assertThat(path).hasBinaryContent(whole);
    assertThatThrownBy(() -> LammpsDumpWriter.append(path, 7))
        .hasMessageContaining("expected at least 7 frames, found 6");
  }
}
