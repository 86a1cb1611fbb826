package io.vitrine.relaxation;

import io.vitrine.geometry.ReciprocalLattice;
import io.vitrine.model.Check;
import io.vitrine.model.Frame;
import io.vitrine.model.Particles;
import io.vitrine.model.Target;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Follows the relaxation of one simulation, frame by frame, along its whole run.
 *
 * <p>Frames on the time grid are numbered n = 0, 1, ... from the first one, gaps included, and come
 * in order. Each is correlated with earlier ones at the lags of {@link Lags}; structure is measured
 * every 10th frame (S_cc) and by blocks of 50 tau (g(r) of two frames, S(k) at its first peak of
 * one).
 *
 * <p>All memory is in a {@link Keep}: unwrapped positions of the origins that are still needed
 * (frame n = odd times 2^l for 15 times 2^l frames: 8 frames for every factor of two in the run's
 * length, 24 bytes a particle), sums of each level, and some kilobytes of the run. A frame reads 23
 * origins on average and writes one, the paths, level 0 and, every second, fourth, ... frame, the
 * levels above. What comes out is a function of the frames alone.
 */
public final class RelaxationTracker {
  /** Between reports and between blocks of structure, tau. */
  public static final double BLOCK_TAU = 50;

  /** S_cc is measured every so many frames. */
  public static final int COMPOSITION_EVERY = 10;

  /** The first reports of a run, tau. */
  private static final double[] EARLY = {10, 20};

  /** Lag of the overlap that measures mobility in the verdict, tau. */
  private static final double MOBILITY_LAG = 10;

  /** For how long a thermostatted kinetic temperature remembers, tau. */
  private static final double TEMPERATURE_MEMORY = 5;

  private static final String RUN = "run";
  private static final String PATHS = "paths";
  private static final String PAIRS = "pairs";
  private static final String POSITIONS = "x/";
  private static final String LEVEL = "level/";

  private final RelaxationSpec spec;
  private final List<Target> species;
  private final long intervalMillis;
  private final PairSums sums;

  private RelaxationTracker(RelaxationSpec spec, List<Target> species, long intervalMillis) {
    this.spec = spec;
    this.species = List.copyOf(species);
    this.intervalMillis = intervalMillis;
    this.sums = new PairSums(spec);
  }

  /**
   * A tracker of these species; the first one gives tau_alpha.
   *
   * @param intervalMillis between frames, ms of event time
   */
  public static RelaxationTracker of(
      RelaxationSpec spec, List<Target> species, long intervalMillis) {
    Check.positive("number of species", species.size());
    Check.positive("interval of frames", (double) intervalMillis);
    return new RelaxationTracker(spec, species, intervalMillis);
  }

  /**
   * What a frame led to.
   *
   * @param statics of frames and blocks that are over
   * @param reportDue whether {@link RelaxationTracker#report} has something new to say
   */
  public record Step(List<Statics> statics, boolean reportDue) {
    /** Freezes the list. */
    public Step {
      statics = List.copyOf(statics);
    }
  }

  /** Takes the next frame. */
  public Step accept(Frame frame, Keep keep) {
    RunState run = run(keep);
    long millis = Math.round(frame.time() * 1000);
    int[][] members = members(frame);
    if (run.last < 0) {
      run.firstMillis = millis;
      run.particles = new int[members.length];
      for (int s = 0; s < members.length; s++) {
        run.particles[s] = members[s].length;
      }
    }
    long n = (millis - run.firstMillis) / intervalMillis;
    if (n <= run.last) {
      throw Check.refuse(
          frame.simulation() + ": time of a frame",
          "be later than " + (run.firstMillis + run.last * intervalMillis) / 1e3 + " tau",
          frame.time());
    }
    correlate(frame, n, members, run, keep);
    forget(run.last, n, keep);
    addThermo(frame, n, run);
    int edges = ReciprocalLattice.periodicEdges(frame.box(), spec.dimensions());
    List<Statics> statics =
        edges == 0 ? List.of() : statics(frame, n, millis, edges == spec.dimensions(), run, keep);
    boolean due = due(run.last, n);
    run.last = n;
    keep.put(RUN, run.encode());
    return new Step(statics, due);
  }

  private static RunState run(Keep keep) {
    byte[] stored = keep.get(RUN);
    return stored == null ? new RunState() : RunState.decode(stored);
  }

  private int[][] members(Frame frame) {
    int[][] members = new int[species.size()][];
    for (int s = 0; s < members.length; s++) {
      members[s] = frame.particles().indicesOf(species.get(s).type());
    }
    return members;
  }

