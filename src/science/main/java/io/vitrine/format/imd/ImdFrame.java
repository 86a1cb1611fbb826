package io.vitrine.format.imd;

/**
 * One frame as it came over IMD.
 *
 * <p>Arrays belong to whoever holds the frame; it has no equality of its own.
 */
public final class ImdFrame {
  private final long step;
  private final double time;
  private final double[] edges;
  private final double[] positions;
  private final double[] velocities;

  ImdFrame(long step, double time, double[] edges, double[] positions, double[] velocities) {
    this.step = step;
    this.time = time;
    this.edges = edges;
    this.positions = positions;
    this.velocities = velocities;
  }

  /** Step of the engine, or -1 where the stream does not say. */
  public long step() {
    return step;
  }

  /** Time in the engine's unit, or NaN where the stream does not say. */
  public double time() {
    return time;
  }

  /** Edge vectors a, b, c [9], or null where the stream does not say. */
  public double[] edges() {
    return edges;
  }

  /** Positions [3N], ordered by identifier. */
  public double[] positions() {
    return positions;
  }

  /** Velocities [3N], or null. */
  public double[] velocities() {
    return velocities;
  }
}
