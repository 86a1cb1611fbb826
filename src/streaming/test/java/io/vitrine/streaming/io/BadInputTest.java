package io.vitrine.streaming.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import io.vitrine.format.TrajectoryWriter;
import io.vitrine.format.trajectory.Trajectories;
import io.vitrine.model.Box;
import io.vitrine.model.DeadLetter;
import io.vitrine.model.Frame;
import io.vitrine.model.Particles;
import io.vitrine.results.rows.NoticeRow;
import io.vitrine.streaming.Walks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that can be wrong with a frame, in files of every format. */
final class BadInputTest {
  private static final int MISSING = 16;
  private static final int LAST = 18;

  /** Edges that are written as they are and made zero and negative in the file. */
  private static final double TO_BE_ZERO = 123.25;

  private static final double TO_BE_NEGATIVE = 124.25;
  private static final double NEGATIVE = -5;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"gsd", "h5", "lammpstrj", "extxyz"})
  void read_everyKindOfBadFrame_isADeadLetterAndGoodFramesPass(String suffix) throws IOException {
    Path file = folder.resolve("run." + suffix);
    if (suffix.equals("h5")) {
      writeH5md(file, spoiled());
    } else {
      try (TrajectoryWriter writer = Trajectories.create(file)) {
        for (Frame frame : spoiled()) {
          writer.write(frame);
        }
      }
      spoilBoxes(file, suffix.equals("gsd"));
    }

    List<FrameEvent> events = Readers.all("replay:" + file + "?dt=0.005");

    assertThat(events.get(events.size() - 1).failure()).isNull();
    // An edge of negative length makes a left-handed cell, which extended XYZ may have.
    boolean leftHanded = suffix.equals("extxyz");
    List<Double> good =
        new ArrayList<>(List.of(0., 1., 2., 3., 5., 7., 9., 11., 13., 15., 17., 18.));
    List<Double> bad = new ArrayList<>(List.of(4., 6., 8., 10., 12., 14.));
    if (leftHanded) {
      bad.remove(10.);
      good.add(good.indexOf(11.), 10.);
    }
    assertThat(Readers.frameTimes(events)).containsExactlyElementsOf(good);
    List<DeadLetter> dead = Readers.deadLetters(events).stream().map(FrameEvent::letter).toList();
    assertThat(dead).extracting(DeadLetter::time).containsExactlyElementsOf(bad);
    assertThat(dead).allMatch(letter -> letter.where().contains(file.toString()));
    assertThat(dead)
        .extracting(DeadLetter::ordinal)
        .containsExactlyElementsOf(bad.stream().map(Double::longValue).toList());
    List<String> reasons = dead.stream().map(DeadLetter::reason).toList();
    assertThat(reasons.get(0)).contains("x of particle", "NaN", "expected a finite number");
    assertThat(reasons.get(1)).contains("z of particle", "Infinity", "expected a finite number");
    String edge = suffix.equals("h5") ? "box/edges/value" : "box lx";
    assertThat(reasons.get(2))
        .contains(
            leftHanded
                ? "edge vectors that span a box"
                : edge + " must be > 0 and finite, but was 0.0");
    if (!leftHanded) {
      assertThat(reasons.get(3)).contains(edge + " must be > 0 and finite, but was -5.0");
    }
    int next = leftHanded ? 3 : 4;
    assertThat(reasons.get(next)).contains("9 particles, expected 10");
    assertThat(reasons.get(next + 1))
        .contains("types of the particles have the checksum", "expected");
    assertThat(events.stream().flatMap(e -> e.notices().stream()))
        .filteredOn(notice -> notice.subject().equals(NoticeRow.REPEATED))
        .last()
        .satisfies(notice -> assertThat(notice.count()).isEqualTo(2));
  }

  /** Even times from 4 on are bad, 15 and 7 are repeated, 16 is missing. */
  private static List<Frame> spoiled() {
    List<Frame> frames = new ArrayList<>();
    for (Frame frame : Walks.of("s", 1, LAST + 1)) {
      switch ((int) frame.time()) {
        case 4 -> frames.add(with(frame, 6, Double.NaN));
        case 6 -> frames.add(with(frame, 8, Double.POSITIVE_INFINITY));
        case 8 -> frames.add(frame.toBuilder().box(Box.cube(TO_BE_ZERO)).build());
        case 10 -> frames.add(frame.toBuilder().box(Box.cube(TO_BE_NEGATIVE)).build());
        case 12 -> frames.add(withoutLast(frame));
        case 14 -> frames.add(withOtherType(frame));
        case 15 -> {
          frames.add(frame);
          frames.add(frame);
          frames.add(frames.get(7));
        }
        case MISSING -> {}
        default -> frames.add(frame);
      }
    }
    return frames;
  }

  private static Frame with(Frame frame, int coordinate, double value) {
    double[] positions = frame.positions().clone();
    positions[coordinate] = value;
    return frame.toBuilder().wrapped(positions, null).build();
  }

  private static Frame withoutLast(Frame frame) {
    int n = frame.count() - 1;
    Particles all = frame.particles();
    return frame.toBuilder()
        .particles(Particles.of(Arrays.copyOf(all.ids(), n), Arrays.copyOf(all.types(), n)))
        .wrapped(Arrays.copyOf(frame.positions(), 3 * n), null)
        .build();
  }

  private static Frame withOtherType(Frame frame) {
    byte[] types = frame.particles().types().clone();
    types[0] = 1;
    return frame.toBuilder().particles(Particles.of(frame.particles().ids(), types)).build();
  }

  private static void spoilBoxes(Path file, boolean binary) throws IOException {
    // One byte a character.
    String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
    bytes =
        bytes
            .replace(text(TO_BE_ZERO, binary), text(0, binary))
            .replace(text(TO_BE_NEGATIVE, binary), text(NEGATIVE, binary));
    Files.writeString(file, bytes, StandardCharsets.ISO_8859_1);
  }

  private static String text(double value, boolean binary) {
    ByteBuffer single = ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    single.putFloat((float) value);
    return binary
        ? new String(single.array(), StandardCharsets.ISO_8859_1)
        : Double.toString(value);
  }

  /** Species and identifiers by time; a particle that is not there has identifier -1. */
  private static void writeH5md(Path file, List<Frame> frames) {
    int count = frames.size();
    int n = frames.get(0).count();
    int[] steps = new int[count];
    int[][] ids = new int[count][n];
    int[][] species = new int[count][n];
    double[][] edges = new double[count][3];
    double[][][] positions = new double[count][n][3];
    for (int k = 0; k < count; k++) {
      Frame frame = frames.get(k);
      steps[k] = (int) frame.step();
      double edge = frame.box().lx();
      Arrays.fill(edges[k], edge == TO_BE_ZERO ? 0 : edge == TO_BE_NEGATIVE ? NEGATIVE : edge);
      Arrays.fill(ids[k], -1);
      for (int i = 0; i < frame.count(); i++) {
        ids[k][i] = frame.particles().ids()[i];
        species[k][i] = frame.particles().types()[i];
        System.arraycopy(frame.positions(), 3 * i, positions[k][i], 0, 3);
      }
    }
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      WritableGroup all = hdf.putGroup("particles").putGroup("all");
      put(all.putGroup("box").putGroup("edges"), edges, steps);
      put(all.putGroup("id"), ids, steps);
      put(all.putGroup("species"), species, steps);
      put(all.putGroup("position"), positions, steps);
    }
  }

  private static void put(WritableGroup group, Object value, int[] steps) {
    group.putDataset("value", value);
    group.putDataset("step", steps);
  }
}
