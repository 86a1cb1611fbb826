package io.vitrine.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vitrine.format.trajectory.Trajectories;
import io.vitrine.model.Frame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every format promises; files are written whole and read finished and as if growing. */
public abstract class TrajectoryContract {
  private static final int FRAMES = 12;

  @TempDir public Path dir;
  public Path file;

  /** Name of a file of this format. */
  protected abstract String fileName();

  /** A writer of this format whose frames are visible at once. */
  protected abstract TrajectoryWriter create(Path path) throws IOException;

  /** Number of the first particle in files of this format. */
  protected abstract int firstId();

  /** Whether the box starts at the coordinate origin (else its centre lies there). */
  protected abstract boolean boxAtOrigin();

  /** Whether the file itself says the time of a frame. */
  protected boolean timed() {
    return false;
  }

  /** What of a frame the format keeps. */
  protected Frame kept(Frame frame) {
    return frame;
  }

  /** How often a growing file is asked before its last frame must have come. */
  protected int polls() {
    return 1;
  }

  /** How many ways of damaging a file are tried. */
  protected int trials() {
    return 500;
  }

  @BeforeEach
  protected void nameFile() {
    file = dir.resolve(fileName());
  }

  protected final List<Frame> walk(long seed, int n, int count) {
    return Frames.walk(seed, n, count, firstId(), boxAtOrigin());
  }

  protected final List<Frame> kept(List<Frame> frames) {
    return frames.stream().map(this::kept).toList();
  }

  private void write(Path path, List<Frame> frames) throws IOException {
    try (TrajectoryWriter writer = create(path)) {
      for (Frame frame : frames) {
        writer.write(frame);
      }
    }
  }

  private static ReaderOptions finished() {
    return ReaderOptions.finished("s", Frames.DT);
  }

  static ReaderOptions growing() {
    return ReaderOptions.growing("s", Frames.DT);
  }

  protected final Frame poll(TrajectoryReader reader) throws IOException {
    Frame frame = null;
    for (int i = 0; i < polls() && frame == null; i++) {
      frame = reader.next();
    }
    return frame;
  }

  @Test
  protected void next_finishedFile_returnsWhatWasWritten() throws IOException {
    List<Frame> frames = walk(1, 20, FRAMES);
    write(file, frames);
    List<Frame> read = Read.all(file, Frames.DT);
    assertThat(read).isEqualTo(kept(frames));
    assertThat(read).allSatisfy(f -> assertThat(f.particles()).isSameAs(read.get(0).particles()));
  }

  @Test
  protected void next_pastTheEnd_staysNull() throws IOException {
    write(file, walk(1, 5, 2));
    try (TrajectoryReader reader = Trajectories.open(file, finished(), ReadPosition.START)) {
      assertThat(Read.rest(reader)).hasSize(2);
      assertThat(reader.next()).isNull();
      assertThat(reader.next()).isNull();
    }
  }

  @Test
  protected void open_atEveryPosition_returnsTheRest() throws IOException {
    List<Frame> frames = kept(walk(2, 20, FRAMES));
    write(file, walk(2, 20, FRAMES));
    for (ReaderOptions options : List.of(finished(), growing())) {
      try (TrajectoryReader reader = Trajectories.open(file, options, ReadPosition.START)) {
        for (int k = 0; k <= FRAMES; k++) {
          ReadPosition position = reader.position();
          assertThat(position.ordinal()).isEqualTo(k);
          try (TrajectoryReader resumed = Trajectories.open(file, options, position)) {
            for (int j = k; j < FRAMES; j++) {
              assertThat(poll(resumed)).isEqualTo(frames.get(j));
            }
            assertThat(resumed.next()).isNull();
            assertThat(resumed.position().ordinal()).isEqualTo(FRAMES);
          }
          poll(reader);
        }
      }
    }
  }

  @Test
  protected void countFrames_anywhere_countsAll() throws IOException {
    write(file, walk(4, 10, FRAMES));
    try (TrajectoryReader reader = Trajectories.open(file, finished(), ReadPosition.START)) {
      assertThat(reader.countFrames()).isEqualTo(FRAMES);
      reader.next();
      reader.next();
      assertThat(reader.countFrames()).isEqualTo(FRAMES);
      assertThat(Read.rest(reader)).hasSize(FRAMES - 2);
    }
  }

  @Test
  protected void next_noTimeAndNoDt_saysWhatToGive() throws IOException {
    write(file, walk(4, 10, 2));
    if (timed()) {
      assertThat(Read.all(file, Double.NaN)).hasSize(2);
    } else {
      assertThatThrownBy(() -> Read.all(file, Double.NaN))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(BadFrameException.class)
          .hasMessageContaining("has no time; give dt=");
    }
  }

  @Test
  protected void next_positionsNotANumber_areGivenAsTheyAre() throws IOException {
    Frame frame = walk(5, 6, 1).get(0);
    double[] xyz = frame.positions().clone();
    xyz[4] = Double.NaN;
    write(file, List.of(frame.toBuilder().wrapped(xyz, frame.images()).build()));
    List<Frame> read = Read.all(file, Frames.DT);
    assertThat(read).hasSize(1);
    assertThat(read.get(0).positions()[4]).isNaN();
  }

