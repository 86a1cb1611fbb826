package io.vitrine.benchmarks;

import io.vitrine.engine.Integration;
import io.vitrine.engine.Interactions;
import io.vitrine.engine.MixtureSpec;
import io.vitrine.engine.Schedule;
import io.vitrine.engine.Simulation;
import io.vitrine.engine.StartConfigurations;
import io.vitrine.model.Box;
import io.vitrine.model.Check;
import io.vitrine.model.Frame;
import io.vitrine.model.Particles;
import io.vitrine.model.Target;
import io.vitrine.relaxation.Keep;
import io.vitrine.relaxation.RelaxationReport;
import io.vitrine.relaxation.RelaxationSpec;
import io.vitrine.relaxation.RelaxationTracker;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the verdict says of runs whose state is known; a line at every change of verdict and a last
 * one, and how many looks (every 50 tau) gave each.
 *
 * <p>{@code equilibrium T SEED N TAU}: melted 20 tau at T = 2, cooled within 20 tau, rested for 100
 * tau or 30 tau_alpha (of a run of Kob-Andersen at this T), then watched. {@code start T N TAU}: a
 * shipped start. {@code jump T1 T2 SEED N TAU}: equilibrated at T1, the thermostat at T2 from time
 * 0. {@code drift T1 T2 SEED N TAU}: equilibrated at T1, the thermostat goes to T2 evenly over the
 * run. {@code crystal T SEED TAU MELT}: a face-centred lattice of 500 particles A, first melted 20
 * tau at T = MELT where that is not 0. {@code cost N FRAMES}: CPU a frame and bytes of state.
 * {@code judge FILE...}: the verdict on states that earlier runs of this study left in the working
 * folder.
 */
public final class RelaxationStudy {
  private static final double MELT = 2.0;
  private static final double MELT_TAU = 20;
  private static final double DENSITY = 1.2;
  private static final int CELLS = 5;

  private RelaxationStudy() {}

  /** Runs it. */
  public static void main(String[] args) {
    switch (args[0]) {
      case "equilibrium" -> equilibrium(args);
      case "start" -> start(args);
      case "jump" -> change(args, true);
      case "drift" -> change(args, false);
      case "crystal" -> crystal(args);
      case "cost" -> cost(args);
      case "judge" -> judge(args);
      default -> throw Check.refuse("study", "be one of those in the Javadoc", args[0]);
    }
  }

  private static double number(String[] args, int at) {
    return Double.parseDouble(args[at]);
  }

  private static void equilibrium(String[] args) {
    double temperature = number(args, 1);
    Simulation simulation =
        equilibrated(temperature, Long.parseLong(args[2]), Integer.parseInt(args[3]));
    watch(args, simulation, temperature, (int) number(args, 4));
  }

  private static Simulation equilibrated(double temperature, long seed, int count) {
    Simulation simulation =
        Simulation.create(MixtureSpec.kobAndersen(count), Integration.nvt(), MELT, seed);
    double rest = Math.max(100, 30 * tauAlpha(temperature));
    new Schedule(
            List.of(
                new Schedule.Stage(MELT, MELT, 20),
                new Schedule.Stage(MELT, temperature, 20),
                new Schedule.Stage(temperature, temperature, rest)))
        .run(simulation, s -> {});
    return simulation;
  }

  /** About tau_alpha of Kob-Andersen A at k = 7.25, for the length of rests only. */
  private static double tauAlpha(double temperature) {
    return temperature >= 0.8 ? 5 : temperature >= 0.6 ? 25 : 100;
  }

  private static void start(String[] args) {
    double temperature = number(args, 1);
    Frame frame = StartConfigurations.load(Integer.parseInt(args[2]), temperature, 1).orElseThrow();
    Simulation simulation =
        Simulation.start(
            frame,
            MixtureSpec.kobAndersen(frame.count()).interactions(),
            Integration.nvt(),
            temperature,
            1);
    watch(args, simulation, temperature, (int) number(args, 3));
  }

  private static void change(String[] args, boolean jump) {
    double from = number(args, 1);
    double to = number(args, 2);
    Simulation simulation = equilibrated(from, Long.parseLong(args[3]), Integer.parseInt(args[4]));
    if (jump) {
      simulation.setTemperature(to);
    }
    watch(args, simulation, to, (int) number(args, 5));
  }

  /** One species, which has nothing to keep it from its lattice. */
  private static void crystal(String[] args) {
    int count = 4 * CELLS * CELLS * CELLS;
    double edge = Math.cbrt(count / DENSITY);
    double cell = edge / CELLS;
    double[] x = new double[3 * count];
    double[][] basis = {{0, 0, 0}, {0, 0.5, 0.5}, {0.5, 0, 0.5}, {0.5, 0.5, 0}};
    for (int i = 0; i < count; i++) {
      int c = i / 4;
      int[] at = {c % CELLS, c / CELLS % CELLS, c / (CELLS * CELLS)};
      for (int d = 0; d < 3; d++) {
        x[3 * i + d] = (at[d] + basis[i % 4][d]) * cell;
      }
    }
    double temperature = number(args, 1);
    double melt = number(args, 4);
    Frame frame =
        Frame.of("crystal")
            .at(0, 0)
            .box(Box.cube(edge))
            .particles(Particles.numbered(0, new byte[count]))
            .wrapped(x, null)
            .build();
    Interactions interactions = MixtureSpec.kobAndersen(count).interactions();
    double begin = melt > 0 ? melt : temperature;
    Simulation simulation =
        Simulation.start(frame, interactions, Integration.nvt(), begin, Long.parseLong(args[2]));
    if (melt > 0) {
      simulation.advance(simulation.integration().stepsIn(MELT_TAU));
      simulation.setTemperature(temperature);
    }
    watch(args, simulation, temperature, (int) number(args, 3));
  }

