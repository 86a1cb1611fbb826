package io.vitrine.benchmarks;

import io.vitrine.model.Frame;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Runs kernels on request, so that a script can measure them alternately with other programs.
 *
 * <p>Reads lines {@code KERNEL FRAME MILLIS THREADS}: FRAME is a file that {@link Liquid#read}
 * takes, or the side of a shaken lattice. Runs the kernel for about MILLIS of CPU time, at least
 * twice, and answers with the smallest cost of a frame in ms: CPU time of the measuring thread for
 * one thread, wall time for more.
 */
final class Worker {
  private final Map<String, Workload> workloads = new HashMap<>();
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

  private Worker() {}

  /** Answers until its input ends. */
  public static void main(String[] args) throws IOException {
    Worker worker = new Worker();
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ", -1);
      out.println(
          worker.measure(words[0], words[1], Long.parseLong(words[2]), Integer.parseInt(words[3])));
    }
    System.exit(0);
  }

  private double measure(String kernel, String frame, long millis, int cores) throws IOException {
    String key = frame + " " + cores;
    if (!workloads.containsKey(key)) {
      workloads.put(key, workload(frame, cores));
    }
    Workload workload = workloads.get(key);
    double best = Double.MAX_VALUE;
    long begin = clock(cores);
    for (int n = 0; n < 2 || clock(cores) - begin < millis * 1_000_000; n++) {
      long before = clock(cores);
      if (Double.isNaN(workload.run(kernel))) {
        throw new IllegalStateException(kernel + " gave NaN");
      }
      best = Math.min(best, (clock(cores) - before) * 1e-6);
    }
    return best * workload.scale(kernel);
  }

  private static Workload workload(String frame, int cores) throws IOException {
    Frame read =
        frame.matches("[0-9]+")
            ? Liquid.shaken(Integer.parseInt(frame), 1)
            : Liquid.read(Path.of(frame));
    if (cores == 1) {
      return new Workload(read, Runnable::run, 1);
    }
    ExecutorService executor = Executors.newFixedThreadPool(cores);
    return new Workload(read, executor, 8 * cores);
  }

  private long clock(int cores) {
    return cores == 1 ? threads.getCurrentThreadCpuTime() : System.nanoTime();
  }
}
