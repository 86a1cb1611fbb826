package io.vitrine.format.trajectory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vitrine.TestData;
import io.vitrine.format.Read;
import io.vitrine.model.Frame;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One run, written by other programs in several formats, reads the same from all of them. */
final class ReferenceFilesTest {
  private static final double DT = 0.005;

  /** Six decimals in the text, float32 in the GSD file: 5e-7 + 2.4e-7 a coordinate. */
  private static final double TOLERANCE = 1e-6;

  @Test
  void lammps_wrapped_readsWhatTheFileHolds() throws IOException {
    List<Frame> frames = Read.all(TestData.file("ka512/ka512_T0.60.lammpstrj"), DT);
    assertThat(frames).hasSize(61);
    Frame first = frames.get(0);
    assertThat(first.count()).isEqualTo(512);
    assertThat(first.particles().indicesOf(0)).hasSize(410);
    assertThat(first.particles().ids()[2]).isEqualTo(3);
    assertThat(first.particles().types()[2]).isEqualTo((byte) 1);
    assertThat(first.positions()).startsWith(0.662927, 0.410982, 5.330699);
    assertThat(first.box().lx()).isEqualTo(7.52828823104823);
    assertThat(frames.get(60).step()).isEqualTo(12000);
    assertThat(frames.get(60).time()).isCloseTo(60, within(1e-9));
    assertThat(frames).allSatisfy(f -> assertThat(f.particles()).isSameAs(first.particles()));
  }

  @Test
  void gsd_readsTheSameRunAsLammps() throws IOException {
    List<Frame> text = Read.all(TestData.file("ka512/ka512_T0.60.lammpstrj"), DT);
    List<Frame> gsd = Read.all(TestData.file("ka512/ka512_T0.60.gsd"), DT);
    assertThat(gsd).hasSameSizeAs(text);
    assertThat(gsd.get(0).particles().types()).isEqualTo(text.get(0).particles().types());
    assertThat(gsd.get(0).particles().ids()).startsWith(0, 1, 2);
    // Frame 0 of the file carries no image flags: all are zero in the text.
    assertThat(gsd.get(0).images()).isNull();
    for (int k = 0; k < text.size(); k++) {
      assertThat(gsd.get(k).step()).isEqualTo(text.get(k).step());
      assertThat(gsd.get(k).time()).isEqualTo(text.get(k).time());
      assertSameUnwrapped(gsd.get(k), text.get(k));
      assertThat(gsd.get(k).particles()).isSameAs(gsd.get(0).particles());
    }
  }

  @Test
  void lammps_unwrappedUnsorted_readsTheSameRun() throws IOException {
    List<Frame> text = Read.all(TestData.file("ka512/ka512_T0.60.lammpstrj"), DT);
    List<Frame> unsorted =
        Read.all(TestData.file("ka512/ka512_T0.60_unwrapped_unsorted.lammpstrj"), DT);
    assertThat(unsorted).hasSameSizeAs(text);
    for (int k = 0; k < text.size(); k++) {
      assertThat(unsorted.get(k).particles()).isEqualTo(text.get(k).particles());
      assertThat(unsorted.get(k).unwrapped()).isTrue();
      assertSameUnwrapped(unsorted.get(k), text.get(k));
    }
  }

  @Test
  void lammps_scaled_isTimedByItsOwnTime() throws IOException {
    Path path = TestData.file("ka512/ka512_scaled_10frames.lammpstrj");
    List<Frame> scaled = Read.all(path, DT);
    assertThat(scaled).hasSizeBetween(10, 11);
    assertThat(scaled.get(0).time()).isEqualTo(160);
    assertThat(scaled.get(0).step()).isEqualTo(12000);
    assertThat(scaled).isEqualTo(Read.all(path, Double.NaN));
    List<Frame> text = Read.all(TestData.file("ka512/ka512_T0.60.lammpstrj"), DT);
    assertThat(scaled.get(0).particles()).isEqualTo(text.get(60).particles());
    for (int i = 0; i < 3 * 512; i++) {
      double s = Read.unwrapped(scaled.get(0), i);
      double edge = scaled.get(0).box().lx();
      double difference = s - Read.unwrapped(text.get(60), i);
      assertThat(difference - edge * Math.rint(difference / edge)).isCloseTo(0, within(1e-5));
    }
  }

  @Test
  void lammps_fullPrecision_readsVelocitiesToTheLastBit() throws IOException {
    List<Frame> frames = Read.all(TestData.file("nve/nve_1000_steps0_10_20.lammpstrj"), DT);
    assertThat(frames).hasSize(3);
    assertThat(frames.get(0).positions()[0]).isEqualTo(7.708730522514869);
    assertThat(frames.get(0).velocities())
        .startsWith(-0.22191462537562814, 0.6985918896135868, -1.0788017443230233);
    assertThat(frames.get(0).images()).startsWith(-1, 0, 0, 0, -1, 0);
  }

  @Test
  void h5md_readsTheSameRunAsLammps() throws IOException {
    List<Frame> text = Read.all(TestData.file("ka512/ka512_T0.60.lammpstrj"), DT);
    List<Frame> h5 = Read.all(TestData.file("ka512/ka512_T0.60.h5"), Double.NaN);
    assertSameRun(h5, text);
    assertThat(h5.get(0).images()).isNotNull();
    List<Frame> other =
        Read.all(TestData.file("ka512/ka512_T0.60_f64_31frames_fixedstep.h5"), Double.NaN);
    assertSameRun(other, text.subList(0, 31));
  }

  @Test
  void extendedXyz_readsTheSameRunAsLammps() throws IOException {
    List<Frame> text = Read.all(TestData.file("ka512/ka512_T0.60.lammpstrj"), DT);
    assertSameRun(Read.all(TestData.file("ka512/ka512_T0.60.extxyz"), Double.NaN), text);
  }

  private static void assertSameRun(List<Frame> actual, List<Frame> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int k = 0; k < expected.size(); k++) {
      assertThat(actual.get(k).particles()).isEqualTo(expected.get(k).particles());
      assertThat(actual.get(k).particles()).isSameAs(actual.get(0).particles());
      assertThat(actual.get(k).step()).isEqualTo(expected.get(k).step());
      assertThat(actual.get(k).time()).isCloseTo(expected.get(k).time(), within(1e-9));
      assertThat(actual.get(k).box().lx()).isCloseTo(expected.get(k).box().lx(), within(1e-9));
      assertSameUnwrapped(actual.get(k), expected.get(k));
    }
  }

  private static void assertSameUnwrapped(Frame actual, Frame expected) {
    for (int i = 0; i < 3 * expected.count(); i++) {
      assertThat(Read.unwrapped(actual, i))
          .isCloseTo(Read.unwrapped(expected, i), within(TOLERANCE));
    }
  }
}
