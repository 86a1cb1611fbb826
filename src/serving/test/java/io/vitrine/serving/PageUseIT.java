package io.vitrine.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitrine.analysis.bursts.Burst;
import io.vitrine.analysis.bursts.BurstFolder;
import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.analysis.window.ModelScores;
import io.vitrine.model.Box;
import io.vitrine.model.Frame;
import io.vitrine.model.Particles;
import io.vitrine.results.rows.HopEventRow;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one does with the page: hover, zoom, choose, click, play, send an address. */
final class PageUseIT extends OpenPage {
  @TempDir Path folder;

  @Override
  String newStore() {
    return "jdbc:sqlite:" + folder.resolve("store.sqlite");
  }

  /** Where in the window a value of a figure is, [x, y]. */
  private static double[] pixel(String figure, double x, double y) throws IOException {
    JsonNode at =
        browser.evaluate(
            "(() => { const d = vitrine.drawing('%s'); const p = d.convertToPixel({ xAxisIndex: 0, yAxisIndex: 0 }, [%s, %s]); const r = d.getDom().getBoundingClientRect(); return [r.x + p[0], r.y + p[1]]; })()"
                .formatted(figure, x, y));
    return new double[] {at.get(0).asDouble(), at.get(1).asDouble()};
  }

  private static JsonNode zoom(String figure) throws IOException {
    return browser.evaluate(
        "(() => { const z = vitrine.drawing('%s').getOption().dataZoom[0]; return [z.startValue, z.endValue].map(v => Math.round(v)); })()"
            .formatted(figure));
  }

  @Test
  void pointer_overAFigure_tellsAllSimulationsAtThatTime() throws IOException {
    open();
    double[] at = pixel("fig-energy", 20, -7.02);
    browser.move(at[0] - 5, at[1]);
    browser.move(at[0], at[1]);

    String texts =
        "(() => { const all = []; vitrine.drawing('fig-energy').getZr().storage.traverse(e => { if (e.style?.text) all.push(e.style.text); }); return all.join('\\n'); })()";
    browser.await(texts + ".includes('time (τ): 20')");
    String told = browser.evaluate(texts).asText();
    for (double temperature : ExampleStudy.TEMPERATURES) {
      assertThat(told).contains("T" + temperature + ": -7.02");
    }
  }

  @Test
  void drag_acrossAFigureOverTime_zoomsAllOfThemAndIsInTheAddress() throws IOException {
    open();
    double[] from = pixel("fig-energy", 10, -7.03);
    double[] to = pixel("fig-energy", 30, -7.01);
    browser.drag(from[0], from[1], to[0], to[1]);

    browser.await("vitrine.view().from !== ''");
    assertThat(browser.evaluate("+vitrine.view().from").asDouble()).isCloseTo(10, within(1.0));
    assertThat(browser.evaluate("+vitrine.view().to").asDouble()).isCloseTo(30, within(1.0));
    assertThat(browser.evaluate("location.hash").asText()).startsWith("#from=").contains("&to=");
    for (String figure : List.of("fig-energy", "fig-temperature", "fig-hops", "fig-score")) {
      assertThat(zoom(figure).toString()).as(figure).isEqualTo("[10,30]");
    }
    // Only what lies in the range is asked for.
    browser.await("vitrine.numbers('fig-hops')[0].x.at(-1) < 32");
    browser.evaluate("document.getElementById('whole').click()");
    browser.await("vitrine.numbers('fig-hops')[0].x.length === 30");
    assertThat(zoom("fig-hops").toString()).isEqualTo("[0,39]");
    assertThat(browser.evaluate("location.hash").asText()).isEmpty();
  }

  @Test
  void wheel_zoomsInAFigureThatWasClickedAndScrollsThePageElsewhere() throws IOException {
    open();
    double[] at = pixel("fig-energy", 20, -7.02);
    browser.wheel(at[0], at[1], -120);
    browser.evaluate("new Promise(done => setTimeout(done, 300))");
    assertThat(browser.evaluate("vitrine.view().from").asText()).isEmpty();
    at = pixel("fig-energy", 20, -7.02); // the page may have scrolled
    browser.drag(at[0], at[1], at[0], at[1]);
    browser.await("document.activeElement.id === 'fig-energy'");
    browser.wheel(at[0], at[1], -120);
    browser.await("vitrine.view().from !== '' && vitrine.view().to !== ''");
  }