  private static void watch(String[] args, Simulation simulation, double end, int tau) {
    RelaxationTracker tracker = tracker();
    MapKeep keep = new MapKeep();
    double begin = simulation.temperature();
    long steps = simulation.integration().stepsIn(1);
    Map<String, Integer> looks = new HashMap<>();
    String before = "";
    RelaxationReport report = null;
    for (int t = 0; t <= tau; t++) {
      Frame frame = simulation.frame("study");
      Frame now = frame.toBuilder().at(t * steps, t).build();
      if (tracker.accept(now, keep).reportDue()) {
        report = tracker.report(keep).orElseThrow();
        String verdict = report.verdict().kind().text();
        looks.merge(verdict, 1, Integer::sum);
        if (!verdict.equals(before)) {
          tell(args, t, report);
        }
        before = verdict;
      }
      simulation.ramp(begin + (end - begin) * (t + 1) / (tau + 1), steps);
    }
    tell(args, tau, report);
    keep.save(String.join("-", args) + ".state");
    System.out.println("END " + String.join(" ", args) + " | " + before + " | " + looks);
  }

  private static void tell(String[] args, int t, RelaxationReport report) {
    System.out.printf(
        Locale.ROOT,
        "%s | t %d | %s since %s | %s%n",
        String.join(" ", args),
        t,
        report.verdict().kind().text(),
        report.verdict().since(),
        String.join("; ", report.verdict().reasons()));
  }

  /** What is said now of states that earlier studies saved. */
  private static void judge(String[] args) {
    for (String file : List.of(args).subList(1, args.length)) {
      MapKeep keep = MapKeep.load(file);
      RelaxationTracker tracker = tracker();
      RelaxationReport report = tracker.report(keep).orElseThrow();
      tell(new String[] {file}, (int) (report.millis() / 1000), report);
    }
  }

  private static RelaxationTracker tracker() {
    return RelaxationTracker.of(RelaxationSpec.standard(), List.of(Target.A), 1000);
  }

  private static void cost(String[] args) {
    int count = Integer.parseInt(args[1]);
    int frames = Integer.parseInt(args[2]);
    Frame first = StartConfigurations.load(count, 1.0, 1).orElseThrow();
    Simulation simulation =
        Simulation.start(
            first, MixtureSpec.kobAndersen(count).interactions(), Integration.nvt(), 1.0, 1);
    Frame[] known = new Frame[64];
    for (int f = 0; f < known.length; f++) {
      known[f] = simulation.frame("study");
      simulation.advance(50);
    }
    RelaxationTracker tracker = tracker();
    MapKeep keep = new MapKeep();
    long begun = 0;
    int warm = Math.min(500, frames / 2);
    for (int t = 0; t < frames; t++) {
      if (t == warm) {
        begun = cpu();
      }
      // To and fro, so that the motion is continuous.
      int k = t % (2 * known.length - 2);
      Frame frame = known[Math.min(k, 2 * known.length - 2 - k)];
      Frame now = frame.toBuilder().at(t, t).build();
      if (tracker.accept(now, keep).reportDue()) {
        tracker.report(keep);
      }
      if (t == 1000 || t == 10_000 || t == 100_000) {
        System.out.printf(Locale.ROOT, "%d frames: %d bytes of state%n", t, keep.bytes());
      }
    }
    System.out.printf(
        Locale.ROOT,
        "N %d: %.3f ms of CPU a frame, %d bytes written a frame%n",
        count,
        (cpu() - begun) / 1e6 / (frames - warm),
        keep.written / frames);
  }

  private static long cpu() {
    return java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static final class MapKeep implements Keep {
    private final Map<String, byte[]> kept = new HashMap<>();
    private long written;

    @Override
    public byte[] get(String name) {
      return kept.get(name);
    }

    @Override
    public void put(String name, byte[] bytes) {
      written += bytes.length;
      kept.put(name, bytes);
    }

    @Override
    public void remove(String name) {
      kept.remove(name);
    }

    /** Saves what a report needs: not the positions. */
    void save(String file) {
      Map<String, byte[]> small = new HashMap<>(kept);
      small.keySet().removeIf(name -> name.startsWith("x/") || name.equals("paths"));
      try (ObjectOutputStream out = new ObjectOutputStream(Files.newOutputStream(Path.of(file)))) {
        out.writeObject(new HashMap<>(small));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @SuppressWarnings("unchecked") // what save wrote
    static MapKeep load(String file) {
      MapKeep keep = new MapKeep();
      try (ObjectInputStream in = new ObjectInputStream(Files.newInputStream(Path.of(file)))) {
        keep.kept.putAll((Map<String, byte[]>) in.readObject());
      } catch (IOException | ClassNotFoundException e) {
        throw new IllegalStateException(file + " is no saved state", e);
      }
      return keep;
    }

    long bytes() {
      return kept.values().stream().mapToLong(b -> b.length).sum();
    }
  }
}
