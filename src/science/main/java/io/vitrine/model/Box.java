package io.vitrine.model;

/**
 * A parallelepiped simulation box.
 *
 * <p>Edge vectors a = (lx, 0, 0), b = (xy, ly, 0), c = (xz, yz, lz): tilts are lengths (sigma), as
 * in LAMMPS; HOOMD's dimensionless tilts times ly and lz give them. The origin is the lower corner.
 *
 * @param lx edge length along x, sigma, &gt; 0
 * @param ly edge length along y, sigma, &gt; 0
 * @param lz edge length along z, sigma, &gt; 0
 * @param xy x component of the second edge
 * @param xz x component of the third edge
 * @param yz y component of the third edge
 * @param originX x of the lower corner
 * @param originY y of the lower corner
 * @param originZ z of the lower corner
 * @param periodicX whether the first edge is periodic
 * @param periodicY whether the second edge is periodic
 * @param periodicZ whether the third edge is periodic
 */
public record Box(
    double lx,
    double ly,
    double lz,
    double xy,
    double xz,
    double yz,
    double originX,
    double originY,
    double originZ,
    boolean periodicX,
    boolean periodicY,
    boolean periodicZ) {

  /** Checks that edges are positive and everything is finite. */
  public Box {
    Check.positive("box lx", lx);
    Check.positive("box ly", ly);
    Check.positive("box lz", lz);
    double others = xy + xz + yz + originX + originY + originZ;
    if (!Double.isFinite(others)) {
      throw Check.refuse("box tilts and origin", "be finite", others);
    }
  }

  /** A periodic cube with its lower corner at the coordinate origin. */
  public static Box cube(double edge) {
    return orthogonal(edge, edge, edge);
  }

  /** A periodic orthogonal box with its lower corner at the coordinate origin. */
  public static Box orthogonal(double lx, double ly, double lz) {
    return new Box(lx, ly, lz, 0, 0, 0, 0, 0, 0, true, true, true);
  }

  /** A periodic triclinic box; tilts are lengths. */
  public static Box triclinic(double lx, double ly, double lz, double xy, double xz, double yz) {
    return new Box(lx, ly, lz, xy, xz, yz, 0, 0, 0, true, true, true);
  }

  /** The same box with its lower corner moved to (x, y, z). */
  public Box at(double x, double y, double z) {
    return new Box(lx, ly, lz, xy, xz, yz, x, y, z, periodicX, periodicY, periodicZ);
  }

  /** The same box centred at the coordinate origin, as HOOMD has it. */
  public Box centred() {
    return at(-(lx + xy + xz) / 2, -(ly + yz) / 2, -lz / 2);
  }

  /** Volume, sigma^3. */
  public double volume() {
    return lx * ly * lz;
  }

  /** True when all three edges are orthogonal. */
  public boolean isOrthogonal() {
    return xy == 0 && xz == 0 && yz == 0;
  }

  /** True when all three edges are periodic. */
  public boolean isPeriodic() {
    return periodicX && periodicY && periodicZ;
  }

  /** Distance between the two faces that the first edge joins, sigma. */
  public double heightX() {
    double c1 = ly * lz;
    double c2 = -xy * lz;
    double c3 = xy * yz - ly * xz;
    return volume() / Math.sqrt(c1 * c1 + c2 * c2 + c3 * c3);
  }

  /** Distance between the two faces that the second edge joins, sigma. */
  public double heightY() {
    return lz * ly / Math.sqrt(lz * lz + yz * yz);
  }

  /** Distance between the two faces that the third edge joins, sigma. */
  public double heightZ() {
    return lz;
  }
}
