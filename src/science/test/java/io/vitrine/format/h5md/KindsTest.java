package io.vitrine.format.h5md;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vitrine.TestData;
import io.vitrine.format.BadFrameException;
import io.vitrine.format.ReadPosition;
import io.vitrine.format.ReaderOptions;
import io.vitrine.format.TrajectoryReader;
import io.vitrine.format.trajectory.Trajectories;
import io.vitrine.model.Frame;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** H5MD files whose elements are sampled at different steps, or that are of another kind. */
final class KindsTest {
  private static TrajectoryReader open(String name, ReadPosition position) throws IOException {
    return Trajectories.open(
        TestData.file("field/" + name), ReaderOptions.finished("s", 0.005), position);
  }

  private static List<Double> edges(String name) throws IOException {
    List<Double> edges = new ArrayList<>();
    try (TrajectoryReader reader = open(name, ReadPosition.START)) {
      for (Frame frame = reader.next(); frame != null; frame = reader.next()) {
        edges.add(frame.box().lx());
        assertThat(frame.particles().types()).containsExactly(0, 1);
      }
    }
    return edges;
  }

  @Test
  void next_elementsWrittenOnce_holdForAllLaterFrames() throws IOException {
    assertThat(edges("box-and-species-written-once.h5")).containsExactly(8., 8., 8., 8., 8., 8.);
  }

  @Test
  void next_elementWrittenTwice_holdsFromThereOn() throws IOException {
    assertThat(edges("box-written-twice.h5")).containsExactly(8., 9., 9., 9., 9., 9.);
  }

  @Test
  void next_morePositionsThanTimes_leavesTheRestOutAndSaysSoOnce() throws IOException {
    try (TrajectoryReader reader = open("more-positions-than-times.h5", ReadPosition.START)) {
      for (int frame = 0; frame < 4; frame++) {
        assertThat(reader.next().step()).isEqualTo(200L * frame);
      }
      assertThatThrownBy(reader::next)
          .isInstanceOf(BadFrameException.class)
          .hasMessageContaining("each of the 6 positions, found 4: the last 2 are left out");
      assertThat(reader.next()).isNull();
      try (TrajectoryReader again = open("more-positions-than-times.h5", reader.position())) {
        assertThat(again.next()).isNull();
      }
    }
  }

  @Test
  void next_boundaryNone_isFree() throws IOException {
    try (TrajectoryReader reader = open("boundary-none.h5", ReadPosition.START)) {
      assertThat(reader.next().box().free()).isEqualTo("z");
    }
  }

  @ParameterizedTest
  @CsvSource({"diameters.h5", "radii.h5"})
  void next_diametersOrRadii_areDiametersOfTheParticles(String name) throws IOException {
    try (TrajectoryReader reader = open(name, ReadPosition.START)) {
      assertThat(reader.next().particles().diameters()).containsExactly(1.2, 0.9);
    }
    try (TrajectoryReader reader = open("boundary-none.h5", ReadPosition.START)) {
      assertThat(reader.next().particles().diameters()).isNull();
    }
  }

  @Test
  void next_dimensionTwo_isThePlane() throws IOException {
    try (TrajectoryReader reader = open("dimension-two.h5", ReadPosition.START)) {
      Frame frame = reader.next();
      assertThat(frame.box().dimensions()).isEqualTo(2);
      assertThat(frame.positions()[2]).isZero();
      assertThat(frame.positions()[5]).isZero();
    }
  }

  @Test
  void next_imagesForEverySecondFrame_areThereWhereTheyWereWritten() throws IOException {
    try (TrajectoryReader reader = open("image-every-second.h5", ReadPosition.START)) {
      for (int frame = 0; frame < 24; frame++) {
        assertThat(reader.next().images() != null).isEqualTo(frame % 2 == 0);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "edges-nm.h5           | found unit 'nm'; give length= and time=",
        "only-the-signature.h5 | expected",
      })
  void open_anotherKind_isRefusedInOneLine(String name, String reason) {
    assertThatThrownBy(
            () -> {
              try (TrajectoryReader reader = open(name, ReadPosition.START)) {
                reader.next();
              }
            })
        .isInstanceOf(IOException.class)
        .hasMessageContaining(name)
        .hasMessageContaining(reason)
        .hasMessageNotContaining("Exception");
  }
}
