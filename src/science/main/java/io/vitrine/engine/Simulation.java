package io.vitrine.engine;

import io.vitrine.model.Box;
import io.vitrine.model.Check;
import io.vitrine.model.Frame;
import io.vitrine.model.Particles;
import io.vitrine.model.Thermo;

/**
 * A running molecular-dynamics simulation in two or three dimensions: velocity Verlet, at constant
 * temperature (Nosé-Hoover chain) or constant energy.
 *
 * <p><b>Same bytes.</b> The same start, number of threads and sequence of calls give the same bits
 * on every machine. Each {@link #advance} ends by wrapping, sorting and listing anew, in an order
 * that depends on positions and indices alone, so a simulation restored from a {@link #snapshot}
 * continues bit for bit like the one that went on. Where {@code advance} ends does enter the last
 * bits: advance(200) twice and advance(400) once differ by rounding.
 *
 * <p>Frames keep the particles in the order, and with the identifiers, they started with. Not
 * thread-safe.
 */
public final class Simulation {
  /** More threads than this are refused. */
  public static final int MOST_THREADS = 64;

  private final Configuration state;
  private final Integration integration;
  private final NoseHooverChain chain;
  private long step;
  private PairEnergies energies;

  private Simulation(
      Configuration state, Integration integration, NoseHooverChain chain, long step) {
    this.state = state;
    this.integration = integration;
    this.chain = chain;
    this.step = step;
    state.arrange();
    state.computeForces();
  }

  /**
   * A random start: uniform positions, overlaps pushed apart and minimized away, Maxwell
   * velocities. Not equilibrated; a {@link Schedule} does that.
   */
  public static Simulation create(
      MixtureSpec spec, Integration integration, double temperature, long seed) {
    double[] positions = RandomStart.positions(spec, seed);
    return of(
        spec.box(),
        spec.interactions(),
        spec.particles(),
        positions,
        null,
        RandomStart.velocities(
            spec.particles(), spec.interactions(), spec.mixture().dimensions(), temperature, seed),
        integration,
        temperature,
        0);
  }

  /**
   * Starts from a configuration, with its velocities, at its step (time is step times dt here; a
   * frame moved to {@code at(0, 0)} begins anew).
   *
   * @param seed seed of Maxwell velocities at {@code temperature} where the frame has none
   */
  public static Simulation start(
      Frame frame,
      Interactions interactions,
      Integration integration,
      double temperature,
      long seed) {
    Box box = frame.box();
    double[] velocities = frame.velocities();
    return of(
        box,
        interactions,
        frame.particles(),
        StaticForces.relativePositions(frame),
        frame.images(),
        velocities != null
            ? velocities
            : RandomStart.velocities(
                frame.particles(), interactions, box.dimensions(), temperature, seed),
        integration,
        temperature,
        frame.step());
  }

  private static Simulation of(
      Box box,
      Interactions interactions,
      Particles particles,
      double[] positions,
      int[] images,
      double[] velocities,
      Integration integration,
      double temperature,
      long step) {
    Check.positive("temperature", temperature);
    if (particles.count() < 2) {
      throw Check.refuse("N", "be at least 2", particles.count());
    }
    Configuration state =
        new Configuration(box, interactions, particles, positions, images, velocities);
    NoseHooverChain chain =
        new NoseHooverChain(state.freedom(), integration.thermostatTime(), temperature);
    return new Simulation(state, integration, chain, step);
  }

  /** Continues what {@link #snapshot} wrote, bit for bit. */
  public static Simulation restore(byte[] snapshot) {
    SnapshotCodec.Content c = SnapshotCodec.read(snapshot);
    Configuration state =
        new Configuration(
            c.box(), c.interactions(), c.particles(), c.positions(), c.images(), c.velocities());
    NoseHooverChain chain =
        new NoseHooverChain(
            state.freedom(), c.integration().thermostatTime(), c.temperature(), c.chain());
    return new Simulation(state, c.integration(), chain, c.step());
  }

  /** Everything {@link #restore} needs: about 61 bytes a particle, little-endian, versioned. */
  public byte[] snapshot() {
    return SnapshotCodec.write(
        new SnapshotCodec.Content(
            state.box,
            state.interactions,
            state.particles,
            state.byIndex(state.x),
            state.imagesByIndex(),
            state.byIndex(state.v),
            integration,
            chain.target(),
            chain.state(),
            step));
  }

  /** Moves on by {@code steps} time steps. */
  public void advance(long steps) {
    ramp(chain.target(), steps);
  }

