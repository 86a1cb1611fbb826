package io.vitrine.analysis.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.vitrine.model.Box;
import io.vitrine.model.Frame;
import io.vitrine.model.Particles;
import io.vitrine.results.rows.SnapshotRow;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Base64;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class SnapshotsTest {
  private static final double[] P_HOP = {0.5, 0.1};
  private static final int[] TARGETS = {0, 2};

  @Test
  void of_orthogonalBoxOffTheOrigin_wrapsToItsLowerCorner() {
    Box box = Box.orthogonal(4, 5, 6).at(-2, -2.5, -3);
    double[] at = {-2, -2.5, -3, 1.9, 2.4, 2.9, 2.5, -3, 9.5};

    FloatBuffer values = values(row(box, at, new double[] {-1, 2}));

    assertPlace(values, 0, 0, 0, 0);
    assertPlace(values, 1, 3.9, 4.9, 5.9);
    assertPlace(values, 2, 0.5, 4.5, 0.5);
  }

  @Test
  void of_triclinicBox_movesByWholeEdges() {
    Box box = Box.triclinic(4, 5, 6, 1, -0.5, 0.75);
    // (0.1, 0.2, 0.3) of the edges, moved by (1, -2, 3) of them.
    double[] inside = point(box, 0.1, 0.2, 0.3);
    double[] moved = point(box, 1.1, -1.8, 3.3);
    double[] at = {
      inside[0], inside[1], inside[2], moved[0], moved[1], moved[2], moved[0], moved[1], moved[2]
    };

    FloatBuffer values = values(row(box, at, null));

    for (int i = 0; i < 3; i++) {
      assertPlace(values, i, inside[0], inside[1], inside[2]);
    }
  }

  @Test
  void of_particlesNotLookedAt_haveNoNumbers() {
    FloatBuffer values = values(row(Box.cube(4), new double[9], new double[] {-1, 2}));

    assertThat(values.get(3)).isEqualTo(0.5f);
    assertThat(values.get(4)).isEqualTo(-1f);
    assertThat(values.get(8)).isNaN();
    assertThat(values.get(9)).isNaN();
    assertThat(values.get(13)).isEqualTo(0.1f);
    assertThat(values.get(14)).isEqualTo(2f);
  }

  @Test
  void of_everyParticle_hasItsIdentifierAndTypeAfterTheDiameters() {
    SnapshotRow row = row(Box.cube(4), new double[9], null);

    assertThat(row.values()).hasSize(3 * 8);
    assertThat(row.values()[15]).isNaN();
    assertThat(List.of(row.place(1), row.place(3), row.place(4))).containsExactly(0, 2, -1);
  }

  /** As earlier builds wrote them. */
  @Test
  void place_withoutIdentifiers_isUnknown() {
    SnapshotRow now = row(Box.cube(4), new double[9], null);
    String payload = SnapshotRow.pack(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
    SnapshotRow before = new SnapshotRow("s", "cold", 5, "", now.box(), 2, payload);

    assertThat(before.place(1)).isEqualTo(-1);
    assertThat(before.values()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    assertThatThrownBy(() -> new SnapshotRow("s", "cold", 5, "", now.box(), 3, payload))
        .hasMessageContaining("payload");
  }

  @Test
  void of_noModel_hasNoScores() {
    SnapshotRow row = row(Box.cube(4), new double[9], null);

    assertThat(values(row).get(4)).isNaN();
    assertThat(row.model()).isEmpty();
  }

  @Test
  void of_moreParticlesThanAreKept_takesEveryThird() {
    int n = 2 * Snapshots.MOST + 1;
    double[] at = new double[3 * n];
    for (int i = 0; i < n; i++) {
      at[3 * i] = i;
    }

    SnapshotRow row = row(Box.cube(1e6), at, new double[] {-1, 2});

    assertThat(row.count()).isEqualTo((n + 2) / 3).isLessThanOrEqualTo(Snapshots.MOST);
    assertThat(values(row).get(5 * 7)).isEqualTo(21f);
  }

  @Test
  void isKept_ofAGrid_isEveryFifthTau() {
    assertThat(List.of(5000L, 0L, 10_000L, -5000L)).allMatch(t -> Snapshots.isKept(t, 1000));
    assertThat(List.of(4000L, 6000L)).noneMatch(t -> Snapshots.isKept(t, 1000));
    assertThat(List.of(5185L, 185L)).allMatch(t -> Snapshots.isKept(t, 1000));
    assertThat(List.of(4185L, 6185L)).noneMatch(t -> Snapshots.isKept(t, 1000));
  }

  private static SnapshotRow row(Box box, double[] at, double[] score) {
    Frame frame =
        Frame.of("cold")
            .at(0, 3)
            .box(box)
            .particles(Particles.numbered(1, new byte[at.length / 3]))
            .wrapped(at, null)
            .build();
    HopFrame hops =
        new HopFrame(0, 5000, frame, P_HOP, null, null, new double[10], 0, new TreeMap<>());
    return Snapshots.of("study", hops, TARGETS, score == null ? "" : "fluidity", score);
  }

  private static double[] point(Box box, double a, double b, double c) {
    return new double[] {
      a * box.lx() + b * box.xy() + c * box.xz(), b * box.ly() + c * box.yz(), c * box.lz()
    };
  }

  private static FloatBuffer values(SnapshotRow row) {
    byte[] bytes = Base64.getDecoder().decode(row.payload());
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
  }

  private static void assertPlace(FloatBuffer values, int i, double x, double y, double z) {
    assertThat((double) values.get(5 * i)).isCloseTo(x, within(1e-5));
    assertThat((double) values.get(5 * i + 1)).isCloseTo(y, within(1e-5));
    assertThat((double) values.get(5 * i + 2)).isCloseTo(z, within(1e-5));
  }
}
