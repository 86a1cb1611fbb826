package io.vitrine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BoxTest {
  @Test
  void rectangle_hasTwoPeriodicEdgesAndAnAreaWhateverItsThickness() {
    Box box = Box.rectangle(4, 5);
    assertThat(box.dimensions()).isEqualTo(2);
    assertThat(box.isPeriodic()).isTrue();
    assertThat(box.periodicZ()).isFalse();
    assertThat(box.volume()).isEqualTo(20);
    assertThat(Box.triclinic(4, 5, 7, 1, 0, 0).flat().volume()).isEqualTo(20);
    assertThat(box.originZ()).isNegative();
    assertThat(box.originZ() + box.lz()).isPositive();
  }

  @Test
  void heights_ofATiltedPlaneBox_doNotDependOnItsThickness() {
    Box thin = Box.triclinic(4, 5, 0.25, 3, 0, 0).flat();
    // The height on the second edge, (3, 5), is the area over its length.
    assertThat(thin.heightX()).isEqualTo(20 / Math.sqrt(34));
    assertThat(thin.heightY()).isEqualTo(5);
  }

  @Test
  void periodic_keepsEverythingElse() {
    Box slab = Box.triclinic(4, 5, 6, 1, 2, 3).at(7, 8, 9).periodic(true, true, false);
    assertThat(slab.isPeriodic()).isFalse();
    assertThat(slab.volume()).isEqualTo(120);
    assertThat(slab.periodic(true, true, true))
        .isEqualTo(Box.triclinic(4, 5, 6, 1, 2, 3).at(7, 8, 9));
  }

  @Test
  void box_thatIsNotPlaneInTwoDimensions_isRefused() {
    assertThatThrownBy(() -> new Box(4, 5, 6, 0, 1, 0, 0, 0, 0, true, true, false, 2))
        .hasMessage("box tilts xz and yz in two dimensions must be 0, but was 1.0 and 0.0");
    assertThatThrownBy(() -> Box.rectangle(4, 5).periodic(true, true, true))
        .hasMessage("third edge of a box in two dimensions must be free, but was periodic");
    assertThatThrownBy(() -> new Box(1, 1, 1, 0, 0, 0, 0, 0, 0, true, true, true, 4))
        .hasMessage("box dimensions must be 2 or 3, but was 4");
  }
}
