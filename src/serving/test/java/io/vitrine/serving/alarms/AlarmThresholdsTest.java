package io.vitrine.serving.alarms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

final class AlarmThresholdsTest {
  private static final ObjectNode NOTHING = new ObjectMapper().createObjectNode();

  @Test
  void of_someKeys_keepsTheOtherDefaults() {
    assertThat(AlarmThresholds.of(NOTHING)).isEqualTo(AlarmThresholds.DEFAULT);
    assertThat(AlarmThresholds.of(NOTHING.deepCopy().put("stalled-seconds", 5).put("ageing", 3)))
        .isEqualTo(new AlarmThresholds(5, 3, 0.05, 0.02, 0.5, 3, 0.05));
  }

  @Test
  void of_unknownKeyOrBadValue_isRefusedByName() {
    assertThatThrownBy(() -> AlarmThresholds.of(NOTHING.deepCopy().put("stalled", 5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("stalled-seconds")
        .hasMessageContaining("'stalled'");
    assertThatThrownBy(() -> AlarmThresholds.of(NOTHING.deepCopy().put("ageing", "soon")))
        .hasMessageContaining("ageing must be a number");
    assertThatThrownBy(() -> AlarmThresholds.of(NOTHING.deepCopy().put("explosion", 0)))
        .hasMessageContaining("explosion must be > 0");
  }
}
