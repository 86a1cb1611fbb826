package io.vitrine.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Milliseconds a frame of side^3 particles, one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class KernelBenchmark {
  /** Particles along an edge. */
  @Param({"16", "64"})
  public int side;

  /** Which kernel. */
  @Param({
    "sort",
    "neighbours",
    "features-live",
    "features-exact",
    "features-naive",
    "score",
    "score-three-models",
    "score-fine",
    "score-fine-average",
    "score-default",
    "p_hop"
  })
  public String kernel;

  private Workload workload;

  /** Builds the frame. */
  @Setup
  public void build() {
    workload = new Workload(Liquid.shaken(side, 1), Runnable::run, 1);
  }

  /** One frame (64 targets of it for the naive loop). */
  @Benchmark
  public double frame() {
    return workload.run(kernel);
  }
}
