package io.vitrine.pipelines.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitrine.pipelines.monitor.LiveRow.Attention;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;

final class LiveTableTest {
  private static final double UNKNOWN = Double.NaN;
  private static final LiveRow COLD =
      row("cold", Attention.NONE, 0.5, 130, 0.0031, ">61.0", "too short", "too short");
  private static final LiveRow HOT =
      row("hot", Attention.EQUILIBRATED, 1.0, 125, 0.0612, "0.60", "equilibrated", "equilibrated");

  private static LiveRow row(
      String id,
      Attention attention,
      double temperature,
      double left,
      double hops,
      String tauAlpha,
      String word,
      String state) {
    return new LiveRow(
        id, attention, temperature, 61, 200, left, hops, -0.512, "", tauAlpha, word, state);
  }

  @Test
  void lines_twoSimulationsAt80Columns() {
    assertThat(
            text("default: 2 simulations, 14.2 frames/s, 2 min left", List.of(HOT, COLD), 79, 23))
        .isEqualTo(
            """
            default: 2 simulations, 14.2 frames/s, 2 min left
            simulation      T     tau   left   hops   score  tau_alpha  state
            cold        0.500  61/200  2 min  0.31%  -0.512      >61.0  too short
            hot          1.00  61/200  2 min  6.12%  -0.512       0.60  equilibrated
            samples: tails 418, hops 574/3800 (287 tau more), quiet 0/3800
            """);
  }

  @Test
  void lines_hundredSimulationsAt80By12_wrongOnesFirstAndOneRowForTheRest() {
    assertThat(text("study: 100 simulations, 310.0 frames/s", hundred(), 79, 11))
        .isEqualTo(
            """
            study: 100 simulations, 310.0 frames/s
            simulation      tau   left   hops  tau_alpha  state
            replica-007  61/200         0.31%      >61.0  failed: run-007.gsd: cannot be...
            replica-050  61/200         0.31%      >61.0  no frame for 75 s
            replica-049  61/200  2 min  0.31%      >61.0  2 frames could not be used
            replica-003  61/200  2 min  0.31%      >61.0  temperature: measured T = 1.20...
            replica-000  61/200  2 min  0.31%      >61.0  too short
            replica-001  61/200  2 min  0.31%      >61.0  too short
            replica-002  61/200  2 min  0.31%      >61.0  too short
            93 more: 61 tau, 2 min left, 0.31 to 6.12% hop, 49 equilibrated, 44 too short
            samples: tails 418, hops 574/3800 (287 tau more), quiet 0/3800
            """);
  }

  @Test
  void lines_anyWidthAndHeight_fit() {
    List<LiveRow> wide = new ArrayList<>(hundred());
    wide.add(
        row(
            "a-very-long-name-of-a-simulation-made-in-july-seed-17",
            Attention.NONE,
            0.5,
            UNKNOWN,
            UNKNOWN,
            "",
            "waiting",
            "waiting for frames: \u6c34\u6c34\u6c34 does not exist ".repeat(9)));
    for (List<LiveRow> rows : List.of(List.of(COLD, HOT), wide, List.<LiveRow>of())) {
      for (int width = 1; width < 250; width += width < 130 ? 1 : 20) {
        for (int height : new int[] {1, 2, 3, 4, 5, 8, 23, 60, 200}) {
          List<AttributedString> lines =
              LiveTable.lines("heading ".repeat(40), rows, "footer ".repeat(40), width, height);
          assertThat(lines).hasSizeBetween(1, height);
          for (AttributedString line : lines) {
            assertThat(line.columnLength()).as(width + ": " + line).isLessThanOrEqualTo(width);
          }
        }
      }
    }
  }

  @Test
  void lines_columnsThatAreEmpty_areLeftOut() {
    LiveRow started =
        new LiveRow(
            "run",
            Attention.NONE,
            UNKNOWN,
            3,
            UNKNOWN,
            UNKNOWN,
            UNKNOWN,
            UNKNOWN,
            "",
            "",
            "w",
            "w");
    assertThat(text("h", List.of(started), 79, 23)).contains("simulation  tau  state\n");
  }

  @Test
  void line_withoutTerminal_namesTheWrongOnesAndFits() {
    assertThat(LiveTable.line("12:00:00 default: 2 simulations", List.of(HOT, COLD), "", 240))
        .isEqualTo(
            "12:00:00 default: 2 simulations; cold 61/200 tau left 2 min hops 0.31% score -0.512"
                + " tau_alpha >61.0 too short; hot 61/200 tau left 2 min hops 6.12% score -0.512"
                + " tau_alpha 0.60 equilibrated");
    String many = LiveTable.line("12:00:00 study: 100 simulations", hundred(), "samples: 1", 240);
    assertThat(many).contains("; replica-007 ").contains(" more: ").hasSizeLessThanOrEqualTo(240);
  }

  private static List<LiveRow> hundred() {
    List<LiveRow> rows = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      String id = String.format(Locale.ROOT, "replica-%03d", i);
      LiveRow usual = i < 49 ? COLD : HOT;
      String tauAlpha = usual.tauAlpha();
      rows.add(
          switch (i) {
            case 3 ->
                row(
                    id,
                    Attention.ALARM,
                    0.6,
                    130,
                    0.0031,
                    tauAlpha,
                    "alarm",
                    "temperature: measured T = 1.200, set T = 0.600");
            case 7 ->
                row(
                    id,
                    Attention.FAILED,
                    0.6,
                    UNKNOWN,
                    0.0031,
                    tauAlpha,
                    "failed",
                    "failed: run-007.gsd: cannot be read");
            case 49 ->
                row(
                    id,
                    Attention.DEAD_LETTERS,
                    0.6,
                    130,
                    0.0031,
                    ">61.0",
                    "dead letters",
                    "2 frames could not be used");
            case 50 ->
                row(
                    id,
                    Attention.STALLED,
                    0.6,
                    UNKNOWN,
                    0.0031,
                    ">61.0",
                    "stalled",
                    "no frame for 75 s");
            default ->
                row(
                    id,
                    usual.attention(),
                    0.6,
                    130,
                    usual.hopFraction(),
                    tauAlpha,
                    usual.word(),
                    usual.state());
          });
    }
    return rows;
  }

  private static String text(String heading, List<LiveRow> rows, int width, int height) {
    StringBuilder text = new StringBuilder();
    String footer = "samples: tails 418, hops 574/3800 (287 tau more), quiet 0/3800";
    for (AttributedString line : LiveTable.lines(heading, rows, footer, width, height)) {
      text.append(line).append('\n');
    }
    return text.toString();
  }
}
