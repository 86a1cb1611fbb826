package io.vitrine.analysis.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitrine.model.Box;
import io.vitrine.model.Frame;
import io.vitrine.model.Particles;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CompositionTest {
  private static Composition of(double density, int a, int b) {
    return Composition.of(density, Map.of("A", a, "B", b));
  }

  @Test
  void isLike_withinTwoPercentAndOneHundredth_isTrue() {
    assertThat(of(1.22, 800, 200).isLike(of(1.2, 3277, 819))).isTrue();
    assertThat(of(1.23, 800, 200).isLike(of(1.2, 800, 200))).isFalse();
    assertThat(of(1.2, 789, 211).isLike(of(1.2, 800, 200))).isFalse();
    assertThat(of(Double.NaN, 800, 200).isLike(of(1.2, 800, 200))).isTrue();
    assertThat(of(1.2, 800, 200).isLike(Composition.of(1.2, Map.of("A", 800, "C", 200)))).isFalse();
  }

  @Test
  void of_ownConventions_isTheSame() {
    for (Composition each : new Composition[] {of(1.2, 3277, 819), of(Double.NaN, 2, 1)}) {
      assertThat(Composition.of(each.conventions())).contains(each);
    }
    assertThat(Composition.of(Map.of("density", 1.2))).isEmpty();
  }

  @Test
  void density_ofAFrame_isThatOfItsVolumeOrAreaAndUnknownWithAFreeEdge() {
    Frame frame =
        Frame.of("s")
            .box(Box.cube(2))
            .particles(Particles.numbered(0, new byte[] {0, 1}))
            .wrapped(new double[6], null)
            .build();
    assertThat(Composition.density(frame)).isEqualTo(0.25);
    assertThat(Composition.density(frame.toBuilder().box(Box.rectangle(2, 2)).build()))
        .isEqualTo(0.5);
    Frame film = frame.toBuilder().box(frame.box().periodic(true, true, false)).build();
    assertThat(Composition.density(film)).isNaN();
  }
}