  @Test
  protected void next_particlesAndBoxChange_areGivenAsTheyAre() throws IOException {
    List<Frame> frames = new ArrayList<>(walk(6, 6, 2));
    frames.addAll(walk(7, 9, 2));
    write(file, frames);
    assertThat(Read.all(file, Frames.DT)).isEqualTo(kept(frames));
  }

  @Test
  protected void open_anotherRunInPlace_isRefused() throws IOException {
    write(file, walk(8, 20, FRAMES));
    ReadPosition position;
    try (TrajectoryReader reader = Trajectories.open(file, finished(), ReadPosition.START)) {
      reader.next();
      reader.next();
      position = reader.position();
    }
    for (int count : new int[] {FRAMES, 1}) {
      write(file, walk(9, 20, count));
      for (ReaderOptions options : List.of(finished(), growing())) {
        assertThatThrownBy(
                () -> {
                  try (TrajectoryReader r = Trajectories.open(file, options, position)) {
                    r.next();
                  }
                })
            .isInstanceOf(IOException.class)
            .isNotInstanceOf(BadFrameException.class)
            .hasMessageContaining(file.toString())
            .hasMessageContaining("rewritten");
      }
    }
  }

  @Test
  protected void next_fileRewrittenWhileFollowed_isRefused() throws IOException {
    for (int count : new int[] {1, 3, FRAMES}) {
      write(file, walk(10, 20, 3));
      try (TrajectoryReader reader = Trajectories.open(file, growing(), ReadPosition.START)) {
        for (int k = 0; k < 3; k++) {
          assertThat(poll(reader)).isNotNull();
        }
        write(file, walk(11, 20, count));
        assertThatThrownBy(() -> pollTwice(reader))
            .isInstanceOf(IOException.class)
            .isNotInstanceOf(BadFrameException.class)
            .hasMessageContaining("rewritten");
      }
    }
  }

  @Test
  protected void next_fileReplacedWhileFollowed_isRefused() throws IOException {
    write(file, walk(10, 20, 3));
    Path other = dir.resolve("other-" + fileName());
    write(other, walk(10, 20, 5));
    try (TrajectoryReader reader = Trajectories.open(file, growing(), ReadPosition.START)) {
      assertThat(poll(reader)).isNotNull();
      Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 6; i++) {
                  reader.next();
                }
              })
          .isInstanceOf(IOException.class)
          .hasMessageContaining("rewritten");
    }
  }

  private void pollTwice(TrajectoryReader reader) throws IOException {
    poll(reader);
    poll(reader);
  }

  @Test
  protected void next_fileCutAnywhere_givesGoodFramesThenARefusal() throws IOException {
    List<Frame> frames = walk(12, 6, 3);
    List<Frame> kept = kept(frames);
    write(file, frames);
    byte[] bytes = Files.readAllBytes(file);
    Path cut = dir.resolve("cut-" + fileName());
    int stride = Math.max(1, bytes.length / trials());
    for (int length = 0; length < bytes.length; length += stride) {
      Files.write(cut, Arrays.copyOf(bytes, length));
      List<Frame> read = new ArrayList<>();
      boolean refused = false;
      try (TrajectoryReader reader = Trajectories.open(cut, finished(), ReadPosition.START)) {
        for (int i = 0; i < 5; i++) {
          try {
            Frame frame = reader.next();
            if (frame != null) {
              read.add(frame);
            }
          } catch (BadFrameException e) {
            assertThat(e.where()).contains(cut.toString());
            refused = true;
          }
        }
      } catch (IOException e) {
        assertThat(e).hasMessageContaining(cut.toString());
        refused = true;
      }
      assertThat(kept).as("cut at " + length).containsAll(read);
      assertThat(refused || read.size() < 3).as("cut at " + length).isTrue();
    }
  }

  @Test
  protected void next_bytesChangedAnywhere_neverFailsOtherwise() throws IOException {
    write(file, walk(13, 6, 3));
    byte[] bytes = Files.readAllBytes(file);
    Path changed = dir.resolve("changed-" + fileName());
    Random random = new Random(14);
    for (int i = 0; i < trials(); i++) {
      byte[] copy = bytes.clone();
      for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
        copy[random.nextInt(copy.length)] = (byte) random.nextInt(256);
      }
      Files.write(changed, copy);
      for (ReaderOptions options : List.of(finished(), growing())) {
        try (TrajectoryReader reader = Trajectories.open(changed, options, ReadPosition.START)) {
          for (int k = 0; k < 8; k++) {
            try {
              reader.next();
            } catch (BadFrameException e) {
              assertThat(e.where()).isNotEmpty();
            }
          }
          assertThat(reader.position().ordinal()).isNotNegative();
        } catch (IOException e) {
          assertThat(e).hasMessageContaining(changed.toString());
        }
      }
    }
  }

  @Test
  protected void open_emptyFile_isRefusedOrAwaited() throws IOException {
    Files.createFile(file);
    assertThatThrownBy(() -> Read.all(file, Frames.DT))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString());
    try (TrajectoryReader reader = Trajectories.open(file, growing(), ReadPosition.START)) {
      assertThat(reader.next()).isNull();
    }
  }
}