  /** Moves on while the thermostat's temperature goes linearly to {@code temperature}. */
  public void ramp(double temperature, long steps) {
    Check.positive("temperature", temperature);
    if (steps < 0) {
      throw Check.refuse("steps", "be >= 0", steps);
    }
    double from = chain.target();
    double kinetic = state.kineticEnergy();
    double scale = 1;
    for (long s = 1; s <= steps; s++) {
      if (temperature != from) {
        chain.retarget(s == steps ? temperature : from + (temperature - from) * s / steps);
      }
      double open = thermostat(kinetic);
      moveOn(scale * open, s == steps);
      kinetic = kick();
      scale = thermostat(kinetic);
      kinetic *= scale * scale;
    }
    rescale(scale);
    step += steps;
    energies = steps > 0 ? null : energies;
  }

  private double thermostat(double kineticEnergy) {
    return integration.thermostatted()
        ? chain.halfStep(kineticEnergy, integration.timestep())
        : 1.0;
  }

  /** First half kick, drift, new forces. */
  private void moveOn(double scale, boolean last) {
    if (state.perMass == null) {
      drift(state.x, state.v, state.f, 4 * state.count, scale, integration.timestep());
    } else {
      drift(scale, state.perMass, integration.timestep());
    }
    if (last) {
      state.arrange();
    } else {
      state.follow();
    }
    state.computeForces();
  }

  private static void drift(
      double[] x, double[] v, double[] f, int length, double scale, double dt) {
    double half = dt / 2;
    for (int k = 0; k < length; k++) {
      v[k] = v[k] * scale + half * f[k];
      x[k] += dt * v[k];
    }
  }

  /** The same with masses. */
  private void drift(double scale, double[] perMass, double dt) {
    double[] v = state.v;
    for (int i = 0, k = 0; i < state.count; i++) {
      double half = dt / 2 * perMass[state.types[i]];
      for (int stop = k + 4; k < stop; k++) {
        v[k] = v[k] * scale + half * state.f[k];
        state.x[k] += dt * v[k];
      }
    }
  }

  /** Second half kick; returns the kinetic energy. */
  private double kick() {
    double[] v = state.v;
    double[] f = state.f;
    double half = integration.timestep() / 2;
    if (state.perMass == null) {
      for (int k = 0; k < 4 * state.count; k++) {
        v[k] += half * f[k];
      }
    } else {
      for (int k = 0; k < 4 * state.count; k++) {
        v[k] += half * state.perMass[state.types[k >> 2]] * f[k];
      }
    }
    return state.kineticEnergy();
  }

  private void rescale(double scale) {
    double[] v = state.v;
    for (int k = 0; k < 4 * state.count; k++) {
      v[k] *= scale;
    }
  }

  /**
   * Uses so many threads from now on. Not part of the state: one that is restored has one thread
   * until told. The same calls give the same bits for the same number of threads; other numbers
   * differ by rounding.
   */
  public void useThreads(int threads) {
    Check.within("threads", threads, 1, MOST_THREADS);
    state.use(threads);
    state.computeForces();
    energies = null;
  }

  /** Sets the thermostat's temperature from the next step on. */
  public void setTemperature(double temperature) {
    chain.retarget(Check.positive("temperature", temperature));
  }

  /** The thermostat's temperature. */
  public double temperature() {
    return chain.target();
  }

  /** Steps done. */
  public long step() {
    return step;
  }

  /** Simulation time, tau. */
  public double time() {
    return integration.timeOf(step);
  }

  /** Number of particles. */
  public int count() {
    return state.count;
  }

  /** How it moves on. */
  public Integration integration() {
    return integration;
  }

  /** Potential and cut-off convention. */
  public Interactions interactions() {
    return state.interactions;
  }

  /** U, P = (2 KE + W) / (d V) and T = 2 KE / (d N - d) in d dimensions, now. */
  public Thermo thermo() {
    double kinetic = state.kineticEnergy();
    double pressure =
        (2 * kinetic + energies().virial()) / state.box.dimensions() / state.box.volume();
    return new Thermo(energies().energy(), pressure, 2 * kinetic / state.freedom());
  }

  /** Conserved while the temperature is not changed: KE + U, plus the chain's energy in NVT. */
  public double conservedQuantity() {
    double energy = state.kineticEnergy() + energies().energy();
    return integration.thermostatted() ? energy + chain.energy() : energy;
  }

  private PairEnergies energies() {
    if (energies == null) {
      energies = state.energies();
    }
    return energies;
  }

  /** The present configuration: wrapped positions with images, velocities, thermodynamics. */
  public Frame frame(String simulation) {
    Box box = state.box;
    double[] positions = state.byIndex(state.x);
    StaticForces.toBox(positions, box);
    return Frame.of(simulation)
        .at(step, time())
        .box(box)
        .particles(state.particles)
        .wrapped(positions, state.imagesByIndex())
        .velocities(state.byIndex(state.v))
        .thermo(thermo())
        .build();
  }
}
