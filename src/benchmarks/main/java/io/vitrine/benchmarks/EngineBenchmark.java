package io.vitrine.benchmarks;

import io.vitrine.engine.Integration;
import io.vitrine.engine.MixtureSpec;
import io.vitrine.engine.Schedule;
import io.vitrine.engine.Simulation;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a step costs, and what of it is thermostat and what rebuilding.
 *
 * <p>{@code advance} ends with a rebuild, so {@link #rebuildingStep} is a step with one; its
 * difference to {@link #nvtStep} is about a rebuild. {@link #nveStep} is a step without thermostat.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(1)
public class EngineBenchmark {
  private static final int STEPS = 200;

  @Param({"1000", "4096"})
  int count;

  private Simulation nvt;
  private Simulation nve;

  /** Melts and rests at T = 1. */
  @Setup(Level.Trial)
  public void melt() {
    nvt = Simulation.create(MixtureSpec.kobAndersen(count), Integration.nvt(), 1.0, 1);
    new Schedule(List.of(new Schedule.Stage(2.0, 1.0, 5), new Schedule.Stage(1.0, 1.0, 5)))
        .run(nvt, s -> {});
    nve = Simulation.start(nvt.frame("start"), nvt.interactions(), Integration.nve(), 1.0, 1);
  }

  /** A step with thermostat, a rebuild every dozen. */
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public long nvtStep() {
    nvt.advance(STEPS);
    return nvt.step();
  }

  /** A step without thermostat. */
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public long nveStep() {
    nve.advance(STEPS);
    return nve.step();
  }

  /** A step that rebuilds. */
  @Benchmark
  public long rebuildingStep() {
    nvt.advance(1);
    return nvt.step();
  }

  /** What a frame adds: energies, virial and copies. */
  @Benchmark
  public double frame() {
    nvt.advance(1);
    return nvt.frame("frame").thermo().pressure();
  }
}
