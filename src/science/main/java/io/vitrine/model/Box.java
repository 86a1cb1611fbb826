package io.vitrine.model;

/**
 * A parallelepiped simulation box in three dimensions, or a parallelogram in two.
 *
 * <p>Edge vectors a = (lx, 0, 0), b = (xy, ly, 0), c = (xz, yz, lz): tilts are lengths (sigma), as
 * in LAMMPS; HOOMD's dimensionless tilts times ly and lz give them. The origin is the lower corner.
 * Each edge is periodic or free.
 *
 * <p>In two dimensions particles lie in the plane z = 0, the third edge is upright and never
 * periodic, and its length is whatever the source of the frame wrote: nothing depends on it.
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
 * @param periodicZ whether the third edge is periodic; false in two dimensions
 * @param dimensions 2 or 3
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
    boolean periodicZ,
    int dimensions) {

  /** Checks that edges are positive, everything is finite and a plane box is plane. */
  public Box {
    Check.positive("box lx", lx);
    Check.positive("box ly", ly);
    Check.positive("box lz", lz);
    double others = xy + xz + yz + originX + originY + originZ;
    if (!Double.isFinite(others)) {
      throw Check.refuse("box tilts and origin", "be finite", others);
    }
    if (dimensions != 2 && dimensions != 3) {
      throw Check.refuse("box dimensions", "be 2 or 3", dimensions);
    }
    if (dimensions == 2 && (xz != 0 || yz != 0)) {
      throw Check.refuse("box tilts xz and yz in two dimensions", "be 0", xz + " and " + yz);
    }
    if (dimensions == 2 && periodicZ) {
      throw Check.refuse("third edge of a box in two dimensions", "be free", "periodic");
    }
  }

  /** A periodic cube with its lower corner at the coordinate origin. */
  public static Box cube(double edge) {
    return orthogonal(edge, edge, edge);
  }

  /** A periodic orthogonal box with its lower corner at the coordinate origin. */
  public static Box orthogonal(double lx, double ly, double lz) {
    return triclinic(lx, ly, lz, 0, 0, 0);
  }

  /** A periodic rectangle in the plane z = 0, of thickness 1, lower corner at (0, 0, -0.5). */
  public static Box rectangle(double lx, double ly) {
    return orthogonal(lx, ly, 1).at(0, 0, -0.5).flat();
  }

  /** A periodic triclinic box; tilts are lengths. */
  public static Box triclinic(double lx, double ly, double lz, double xy, double xz, double yz) {
    return new Box(lx, ly, lz, xy, xz, yz, 0, 0, 0, true, true, true, 3);
  }

  /** The same box with its lower corner moved to (x, y, z). */
  public Box at(double x, double y, double z) {
    return new Box(lx, ly, lz, xy, xz, yz, x, y, z, periodicX, periodicY, periodicZ, dimensions);
  }

  /** The same box with each edge periodic or free. */
  public Box periodic(boolean x, boolean y, boolean z) {
    return new Box(lx, ly, lz, xy, xz, yz, originX, originY, originZ, x, y, z, dimensions);
  }

  /** The same box in two dimensions, its third edge upright and free. */
  public Box flat() {
    return new Box(lx, ly, lz, xy, 0, 0, originX, originY, originZ, periodicX, periodicY, false, 2);
  }

  /** The same box centred at the coordinate origin, as HOOMD has it. */
  public Box centred() {
    return at(-(lx + xy + xz) / 2, -(ly + yz) / 2, -lz / 2);
  }

  /** Volume, sigma^3; in two dimensions area, sigma^2. */
  public double volume() {
    return dimensions == 2 ? lx * ly : lx * ly * lz;
  }

  /** True when all three edges are orthogonal. */
  public boolean isOrthogonal() {
    return xy == 0 && xz == 0 && yz == 0;
  }

  /** True when every edge is periodic, of two in two dimensions. */
  public boolean isPeriodic() {
    return periodicX && periodicY && (periodicZ || dimensions == 2);
  }

  /** Names of the edges that are free, of two in two dimensions: {@code z}; empty without. */
  public String free() {
    String free = (periodicX ? "" : "x") + (periodicY ? "" : "y");
    return free + (periodicZ || dimensions == 2 ? "" : "z");
  }

  /** Distance between the two faces that the first edge joins, sigma. */
  public double heightX() {
    double c1 = ly * lz;
    double c2 = -xy * lz;
    double c3 = xy * yz - ly * xz;
    return lx * ly * lz / Math.sqrt(c1 * c1 + c2 * c2 + c3 * c3);
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
