package io.vitrine.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** Least-squares slope of a series and its error, from the scatter about the line. */
final class Slope {
  private final List<double[]> points = new ArrayList<>();

  void add(double x, double y) {
    points.add(new double[] {x, y});
  }

  @Override
  public String toString() {
    int n = points.size();
    double mx = 0;
    double my = 0;
    for (double[] p : points) {
      mx += p[0] / n;
      my += p[1] / n;
    }
    double xx = 0;
    double xy = 0;
    double yy = 0;
    for (double[] p : points) {
      xx += (p[0] - mx) * (p[0] - mx);
      xy += (p[0] - mx) * (p[1] - my);
      yy += (p[1] - my) * (p[1] - my);
    }
    double slope = xy / xx;
    double error = Math.sqrt(Math.max(0, yy - slope * xy) / (n - 2) / xx);
    return String.format("%.3e +- %.1e", slope, error);
  }
}
