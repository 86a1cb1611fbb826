package io.vitrine.model;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * One configuration of one simulation at one instant.
 *
 * <p>Positions are interleaved xyz, sigma. They are either unwrapped, or wrapped with image flags
 * that this very frame carries, or wrapped without: image flags of another frame never count.
 * Wrapped positions may lie slightly outside the box, as engines wrap only now and then.
 *
 * <p>Arrays are frozen once a frame is built: callers must not write into what accessors return.
 */
public final class Frame {
  private final String simulation;
  private final long step;
  private final double time;
  private final Box box;
  private final Particles particles;
  private final double[] positions;
  private final boolean unwrapped;
  private final int[] images;
  private final double[] velocities;
  private final Thermo thermo;

  private Frame(Builder b) {
    this.simulation = Objects.requireNonNull(b.simulation, "simulation");
    this.step = b.step;
    this.time = b.time;
    this.box = Objects.requireNonNull(b.box, "box");
    this.particles = Objects.requireNonNull(b.particles, "particles");
    this.positions = Objects.requireNonNull(b.positions, "positions");
    this.unwrapped = b.unwrapped;
    this.images = b.images;
    this.velocities = b.velocities;
    this.thermo = b.thermo;
    Check.length("positions", positions.length, 3 * particles.count());
    if (images != null) {
      Check.length("images", images.length, positions.length);
    }
    if (velocities != null) {
      Check.length("velocities", velocities.length, positions.length);
    }
  }

  /** Starts a frame of the named simulation. */
  public static Builder of(String simulation) {
    return new Builder(simulation);
  }

  /** A builder that starts with everything this frame has. */
  public Builder toBuilder() {
    Builder b = new Builder(simulation);
    b.step = step;
    b.time = time;
    b.box = box;
    b.particles = particles;
    b.positions = positions;
    b.unwrapped = unwrapped;
    b.images = images;
    b.velocities = velocities;
    b.thermo = thermo;
    return b;
  }

  /** The same frame in two dimensions: z of its positions, images and velocities is 0. */
  public Frame flat() {
    Builder flat = toBuilder().box(box.flat());
    flat.positions = positions.clone();
    flat.images = images == null ? null : images.clone();
    flat.velocities = velocities == null ? null : velocities.clone();
    for (int z = 2; z < positions.length; z += 3) {
      flat.positions[z] = 0;
      if (images != null) {
        flat.images[z] = 0;
      }
      if (velocities != null) {
        flat.velocities[z] = 0;
      }
    }
    return flat.build();
  }

  /** The same frame with the particles of these indices alone, the last one excluded. */
  public Frame range(int from, int to) {
    Builder part = toBuilder().particles(particles.range(from, to));
    part.positions = Arrays.copyOfRange(positions, 3 * from, 3 * to);
    part.images = images == null ? null : Arrays.copyOfRange(images, 3 * from, 3 * to);
    part.velocities = velocities == null ? null : Arrays.copyOfRange(velocities, 3 * from, 3 * to);
    return part.build();
  }

  /** Parts of one frame put together again, in this order, without velocities. */
  public static Frame joined(List<Frame> parts) {
    Particles all = Particles.joined(parts.stream().map(Frame::particles).toList());
    Builder whole = parts.get(0).toBuilder().particles(all).velocities(null);
    whole.positions = new double[3 * all.count()];
    whole.images = whole.images == null ? null : new int[3 * all.count()];
    int at = 0;
    for (Frame part : parts) {
      System.arraycopy(part.positions, 0, whole.positions, at, part.positions.length);
      if (whole.images != null) {
        System.arraycopy(part.images, 0, whole.images, at, part.images.length);
      }
      at += part.positions.length;
    }
    return whole.build();
  }

  /** Identifier of the simulation. */
  public String simulation() {
    return simulation;
  }

  /** Step of the engine. */
  public long step() {
    return step;
  }

  /** Simulation time, tau. */
  public double time() {
    return time;
  }

  /** The box at this instant. */
  public Box box() {
    return box;
  }

  /** Identifiers and species. */
  public Particles particles() {
    return particles;
  }

  /** Number of particles N. */
  public int count() {
    return particles.count();
  }

  /** Positions [3N], xyz interleaved, sigma, frozen. */
  public double[] positions() {
    return positions;
  }

  /** True when {@link #positions} already are unwrapped. */
  public boolean unwrapped() {
    return unwrapped;
  }

  /** Image flags [3N] of this frame, frozen, or null where it has none. */
  public int[] images() {
    return images;
  }

  /** Velocities [3N], frozen, or null where the source has none. */
  public double[] velocities() {
    return velocities;
  }

  /** Energy, pressure and temperature where the source says. */
  public Thermo thermo() {
    return thermo;
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Frame that
            && simulation.equals(that.simulation)
            && step == that.step
            && Double.compare(time, that.time) == 0
            && box.equals(that.box)
            && particles.equals(that.particles)
            && unwrapped == that.unwrapped
            && Arrays.equals(positions, that.positions)
            && Arrays.equals(images, that.images)
            && Arrays.equals(velocities, that.velocities)
            && thermo.equals(that.thermo));
  }

  @Override
  public int hashCode() {
    return Objects.hash(simulation, step, time, Arrays.hashCode(positions));
  }

  @Override
  public String toString() {
    return "Frame[" + simulation + ", step " + step + ", t " + time + ", N " + count() + "]";
  }

  /** Collects what a frame is made of; arrays are taken over, not copied. */
  public static final class Builder {
    private String simulation;
    private long step;
    private double time;
    private Box box;
    private Particles particles;
    private double[] positions;
    private boolean unwrapped;
    private int[] images;
    private double[] velocities;
    private Thermo thermo = Thermo.UNKNOWN;

    private Builder(String simulation) {
      this.simulation = simulation;
    }

    /** Names another simulation. */
    public Builder simulation(String id) {
      this.simulation = id;
      return this;
    }

    /** Sets step and simulation time (tau). */
    public Builder at(long engineStep, double tau) {
      this.step = engineStep;
      this.time = tau;
      return this;
    }

    /** Sets the box. */
    public Builder box(Box value) {
      this.box = value;
      return this;
    }

    /** Sets identifiers and species. */
    public Builder particles(Particles value) {
      this.particles = value;
      return this;
    }

    /** Wrapped positions [3N] with the image flags [3N] of this frame, or null. */
    public Builder wrapped(double[] xyz, int[] imagesOrNull) {
      this.positions = xyz;
      this.images = imagesOrNull;
      this.unwrapped = false;
      return this;
    }

    /** Unwrapped positions [3N]. */
    public Builder unwrapped(double[] xyz) {
      this.positions = xyz;
      this.images = null;
      this.unwrapped = true;
      return this;
    }

    /** Velocities [3N], or null. */
    public Builder velocities(double[] xyz) {
      this.velocities = xyz;
      return this;
    }

    /** Energy, pressure, temperature. */
    public Builder thermo(Thermo value) {
      this.thermo = value;
      return this;
    }

    /** Checks shapes and freezes the frame. */
    public Frame build() {
      return new Frame(this);
    }
  }
}