  @Test
  void keys_inAFigure_zoomAndMoveAndShowAll() throws IOException {
    open();
    String press =
        "document.getElementById('fig-hops').dispatchEvent(new KeyboardEvent('keydown', { key: '%s' }))";
    browser.evaluate("vitrine.drawing('fig-hops'); document.getElementById('fig-hops').focus()");
    browser.evaluate(press.formatted("+"));
    browser.await("vitrine.view().from !== ''");
    assertThat(zoom("fig-energy").toString()).isEqualTo("[4,35]");
    browser.evaluate(press.formatted("ArrowRight"));
    browser.await("+vitrine.view().from > 6");
    browser.evaluate(press.formatted("0"));
    browser.await("vitrine.view().from === '' && vitrine.view().to === ''");
  }

  @Test
  void logarithmicAxis_valueZero_isDrawnAtItsFoot() throws IOException {
    store.apply(List.of(ExampleStudy.window(0.5, 35, 0)));
    open();
    browser.await("vitrine.numbers('fig-hops')[0].y.includes(0)");
    assertThat(browser.evaluate("vitrine.drawing('fig-hops').getOption().yAxis[0].type").asText())
        .isEqualTo("value");
    browser.evaluate("document.querySelector('#fig-hops figcaption button').click()");
    browser.await(
        "vitrine.drawing('fig-hops').getOption().yAxis[0].type === 'log'"
            + " && vitrine.drawing('fig-hops').getOption().yAxis[0].min > 0");

    assertThat(browser.evaluate("location.hash").asText()).isEqualTo("#flip=fig-hops");
    double foot =
        browser.evaluate("vitrine.drawing('fig-hops').getOption().yAxis[0].min").asDouble();
    assertThat(foot).isBetween(0.001, 50 / 800.0);
    JsonNode zero = browser.evaluate("vitrine.drawing('fig-hops').getOption().series[0].data[30]");
    assertThat(zero.get(1).asDouble()).isEqualTo(foot);
    assertThat(zero.get(4).asDouble()).isZero();
    assertThat(
            browser
                .evaluate(
                    "vitrine.drawing('fig-hops').getOption().yAxis[0].axisLabel.formatter("
                        + foot
                        + ")")
                .asText())
        .isEqualTo("0");
  }

  @Test
  void curvesOfEachTemperature_replicas_areMeanAndSpread() throws IOException {
    store.apply(ExampleStudy.simulation(0.5, 40, "again", 20));
    open();
    browser.await("vitrine.numbers('fig-hops').length === 5");
    browser.evaluate(
        "(() => { const g = document.getElementById('group'); g.value = 'temperature'; g.dispatchEvent(new Event('change')); })()");
    browser.await("vitrine.numbers('fig-hops')[0].name === 'T = 0.5'");

    JsonNode mean = numbers("fig-hops").get(0);
    JsonNode band = numbers("fig-hops").get(1);
    assertThat(mean.path("note").get(0).asText()).isEqualTo("mean of 2");
    double[] both = {(50 + 5) / 800.0, (50 + 5 + 20) / 800.0};
    assertThat(mean.path("y").get(0).asDouble()).isCloseTo((both[0] + both[1]) / 2, within(1e-12));
    // One standard deviation of two values is more than either is off: cut at what there was.
    assertThat(band.path("y").get(0).asDouble()).isCloseTo(both[0], within(1e-12));
    assertThat(band.path("high").get(0).asDouble()).isCloseTo(both[1], within(1e-12));
    assertThat(numbers("fig-hops").get(2).path("name").asText()).isEqualTo("T = 0.6");
    assertThat(numbers("fig-phop").get(0).path("name").asText()).isEqualTo("T = 0.5");
  }

  @Test
  void average_longRun_drawsMeansWithWhatTheyHide() throws IOException {
    store.apply(List.of(ExampleStudy.window(0.5, 21, 700)));
    browser.open(URI.create(dashboard.address() + "#average=16"));
    browser.await("vitrine.numbers('fig-hops').length === 8");

    JsonNode line = numbers("fig-hops").get(0);
    JsonNode band = numbers("fig-hops").get(1);
    assertThat(line.path("x").toString()).isEqualTo("[10,23.5,33]");
    assertThat(band.path("high").get(1).asDouble()).isEqualTo(700 / 800.0);
    assertThat(line.path("y").get(1).asDouble()).isLessThan(0.15);
  }

