package io.vitrine.pipelines.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitrine.serving.alarms.Alarm;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AlarmNewsTest {
  private static final Alarm HOT = new Alarm("temperature", "hot", 1.2, "measured T = 1.200");
  private static final Alarm DISK = new Alarm("disk", "", 0.01, "1.0% is free");
  private static final long SECOND = 1_000_000_000L;

  @Test
  void hear_alarmThatGoesOnAndOff_isToldOnceEach() {
    List<String> said = new ArrayList<>();
    AlarmNews news = new AlarmNews(said::add);
    news.hear(List.of(HOT), 0);
    news.hear(List.of(HOT, DISK), SECOND);
    news.hear(List.of(DISK), 5 * SECOND);
    news.hear(List.of(HOT, DISK), 9 * SECOND);
    assertThat(said)
        .containsExactly(
            "alarm: hot: temperature: measured T = 1.200", "alarm: disk: 1.0% is free");

    news.hear(List.of(), 19 * SECOND);
    assertThat(said).hasSize(2);
    news.hear(List.of(), 20 * SECOND);
    assertThat(said.subList(2, said.size()))
        .containsExactlyInAnyOrder("alarm is over: hot: temperature", "alarm is over: disk");
    news.hear(List.of(HOT), 21 * SECOND);
    assertThat(said).hasSize(5).endsWith("alarm: hot: temperature: measured T = 1.200");
  }
}
