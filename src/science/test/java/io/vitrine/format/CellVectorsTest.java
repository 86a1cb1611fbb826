package io.vitrine.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.vitrine.model.Box;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CellVectorsTest {
  private static final boolean[] PERIODIC = {true, true, true};

  /** Distances between unwrapped positions do not depend on how the cell is written. */
  @ParameterizedTest
  @CsvSource({"'0 4 0 5 1 0 0.5 0.7 6'", "'4 0 0 0 5 0 0 0 -6'", "'4 1 0 -1 5 0 0.3 0.2 -6'"})
  void of_leftHandedCell_spansTheSameLattice(String text) {
    double[] abc =
        java.util.Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
    CellVectors cell = CellVectors.of(abc, new double[3], PERIODIC);
    double[] positions = {0.1, 0.2, 0.3, 1.1, 2.2, 3.3};
    int[] images = {0, 0, 0, 2, -1, 3};
    double squared = 0;
    for (int d = 0; d < 3; d++) {
      double step = positions[3 + d] - positions[d];
      for (int edge = 0; edge < 3; edge++) {
        step += images[3 + edge] * abc[3 * edge + d];
      }
      squared += step * step;
    }
    cell.rotate(positions);
    cell.orient(images);
    Box b = cell.box();
    double x =
        positions[3] - positions[0] + images[3] * b.lx() + images[4] * b.xy() + images[5] * b.xz();
    double y = positions[4] - positions[1] + images[4] * b.ly() + images[5] * b.yz();
    double z = positions[5] - positions[2] + images[5] * b.lz();
    assertThat(x * x + y * y + z * z).isCloseTo(squared, within(1e-9));
  }

  @Test
  void of_vectorsInAPlane_areRefused() {
    assertThatThrownBy(
            () -> CellVectors.of(new double[] {1, 0, 0, 0, 1, 0, 1, 1, 0}, new double[3], PERIODIC))
        .hasMessageContaining("expected edge vectors that span a box");
  }
}
