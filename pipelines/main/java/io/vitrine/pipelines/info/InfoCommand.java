package io.vitrine.pipelines.info;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.dynamics.TimeGrid;
import io.vitrine.format.trajectory.Trajectories;
import io.vitrine.model.Box;
import io.vitrine.model.Check;
import io.vitrine.model.Frame;
import io.vitrine.pipelines.run.FailureException;
import io.vitrine.pipelines.run.JsonSummary;
import io.vitrine.pipelines.run.Program;
import io.vitrine.pipelines.study.SpeciesChoice;
import io.vitrine.streaming.io.feed.FrameScheme;
import io.vitrine.streaming.io.feed.FrameUri;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code vitrine info}: what a trajectory is to us, before anything runs. */
@Command(
    name = "info",
    description =
        "Say what a trajectory is: format, particles, box, time, what p_hop can be made of it, and"
            + " the command that watches it.",
    footer = {"info run.gsd", "info 'replay:run.lammpstrj?dt=0.005&T=0.6'"},
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class InfoCommand implements Callable<Integer> {
  private static final int FIRST = 12;

  /** Time step of most Lennard-Jones runs, tau: an example. */
  private static final double USUAL_DT = 0.005;

  private static final Map<String, String> FORMATS =
      Map.of("gsd", "GSD", "h5md", "H5MD", "lammps", "LAMMPS dump", "extxyz", "extended XYZ");

  @Parameters(
      paramLabel = "FILE|URI",
      description = "a trajectory, or a replay: or follow: URI with its keys, as of --frames")
  private String what;

  @Mixin private JsonSummary json = new JsonSummary();

  private final Map<String, String> lines = new LinkedHashMap<>();
  private final ObjectNode node = new ObjectMapper().createObjectNode();

  @Override
  public Integer call() throws Exception {
    FrameUri uri = uri();
    AnalysisSpec spec = AnalysisSpec.standard();
    TimeGrid grid = TimeGrid.of(uri.number("interval", 1.0));
    int windowFrames = (int) (spec.windowMillis() / grid.intervalMillis()) + 1;
    boolean several = uri.place().contains("*");
    String format =
        uri.get("format") != null || several ? uri.get("format") : Trajectories.format(uri.path());
    TrajectoryInfo info = TrajectoryInfo.of(uri, grid, windowFrames);
    node.put("file", uri.place()).put("format", format).put("frames", info.frames());
    lines.put("format", FORMATS.getOrDefault(format, "sequence of files"));
    String looked = info.read() < info.frames() ? ", the first " + info.read() + " looked at" : "";
    lines.put("frames", info.frames() + looked);
    if (info.first() != null) {
      particles(info);
      box(info.first().box(), info.first().count());
      lines.put("units", units(uri));
      time(info, grid);
      positions(info);
    }
    pHop(info, grid, windowFrames);
    print();
    return 0;
  }

  private FrameUri uri() {
    FrameUri uri = FrameUri.parse(what.matches("[a-z]+:.*") ? what : "replay:" + what);
    if (uri.scheme() != FrameScheme.REPLAY && uri.scheme() != FrameScheme.FOLLOW) {
      throw Check.refuse("info", "be given a file, replay: or follow:", "'" + what + "'");
    }
    return uri;
  }

  private void particles(TrajectoryInfo info) throws FailureException {
    Map<String, Integer> species = SpeciesChoice.counts(info.first().particles());
    String looked = SpeciesChoice.of(null).choose(info.uri().place(), species).name();
    int count = info.first().count();
    lines.put(
        "particles",
        count
            + ": "
            + SpeciesChoice.described(species)
            + "; a run looks at "
            + looked
            + " (--particles)");
    node.put("particles", count);
    species.forEach(node.putObject("species")::put);
    node.put("target", looked);
  }

  private void box(Box box, int count) {
    StringBuilder text = new StringBuilder();
    text.append(format("%.6g x %.6g", box.lx(), box.ly()));
    text.append(box.dimensions() == 3 ? format(" x %.6g", box.lz()) : "").append(" sigma");
    if (box.xy() != 0 || box.xz() != 0 || box.yz() != 0) {
      text.append(format(", tilted by %.4g, %.4g, %.4g", box.xy(), box.xz(), box.yz()));
    }
    String periodic =
        (box.periodicX() ? "x" : "") + (box.periodicY() ? "y" : "") + (box.periodicZ() ? "z" : "");
    text.append(periodic.isEmpty() ? ", not periodic" : ", periodic along " + periodic);
    double size = box.lx() * box.ly() * (box.dimensions() == 3 ? box.lz() : 1);
    text.append(", density " + digits(Math.rint(count / size * 1e4) / 1e4));
    lines.put("box", text.toString());
    lines.put("dimensions", "" + box.dimensions());
    node.put("dimensions", box.dimensions()).put("periodic", periodic);
    node.putArray("box").add(box.lx()).add(box.ly()).add(box.lz());
  }

  private static String units(FrameUri uri) {
    return uri.get("length") == null
        ? "Lennard-Jones ones; the file says no others"
        : uri.get("length") + " of the file is sigma, " + uri.get("time") + " is tau";
  }

  private void time(TrajectoryInfo info, TimeGrid grid) {
    String unit = info.isTimed() ? "tau" : "steps";
    String span = format("%s to %s %s", digits(info.firstTime()), digits(info.lastTime()), unit);
    String apart =
        Double.isNaN(info.spacing())
            ? ""
            : format(", frames %s %s apart", digits(info.spacing()), unit);
    boolean stepsHelp = info.isTimed() && info.stepsBetween() > 0;
    lines.put(
        "time",
        span
            + apart
            + (stepsHelp ? " (" + digits(info.stepsBetween()) + " steps)" : "")
            + (info.isTimed() ? "" : "; dt= says how long a step is"));
    ObjectNode time = node.putObject("time");
    time.put("unit", unit);
    put(time, "first", info.firstTime());
    put(time, "last", info.lastTime());
    put(time, "spacing", info.spacing());
    put(time, "steps_between", info.stepsBetween());
    if (info.isTimed()) {
      lines.put(
          "grid",
          format(
              "%d on the grid of %s tau, %d thinned, %d repeated, %d cannot be used%s%s",
              info.onGrid(),
              digits(grid.interval()),
              info.thinned(),
              info.repeated(),
              info.bad(),
              info.firstBad() == null ? "" : " (the first: " + info.firstBad() + ")",
              info.thinned() > 0 && !Double.isNaN(info.uri().dt())
                  ? "; is dt=" + info.uri().dt() + " right?"
                  : ""));
      node.put("interval", grid.interval()).put("on_grid", info.onGrid());
      node.put("thinned", info.thinned()).put("repeated", info.repeated());
      node.put("cannot_be_used", info.bad());
    }
  }

  private void positions(TrajectoryInfo info) {
    Frame first = info.first();
    String how =
        first.unwrapped()
            ? "unwrapped"
            : first.images() != null
                ? "wrapped, with image flags"
                : "wrapped, without image flags: followed by the nearest image";
    double measured = info.temperature();
    lines.put(
        "positions",
        how
            + (Double.isNaN(measured)
                ? "; no velocities, so no measured temperature"
                : format("; measured T = %.4g", measured)));
    put(node, "temperature", measured);
  }

  /** Whether p_hop can be measured, and with which command. */
  private void pHop(TrajectoryInfo info, TimeGrid grid, int windowFrames) {
    String why = null;
    if (info.first() == null) {
      why = info.firstBad() == null ? "there is no frame" : info.firstBad();
    } else if (info.trouble() != null) {
      why = info.trouble();
    } else if (info.isTimed() && info.windows() == 0) {
      why =
          format(
              "a window takes %d frames in a row, %s tau apart",
              windowFrames, digits(grid.interval()));
    }
    boolean can = why == null;
    lines.put(
        "p_hop",
        !can
            ? "cannot be measured: " + why
            : info.isTimed()
                ? info.windows() + " windows" + (info.read() < info.frames() ? " in these" : "")
                : format(
                    "with dt: frames must be %s tau apart or closer; dt=%s would make %s tau",
                    digits(grid.interval()), USUAL_DT, digits(info.spacing() * USUAL_DT)));
    node.put("p_hop", can);
    if (can) {
      node.putNull("reason");
      String command = "./vitrine monitor --frames " + Program.quoted(command(info));
      lines.put("next", command);
      node.put("command", command);
    } else {
      node.put("reason", why);
    }
  }

  /** The URI with what is missing in it, to be filled in. */
  private static String command(TrajectoryInfo info) {
    FrameUri uri = info.uri();
    StringBuilder text = new StringBuilder(uri.toString());
    char separator = text.indexOf("?") < 0 ? '?' : '&';
    if (Double.isNaN(uri.temperature())) {
      double measured = info.temperature();
      String t = Double.isNaN(measured) ? "TEMPERATURE" : digits(Math.rint(measured * 100) / 100);
      text.append(separator).append("T=").append(t);
      separator = '&';
    }
    if (!info.isTimed()) {
      text.append(separator).append("dt=").append(USUAL_DT);
    }
    return text.toString();
  }

  private void print() throws IOException {
    json.print(node);
    if (json.asked()) {
      return;
    }
    lines.forEach((name, text) -> System.out.printf("%-" + FIRST + "s%s%n", name, text));
  }

  private static void put(ObjectNode node, String name, double value) {
    if (Double.isNaN(value)) {
      node.putNull(name);
    } else {
      node.put(name, value);
    }
  }

  private static String digits(double value) {
    String text = format("%.6g", value);
    return text.contains(".") && !text.contains("e")
        ? text.replaceFirst("0+$", "").replaceFirst("[.]$", "")
        : text;
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }
}
