package io.vitrine.format.trajectory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vitrine.TestData;
import io.vitrine.format.BadFrameException;
import io.vitrine.format.Frames;
import io.vitrine.format.Read;
import io.vitrine.format.ReadPosition;
import io.vitrine.format.ReaderOptions;
import io.vitrine.format.TrajectoryReader;
import io.vitrine.format.TrajectoryWriter;
import io.vitrine.format.gsd.GsdWriter;
import io.vitrine.model.Frame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TrajectoriesTest {
  private static final List<Frame> FRAMES = Frames.walk(1, 6, 7, 1, true);

  @TempDir Path dir;

  private static void write(Path path, List<Frame> frames) throws IOException {
    try (TrajectoryWriter writer = Trajectories.create(path)) {
      for (Frame frame : frames) {
        writer.write(frame);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.gsd", "a.h5", "a.lammpstrj", "a.dump", "a.extxyz", "a.XYZ"})
  void open_anySuffix_tellsTheFormatByContent(String name) throws IOException {
    Path path = dir.resolve(name);
    write(path, FRAMES);
    Path renamed = Files.move(path, dir.resolve("nameless"));
    List<Frame> read = Read.all(renamed, Frames.DT);
    assertThat(read).extracting(Frame::time).containsExactly(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0);
    for (int i = 0; i < 18; i++) {
      assertThat(Read.unwrapped(read.get(6), i)).isEqualTo(Read.unwrapped(FRAMES.get(6), i));
    }
  }

  @Test
  void open_unknownContent_listsTheFormats() throws IOException {
    Path path = Files.writeString(dir.resolve("a.txt"), "Dear reader, this is no trajectory.\n");
    for (boolean growing : new boolean[] {false, true}) {
      ReaderOptions options = new ReaderOptions("s", 1, null, null, growing);
      assertThatThrownBy(() -> Trajectories.open(path, options, ReadPosition.START).next())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("a.txt")
          .hasMessageContaining("gsd, h5md, lammps, extxyz");
    }
    ReaderOptions named = new ReaderOptions("s", 1, "dcd", null, false);
    assertThatThrownBy(() -> Trajectories.open(path, named, ReadPosition.START))
        .hasMessageContaining("'dcd'");
    for (String format : List.of("lammps", "gsd", "h5md", "extxyz")) {
      ReaderOptions wrong = new ReaderOptions("s", 1, format, null, false);
      assertThatThrownBy(
              () -> {
                try (TrajectoryReader r = Trajectories.open(path, wrong, ReadPosition.START)) {
                  r.next();
                }
              })
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(BadFrameException.class)
          .hasMessageContaining("a.txt");
    }
  }

  @Test
  void open_missingFile_saysSo() throws IOException {
    Path path = dir.resolve("none.gsd");
    assertThatThrownBy(() -> Read.all(path, 1)).hasMessageContaining("does not exist");
    try (TrajectoryReader reader =
        Trajectories.open(path, ReaderOptions.growing("s", 1), ReadPosition.START)) {
      assertThat(reader.next()).isNull();
      assertThat(reader.diagnosis()).contains("does not exist yet");
      GsdWriter.create(path).close();
      assertThat(reader.next()).isNull();
      assertThat(reader.diagnosis()).contains("0 frames visible, file 5376 bytes", "flush()");
      write(path, FRAMES);
      reader.next();
      assertThat(reader.diagnosis()).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gsd", "lammpstrj", "extxyz"})
  void open_pattern_readsFilesInOrderOfTheirNumbers(String suffix) throws IOException {
    List<Frame> all = new ArrayList<>();
    int[] numbers = {8, 9, 10, 11};
    for (int i = 0; i < numbers.length; i++) {
      List<Frame> part = Frames.walk(i, 6, i + 1, 1, true);
      all.addAll(part);
      write(dir.resolve("traj." + numbers[i] + "." + suffix), part);
    }
    Path pattern = dir.resolve("traj.*." + suffix);
    try (TrajectoryReader reader =
        Trajectories.open(pattern, ReaderOptions.finished("s", Frames.DT), ReadPosition.START)) {
      assertThat(reader.countFrames()).isEqualTo(all.size());
      for (int k = 0; k <= all.size(); k++) {
        ReadPosition position = reader.position();
        assertThat(position.ordinal()).isEqualTo(k);
        try (TrajectoryReader resumed =
            Trajectories.open(pattern, ReaderOptions.finished("s", Frames.DT), position)) {
          assertThat(steps(Read.rest(resumed))).isEqualTo(steps(all.subList(k, all.size())));
          assertThat(resumed.countFrames()).isEqualTo(all.size());
        }
        reader.next();
      }
    }
  }

  @Test
  void next_patternThatGrows_goesOnToTheNextFile() throws IOException {
    Path pattern = dir.resolve("traj.*.gsd");
    List<Double> seen = new ArrayList<>();
    try (TrajectoryReader reader =
        Trajectories.open(pattern, ReaderOptions.growing("s", 1), ReadPosition.START)) {
      assertThat(reader.next()).isNull();
      assertThat(reader.diagnosis()).contains("no file matches");
      for (int part = 0; part < 3; part++) {
        write(dir.resolve("traj." + part + ".gsd"), FRAMES.subList(2 * part, 2 * part + 2));
        for (int i = 0; i < 4; i++) {
          Frame frame = reader.next();
          if (frame != null) {
            seen.add(frame.time());
          }
        }
      }
    }
    assertThat(seen).containsExactly(1.0, 2.0, 3.0, 4.0, 5.0, 6.0);
  }

  private static List<Double> steps(List<Frame> frames) {
    return frames.stream().map(f -> f.step() + Read.unwrapped(f, 0)).toList();
  }

  @Test
  void typesFile_dataFileOrFrame_saysWhoAndWhere() throws IOException {
    write(dir.resolve("a.gsd"), FRAMES);
    assertThat(TypesFile.read(dir.resolve("a.gsd")).particles())
        .isEqualTo(FRAMES.get(0).particles());
    TypesFile data = TypesFile.read(TestData.file("imd/start512.data"));
    assertThat(data.particles())
        .isEqualTo(Read.all(TestData.file("imd/imd_n512_wrapped.dump"), 1).get(0).particles());
    assertThat(data.box().lx()).isEqualTo(7.52828823104823);
    assertThatThrownBy(() -> TypesFile.read(dir.resolve("b")))
        .hasMessageContaining("does not exist");
  }
}
