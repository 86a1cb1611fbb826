package io.vitrine.pipelines.paper;

import io.vitrine.analysis.barriers.KramersFit;
import java.util.List;

/**
 * How the curvature of ln(T P_R) in 1/T at x = 0 changes with the training temperature: a line
 * through the fluidities, weighted by their errors. All of them see the same runs, so their errors
 * are not independent and that of the slope is too large rather than too small.
 *
 * @param slope change of the curvature by the training temperature
 * @param error its standard error
 */
record Curvature(double slope, double error) {
  static Curvature of(List<PaperClassifier> fluidities) {
    double w = 0;
    double x = 0;
    double y = 0;
    double xx = 0;
    double xy = 0;
    for (PaperClassifier c : fluidities) {
      KramersFit zero = c.counts().atZero();
      if (zero != null && zero.curvatureError() > 0) {
        double weight = 1 / (zero.curvatureError() * zero.curvatureError());
        w += weight;
        x += weight * c.temperature();
        y += weight * zero.curvature();
        xx += weight * c.temperature() * c.temperature();
        xy += weight * c.temperature() * zero.curvature();
      }
    }
    double spread = xx - x * x / w;
    return new Curvature((xy - x * y / w) / spread, 1 / Math.sqrt(spread));
  }
}