  @Test
  void box_controls_showWhatIsAskedFor() throws IOException {
    store.apply(List.of(ExampleStudy.snapshot(0.5, 10), ExampleStudy.snapshot(0.5, 15)));
    open();
    browser.await("vitrine.box().count === 4096");
    int all = browser.evaluate("vitrine.box().coloured()").asInt();
    int rearranging = browser.evaluate("vitrine.box().rearranging").asInt();

    check("box-only");
    browser.await("vitrine.box().visible === " + rearranging);
    assertThat(browser.evaluate("vitrine.box().coloured()").asInt()).isLessThan(all);
    check("box-only");
    check("box-others");
    browser.await("vitrine.box().visible === " + (4096 - 820));
    check("box-others");
    // A slice of a fifth of 16 layers around the middle holds four of them.
    set("box-axis", "z");
    browser.await("vitrine.box().visible === 4 * 256");
    set("box-axis", "");
    set("box-glass", "0.9");
    browser.await("vitrine.view().glass === '0.9'");
    assertThat(browser.evaluate("vitrine.box().coloured()").asInt())
        .isCloseTo(all, within(all / 10));
    assertThat(browser.evaluate("location.hash").asText()).isEqualTo("#glass=0.9");

    browser.evaluate("document.getElementById('box-play').click()");
    browser.await("vitrine.box().time === 10");
    browser.await("vitrine.box().time === 15");
    browser.evaluate("document.getElementById('box-play').click()");
    assertThat(browser.evaluate("faults").toString()).isEqualTo("[]");
  }

  @Test
  void box_clickOnAParticle_saysWhoItIsAndWhatItDid() throws IOException {
    store.apply(
        List.of(
            ExampleStudy.snapshot(0.5, 10),
            new HopEventRow(ExampleStudy.NAME, "T0.5", 1000 + 3001, "A", 7000, 8000, 9000, 0.31)));
    open();
    browser.await("vitrine.box().count === 4096");
    browser.evaluate("document.getElementById('box').scrollIntoView()");
    JsonNode r =
        browser.evaluate(
            "(() => { const r = document.getElementById('box').getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; })()");
    browser.drag(
        r.get(0).asDouble(), r.get(1).asDouble(), r.get(0).asDouble(), r.get(1).asDouble());
    browser.await("vitrine.view().id !== ''");
    int id = browser.evaluate("+vitrine.view().id").asInt();
    assertThat(id).isBetween(1000, 5095);
    assertThat(texts("#box-chosen").get(0)).startsWith("Particle " + id + ":");

    browser.evaluate(
        "(() => { const i = document.getElementById('box-id'); i.value = 4001; i.dispatchEvent(new Event('change')); })()");
    browser.await("document.getElementById('box-history').textContent.startsWith('It hopped 1')");
    // Number 3001 is in the twelfth layer.
    double x = (0.1 * 11 - 0.8 + 0.12 - ExampleStudy.BIAS) / ExampleStudy.SIGMA;
    assertThat(texts("#box-chosen").get(0))
        .isEqualTo("Particle 4001: p_hop = 0.24 σ², x = %s.".formatted((float) round(x)));
    assertThat(numbers("fig-particle").get(0).path("y").toString()).isEqualTo("[0.31]");
    assertThat(numbers("fig-particle").get(1).path("x").toString()).isEqualTo("[10]");
    assertThat(browser.evaluate("location.hash").asText()).isEqualTo("#id=4001");

    browser.evaluate(
        "document.getElementById('box').dispatchEvent(new KeyboardEvent('keydown', { key: 'n' }))");
    browser.await("vitrine.view().id !== '4001'");
    assertThat(browser.evaluate("faults").toString()).isEqualTo("[]");
  }

  private static double round(double value) {
    return Math.round(value * 1e4) / 1e4;
  }

