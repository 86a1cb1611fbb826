package io.vitrine.benchmarks;

import com.sun.management.ThreadMXBean;
import io.vitrine.format.ReadPosition;
import io.vitrine.format.ReaderOptions;
import io.vitrine.format.TrajectoryReader;
import io.vitrine.format.TrajectoryWriter;
import io.vitrine.format.trajectory.Trajectories;
import io.vitrine.model.Box;
import io.vitrine.model.Frame;
import io.vitrine.model.Particles;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * A trajectory followed while it grows, frame after frame: {@code FollowSoak FILE FRAMES}, the
 * format by the suffix. N=512. Each frame is written, then polled for until it is there.
 *
 * <p>Prints for each tenth of the frames the CPU time of all polls and what they allocate, per
 * frame, and the heap that is held.
 */
public final class FollowSoak {
  private static final int COUNT = 512;
  private static final double EDGE = 7.5283;
  private static final int STEPS = 200;
  private static final double DT = 0.005;
  private static final int TENTHS = 10;

  private FollowSoak() {}

  /** Runs it. */
  public static void main(String[] args) throws IOException {
    Path path = Path.of(args[0]);
    int frames = Integer.parseInt(args[1]);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    Random random = new Random(1);
    Particles particles = Particles.numbered(1, new byte[COUNT]);
    double[] positions = random.doubles(3L * COUNT, 0, EDGE).toArray();
    Files.deleteIfExists(path);
    try (TrajectoryWriter writer = Trajectories.create(path);
        TrajectoryReader reader =
            Trajectories.open(path, ReaderOptions.growing("soak", DT), ReadPosition.START)) {
      long cpu = 0;
      long allocated = 0;
      long polls = 0;
      for (int k = 1; k <= frames; k++) {
        for (int i = 0; i < positions.length; i++) {
          double moved = positions[i] + 0.05 * random.nextGaussian();
          positions[i] = moved - EDGE * Math.floor(moved / EDGE);
        }
        writer.write(
            Frame.of("soak")
                .at((long) k * STEPS, k * STEPS * DT)
                .box(Box.cube(EDGE))
                .particles(particles)
                .wrapped(positions.clone(), null)
                .build());
        long cpuBefore = threads.getCurrentThreadCpuTime();
        long allocatedBefore = threads.getThreadAllocatedBytes(thread);
        Frame read = null;
        while (read == null) {
          read = reader.next();
          polls++;
        }
        cpu += threads.getCurrentThreadCpuTime() - cpuBefore;
        allocated += threads.getThreadAllocatedBytes(thread) - allocatedBefore;
        if (read.step() != (long) k * STEPS) {
          throw new AssertionError("frame " + k + " came as step " + read.step());
        }
        int tenth = frames / TENTHS;
        if (k % tenth == 0) {
          System.gc();
          Runtime runtime = Runtime.getRuntime();
          System.out.printf(
              "%d frames, %.0f MB: %.0f us of CPU, %.1f polls, %.0f kB allocated a frame; heap %.1f MB%n",
              k,
              Files.size(path) / 1e6,
              cpu / 1e3 / tenth,
              (double) polls / tenth,
              allocated / 1e3 / tenth,
              (runtime.totalMemory() - runtime.freeMemory()) / 1e6);
          cpu = 0;
          allocated = 0;
          polls = 0;
        }
      }
    }
  }
}