  private void correlate(Frame frame, long n, int[][] members, RunState run, Keep keep) {
    int[] targets = joined(members);
    byte[] stored = keep.get(PATHS);
    RunPaths paths = stored == null ? RunPaths.of(targets.length) : RunPaths.decode(stored);
    double[] now = paths.follow(frame, targets, spec.dimensions());
    keep.put(PATHS, paths.encode());
    run.cuts = paths.leg();
    double[] then = new double[now.length];
    for (int l = 0; l <= Lags.highest(n); l++) {
      byte[] known = keep.get(LEVEL + l);
      Level level =
          known == null
              ? Level.of(l, members.length, PairSums.columns(spec))
              : Level.decode(l, known);
      for (int m = Lags.first(l); m < Lags.SPAN && Lags.lag(l, m) <= n; m++) {
        long origin = n - Lags.lag(l, m);
        byte[] positions = keep.get(POSITIONS + origin);
        if (positions != null && ByteBuffer.wrap(positions).getInt() == paths.leg()) {
          ByteBuffer.wrap(positions).position(Integer.BYTES).asDoubleBuffer().get(then);
          add(level, m, origin, then, now, members);
        }
      }
      keep.put(LEVEL + l, level.encode());
      run.levels = Math.max(run.levels, l + 1);
    }
    ByteBuffer own = ByteBuffer.allocate(Integer.BYTES + 8 * now.length).putInt(paths.leg());
    own.asDoubleBuffer().put(now);
    keep.put(POSITIONS + n, own.array());
  }

  private void add(Level level, int m, long origin, double[] then, double[] now, int[][] members) {
    int all = now.length / spec.dimensions();
    int begin = 0;
    for (int s = 0; s < members.length; s++) {
      int end = begin + members[s].length;
      level.of(s, m).add(origin, sums.row(then, now, all, begin, end));
      begin = end;
    }
  }

  private static int[] joined(int[][] members) {
    int n = 0;
    for (int[] own : members) {
      n += own.length;
    }
    int[] joined = new int[n];
    n = 0;
    for (int[] own : members) {
      System.arraycopy(own, 0, joined, n, own.length);
      n += own.length;
    }
    return joined;
  }

  /** Removes the origins that nothing after frame {@code now} is correlated with. */
  private static void forget(long before, long now, Keep keep) {
    for (long n = before + 1; n <= now; n++) {
      for (int l = 0; l < Long.numberOfTrailingZeros(n) && n > Lags.lag(l, Lags.SPAN - 1); l++) {
        keep.remove(POSITIONS + (n - Lags.lag(l, Lags.SPAN - 1)));
      }
    }
  }

  private static void addThermo(Frame frame, long n, RunState run) {
    add(run.energy, n, frame.thermo().potentialEnergy() / frame.count());
    add(run.pressure, n, frame.thermo().pressure());
    add(run.temperature, n, frame.thermo().temperature());
  }

  private static void add(TimeBlocks blocks, long n, double value) {
    if (!Double.isNaN(value)) {
      blocks.add(n, value, value * value);
    }
  }

  private double interval() {
    return intervalMillis / 1000.0;
  }

  private long blockFrames() {
    return Math.round(BLOCK_TAU / interval());
  }

  /** Waves along the periodic edges; g(r), which needs a volume, in closed boxes only. */
  private List<Statics> statics(
      Frame frame, long n, long millis, boolean closed, RunState run, Keep keep) {
    List<Statics> statics = new ArrayList<>();
    List<Statics.Reading> readings = new ArrayList<>();
    if (n % COMPOSITION_EVERY == 0) {
      CompositionWaves waves = CompositionWaves.of(frame, spec.dimensions());
      run.composition.add(n, waves.value(0), waves.beyond());
      run.wavenumber = waves.wavenumber(0);
      run.shortest = waves.first();
      run.beyond = waves.others();
      for (int shell = 0; shell < 3; shell++) {
        readings.add(
            new Statics.Reading(
                Statics.COMPOSITION + (shell + 1), waves.wavenumber(shell), waves.value(shell)));
      }
    }
    long block = blockFrames();
    if (n % block == 0) {
      StructurePeak peak = StructurePeak.of(frame, spec.dimensions(), spec.wavevectors().get(0));
      run.largest = peak.largest();
      run.vectors = peak.vectors();
      readings.add(new Statics.Reading(Statics.PEAK, peak.wavenumber(), peak.value()));
      readings.add(new Statics.Reading(Statics.LARGEST, peak.wavenumber(), peak.largest()));
      CompositionBand band = CompositionBand.of(run.composition, n, run.shortest, run.beyond);
      if (band.known()) {
        readings.add(new Statics.Reading(Statics.COMPOSITION_LOW, run.wavenumber, band.low()));
        readings.add(new Statics.Reading(Statics.COMPOSITION_HIGH, run.wavenumber, band.high()));
      }
    }
    if (!readings.isEmpty()) {
      statics.add(new Statics(millis, readings, List.of()));
    }
    if (n / block > run.last / block) {
      pairs(run, keep).ifPresent(statics::add);
      keep.remove(PAIRS);
    }
    if (closed && (n % block == 0 || n % block == block / 2)) {
      byte[] stored = keep.get(PAIRS);
      PairDistances pairs =
          stored == null
              ? new PairDistances(frame.particles().names().size())
              : PairDistances.read(ByteBuffer.wrap(stored));
      pairs.add(frame, spec.dimensions());
      ByteBuffer out = ByteBuffer.allocate(pairs.bytes());
      pairs.write(out);
      keep.put(PAIRS, out.array());
    }
    return statics;
  }

