package io.vitrine.benchmarks;

import io.vitrine.engine.Integration;
import io.vitrine.engine.Interactions;
import io.vitrine.engine.Simulation;
import io.vitrine.engine.StartConfigurations;
import io.vitrine.model.Frame;
import java.util.Arrays;

/**
 * A long run once in one piece and once cut in three by snapshots, compared bit for bit every tau:
 * {@code EngineEnduranceStudy steps T}. N=1000 from the shipped start.
 */
public final class EngineEnduranceStudy {
  private static final int STEPS_A_FRAME = 200;
  private static final int PIECES = 3;

  private EngineEnduranceStudy() {}

  /** Runs it. */
  public static void main(String[] args) {
    long frames = Long.parseLong(args[0]) / STEPS_A_FRAME;
    double temperature = Double.parseDouble(args[1]);
    Frame start = StartConfigurations.load(1000, temperature, 1).orElseThrow();
    Simulation whole = start(start, temperature);
    Simulation cut = start(start, temperature);
    double first = whole.conservedQuantity();
    long used = 0;
    for (long f = 1; f <= frames; f++) {
      whole.advance(STEPS_A_FRAME);
      cut.advance(STEPS_A_FRAME);
      if (f % (frames / PIECES + 1) == 0) {
        cut = Simulation.restore(cut.snapshot());
        System.out.println("cut and restored at step " + cut.step());
      }
      Frame frame = whole.frame("run");
      if (!frame.equals(cut.frame("run"))) {
        throw new AssertionError("the pieces differ from the whole at step " + whole.step());
      }
      for (double v : frame.positions()) {
        if (!(v >= 0 && v < frame.box().lx())) {
          throw new AssertionError("position " + v + " at step " + whole.step());
        }
      }
      if (f % (frames / 10) == 0) {
        System.gc();
        used = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        System.out.printf(
            "step %d  U/N %.4f  T %.4f  conserved/N drift %+.6f  heap %.1f MB%n",
            whole.step(),
            frame.thermo().potentialEnergy() / frame.count(),
            frame.thermo().temperature(),
            (whole.conservedQuantity() - first) / frame.count(),
            used / 1e6);
      }
    }
    System.out.println(
        "identical: " + Arrays.equals(whole.snapshot(), cut.snapshot()) + " after " + whole.step());
  }

  private static Simulation start(Frame frame, double temperature) {
    return Simulation.start(frame, Interactions.kobAndersen(), Integration.nvt(), temperature, 1);
  }
}
