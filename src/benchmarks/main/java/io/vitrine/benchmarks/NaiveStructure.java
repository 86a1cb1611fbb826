package io.vitrine.benchmarks;

import io.vitrine.model.FeatureSpec;
import io.vitrine.model.Frame;

/**
 * Structure functions as one would first write them: every target with every particle, nearest
 * image only, one exponential a radius, no cut-off. What the kernels are compared with.
 */
final class NaiveStructure {
  private NaiveStructure() {}

  static double[] features(Frame frame, int[] targets, FeatureSpec spec) {
    double[] r = frame.positions();
    byte[] types = frame.particles().types();
    double edge = frame.box().lx();
    double[] radii = spec.radii();
    double delta = spec.delta();
    double[] g = new double[targets.length * spec.featureCount()];
    for (int n = 0; n < targets.length; n++) {
      int i = targets[n];
      for (int j = 0; j < types.length; j++) {
        if (j == i) {
          continue;
        }
        double dx = r[3 * j] - r[3 * i];
        double dy = r[3 * j + 1] - r[3 * i + 1];
        double dz = r[3 * j + 2] - r[3 * i + 2];
        dx -= edge * Math.rint(dx / edge);
        dy -= edge * Math.rint(dy / edge);
        dz -= edge * Math.rint(dz / edge);
        double distance = Math.sqrt(dx * dx + dy * dy + dz * dz);
        int at = (n * spec.species().size() + types[j]) * radii.length;
        for (int k = 0; k < radii.length; k++) {
          double off = radii[k] - distance;
          g[at + k] += Math.exp(-off * off / (2 * delta * delta));
        }
      }
    }
    return g;
  }
}