  /** Three frames of 50 particles, of which 40 are A; at time t the first t of them rearrange. */
  private void burst() throws IOException {
    byte[] types = new byte[50];
    Arrays.fill(types, 40, 50, (byte) 1);
    List<Frame> frames = new ArrayList<>();
    List<double[]> pHop = new ArrayList<>();
    for (int t = 17; t < 20; t++) {
      double[] at = new double[150];
      Arrays.setAll(at, i -> i % 7 - 3);
      frames.add(
          Frame.of("T0.6")
              .at(200L * t, t)
              .box(Box.cube(8))
              .particles(Particles.numbered(1, types))
              .wrapped(at, null)
              .build());
      double[] values = new double[40];
      Arrays.fill(values, 0, t, 0.3);
      pHop.add(values);
    }
    new BurstFolder(folder.resolve("capture"), AnalysisSpec.standard(), ModelScores.none())
        .write(new Burst("T0.6", 22_000, 24_000, 9, frames, pHop));
  }

  @Test
  void mark_ofABurst_leadsToItsFrames() throws IOException {
    burst();
    open();
    browser.await("document.querySelectorAll('#events button').length === 2");
    assertThat(texts("#events li").get(0)).isEqualTo("22 τ T0.6: burst: frames are kept");
    browser.evaluate("document.getElementById('fig-energy').scrollIntoView()");
    JsonNode at =
        browser.evaluate(
            "(() => { const d = vitrine.drawing('fig-energy'); const p = d.convertToPixel({ xAxisIndex: 0, yAxisIndex: 1 }, [22, 0.035]); const r = d.getDom().getBoundingClientRect(); return [r.x + p[0], r.y + p[1]]; })()");
    double[] p = {at.get(0).asDouble(), at.get(1).asDouble()};
    browser.drag(p[0], p[1], p[0], p[1]);
    browser.await("vitrine.box().count === 50");

    assertThat(browser.evaluate("vitrine.box().times.length").asInt()).isEqualTo(3);
    assertThat(browser.evaluate("vitrine.box().time").asDouble()).isEqualTo(17);
    assertThat(browser.evaluate("vitrine.box().rearranging").asInt()).isEqualTo(17);
    assertThat(browser.evaluate("location.hash").asText())
        .isEqualTo("#simulation=T0.6&at=0&burst=22");
    set("box-time", "2");
    browser.await("vitrine.box().rearranging === 19");

    // The address alone shows the same.
    String address = browser.evaluate("location.href").asText();
    browser.leave();
    browser.open(URI.create(address));
    browser.await("vitrine.box().rearranging === 19 && vitrine.box().time === 19");
    assertThat(browser.evaluate("faults").toString()).isEqualTo("[]");
  }

  @Test
  void address_ofAState_showsTheSame() throws IOException {
    store.apply(List.of(ExampleStudy.snapshot(0.6, 10), ExampleStudy.snapshot(0.6, 15)));
    browser.open(
        URI.create(
            dashboard.address()
                + "#from=8&to=20&flip=fig-hops&simulation=T0.6&at=10&colour=p_hop&only=hops&slice=x+0.3"));
    browser.await("vitrine.box().count === 4096 && vitrine.numbers('fig-hops').length === 4");

    assertThat(browser.evaluate("vitrine.box().simulation").asText()).isEqualTo("T0.6");
    assertThat(browser.evaluate("vitrine.box().time").asDouble()).isEqualTo(10);
    assertThat(zoom("fig-energy").toString()).isEqualTo("[8,20]");
    assertThat(browser.evaluate("vitrine.drawing('fig-hops').getOption().yAxis[0].type").asText())
        .isEqualTo("log");
    for (Map.Entry<String, String> control :
        Map.of("box-colour", "p_hop", "box-axis", "x", "box-slice", "0.3", "from", "8")
            .entrySet()) {
      assertThat(
              browser
                  .evaluate("document.getElementById('" + control.getKey() + "').value")
                  .asText())
          .isEqualTo(control.getValue());
    }
    assertThat(browser.evaluate("document.getElementById('box-only').checked").asBoolean())
        .isTrue();
  }

  private static void check(String id) throws IOException {
    browser.evaluate("document.getElementById('" + id + "').click()");
  }

  private static void set(String id, String value) throws IOException {
    browser.evaluate(
        "(() => { const e = document.getElementById('%s'); e.value = '%s'; e.dispatchEvent(new Event('input')); })()"
            .formatted(id, value));
  }
}
