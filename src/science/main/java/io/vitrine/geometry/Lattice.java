package io.vitrine.geometry;

import io.vitrine.model.Box;

/**
 * The linear map of a box between Cartesian and fractional coordinates: r = origin + s_x a + s_y b
 * + s_z c with a = (lx, 0, 0), b = (xy, ly, 0), c = (xz, yz, lz).
 */
final class Lattice {
  private final Box box;

  Lattice(Box box) {
    this.box = box;
  }

  double fractionalZ(double z) {
    return (z - box.originZ()) / box.lz();
  }

  double fractionalY(double y, double sz) {
    return (y - box.originY() - sz * box.yz()) / box.ly();
  }

  double fractionalX(double x, double sy, double sz) {
    return (x - box.originX() - sy * box.xy() - sz * box.xz()) / box.lx();
  }

  /** x of the lattice vector with the given whole or fractional coefficients. */
  double x(double sx, double sy, double sz) {
    return sx * box.lx() + sy * box.xy() + sz * box.xz();
  }

  double y(double sy, double sz) {
    return sy * box.ly() + sz * box.yz();
  }

  double z(double sz) {
    return sz * box.lz();
  }
}