  /** g(r) of the block that the last frame is in. */
  private Optional<Statics> pairs(RunState run, Keep keep) {
    byte[] stored = keep.get(PAIRS);
    if (stored == null) {
      return Optional.empty();
    }
    PairDistances distances = PairDistances.read(ByteBuffer.wrap(stored));
    List<Statics.Pairs> pairs = new ArrayList<>();
    List<String> names = species.get(0).species();
    for (int a = 0; a < distances.species(); a++) {
      for (int b = a; b < distances.species(); b++) {
        double[] g = distances.g(a, b, spec.dimensions());
        if (g != null) {
          List<Double> bins = new ArrayList<>();
          for (double value : g) {
            bins.add(value);
          }
          pairs.add(
              new Statics.Pairs(
                  Particles.pair(names.get(a), names.get(b)),
                  PairDistances.WIDTH,
                  distances.frames(),
                  bins));
        }
      }
    }
    long block = run.last / blockFrames() * blockFrames();
    long millis = run.firstMillis + block * intervalMillis;
    return Optional.of(new Statics(millis, List.of(), pairs));
  }

  private boolean due(long before, long n) {
    boolean due = n / blockFrames() > Math.max(0, before) / blockFrames();
    for (double tau : EARLY) {
      double frames = tau / interval();
      due |= before < frames && n >= frames;
    }
    return due;
  }

  /** What the run says up to its last frame; empty before the first. */
  public Optional<RelaxationReport> report(Keep keep) {
    RunState run = run(keep);
    if (run.last < 0) {
      return Optional.empty();
    }
    List<Level> levels = new ArrayList<>();
    for (int l = 0; l < run.levels; l++) {
      levels.add(Level.decode(l, keep.get(LEVEL + l)));
    }
    RelaxationCurves curves = new RelaxationCurves(spec, interval(), levels);
    RelaxationTime first = curves.time(0, run.particles[0]);
    List<RelaxationPoint> points = new ArrayList<>();
    for (int s = 0; s < species.size(); s++) {
      double tau = s == 0 ? first.atMost() : curves.time(s, run.particles[s]).atMost();
      points.addAll(curves.points(s, species.get(s).name(), run.particles[s], tau));
    }
    Verdict verdict = Judge.judge(evidence(run, levels, first));
    long millis = run.firstMillis + run.last * intervalMillis;
    return Optional.of(new RelaxationReport(millis, points, first, verdict));
  }

  /** g(r) of the block that was begun; no frame follows. */
  public List<Statics> finish(Keep keep) {
    return pairs(run(keep), keep).stream().toList();
  }

  private Evidence evidence(RunState run, List<Level> levels, RelaxationTime tauAlpha) {
    double memory = tauAlpha.atMost() / interval();
    List<Evidence.Series> series = new ArrayList<>();
    series.add(new Evidence.Series("U/N", run.energy, 1, true, 1, memory));
    series.add(new Evidence.Series("P", run.pressure, 1, true, 1, memory));
    series.add(
        new Evidence.Series("T", run.temperature, 1, true, 1, TEMPERATURE_MEMORY / interval()));
    int waves = spec.wavevectors().size();
    int n = run.particles[0];
    overLag(MOBILITY_LAG, levels, "Q", waves + 3, true, n, memory).ifPresent(series::add);
    if (tauAlpha.known()) {
      overLag(tauAlpha.above(), levels, "F_s", 1, false, n, memory).ifPresent(series::add);
    }
    series.removeIf(s -> s.blocks().total()[0] == 0);
    return new Evidence(
        run.firstMillis / 1e3,
        interval(),
        run.last,
        tauAlpha,
        series,
        run.composition,
        run.shortest,
        run.beyond,
        run.wavenumber,
        run.largest,
        run.vectors,
        run.cuts);
  }

  /** The sums over the longest lag up to one of so many tau. */
  private Optional<Evidence.Series> overLag(
      double tau,
      List<Level> levels,
      String name,
      int column,
      boolean squares,
      int particles,
      double memory) {
    TimeBlocks found = null;
    double lag = 0;
    for (int l = 0; l < levels.size(); l++) {
      for (int m = Lags.first(l); m < Lags.SPAN; m++) {
        double own = Lags.lag(l, m) * interval();
        if (own <= tau + 1e-9 && levels.get(l).of(0, m).total()[0] > 0) {
          found = levels.get(l).of(0, m);
          lag = own;
        }
      }
    }
    String title = String.format(java.util.Locale.ROOT, "%s at %.4g tau", name, lag);
    return Optional.ofNullable(found)
        .map(b -> new Evidence.Series(title, b, column, squares, particles, memory));
  }
}
