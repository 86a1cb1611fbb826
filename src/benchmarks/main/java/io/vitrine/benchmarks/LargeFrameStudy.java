package io.vitrine.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.vitrine.format.wire.FrameCodec;
import io.vitrine.geometry.NeighbourLoop;
import io.vitrine.model.FeatureSpec;
import io.vitrine.model.Frame;
import io.vitrine.structure.PairScore;
import io.vitrine.structure.RadialStructure;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A frame of any size in bounded memory: bytes a particle, the cost of dividing it over cores, and
 * whether the parts are the whole to the bit.
 *
 * <p>Arguments: side (particles are its cube; 100), parts that features are done in (100). Run it
 * under a heap limit: it ends, or the limit is too small. CPU time: what dividing costs is the CPU
 * time of two blocks over that of one, which a loaded machine moves little; on two idle cores the
 * time is half of that.
 */
public final class LargeFrameStudy {
  private static final int ROUNDS = 3;

  private LargeFrameStudy() {}

  /** Runs it. */
  public static void main(String[] args) {
    int side = args.length > 0 ? Integer.parseInt(args[0]) : 100;
    int parts = args.length > 1 ? Integer.parseInt(args[1]) : 100;
    Frame frame = Liquid.shaken(side, 1);
    int[] targets = frame.particles().indicesOf(0);
    int n = frame.count();
    row("particles", n, "");
    row("heap limit", Runtime.getRuntime().maxMemory() / (double) n, "bytes a particle");
    long frameBytes = used();
    row("used by the frame", frameBytes / (double) n, "bytes a particle");
    RadialStructure structure = RadialStructure.exact(FeatureSpec.standard());
    NeighbourLoop sorted = structure.sort(frame);
    row("used more when sorted", (used() - frameBytes) / (double) n, "bytes a particle");
    features(structure, sorted, targets, parts);
    ExecutorService two = Executors.newFixedThreadPool(2);
    try {
      divide(frame, targets, two);
    } finally {
      two.shutdown();
    }
    codec();
  }

  private static void features(
      RadialStructure structure, NeighbourLoop sorted, int[] targets, int parts) {
    long before = cpu();
    double sum = 0;
    for (int p = 0; p < parts; p++) {
      int from = (int) ((long) targets.length * p / parts);
      int to = (int) ((long) targets.length * (p + 1) / parts);
      sum += structure.features(sorted, Arrays.copyOfRange(targets, from, to))[0];
    }
    row("exact features in parts", (cpu() - before) / 1e3 / targets.length, "us a target");
    row("  (their check sum)", sum, "");
  }

  private static void divide(Frame frame, int[] targets, ExecutorService two) {
    double[] weights = new Random(1).doubles(100, -1, 1).toArray();
    double[] deviations = new double[100];
    Arrays.fill(deviations, 3);
    List<PairScore> model =
        List.of(PairScore.of(FeatureSpec.standard(), weights, new double[100], deviations, 0));
    double[] whole = PairScore.live(frame, targets, model)[0];
    double one = 0;
    double both = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long start = cpu();
      boolean same = Arrays.equals(whole, PairScore.live(frame, targets, model)[0]);
      long middle = cpu();
      same &= Arrays.equals(whole, PairScore.live(frame, targets, model, two, 2)[0]);
      if (!same) {
        throw new IllegalStateException("scores in blocks must equal the whole, but do not");
      }
      one += (double) (middle - start);
      both += (double) (cpu() - middle);
    }
    row("score, one block", one / ROUNDS / 1e3 / targets.length, "us a target");
    row("score, two blocks on two threads", both / ROUNDS / 1e3 / targets.length, "us a target");
    row("CPU of two blocks / one", both / one, "ratio");
  }

  private static void codec() {
    Frame frame = Liquid.shaken(16, 1);
    byte[] bytes = FrameCodec.encode(frame);
    double[] best = {Double.MAX_VALUE, Double.MAX_VALUE};
    long sum = 0;
    for (int round = 0; round < 50; round++) {
      long start = System.nanoTime();
      for (int k = 0; k < 200; k++) {
        sum += FrameCodec.encode(frame).length;
      }
      long middle = System.nanoTime();
      for (int k = 0; k < 200; k++) {
        sum += FrameCodec.decode(bytes).count();
      }
      best[0] = Math.min(best[0], (middle - start) / 200e3);
      best[1] = Math.min(best[1], (System.nanoTime() - middle) / 200e3);
    }
    row("frame of 4096 encoded", bytes.length, "bytes");
    row("encode (best of 50)", best[0], "us");
    row("decode (best of 50)", best[1], "us");
    row("  (their check sum)", (double) sum, "");
  }

  /** Bytes on the heap that are still needed. */
  private static long used() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** CPU time of the process, ns: the collector's and the compiler's too. */
  private static long cpu() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static void row(String what, double value, String unit) {
    System.out.printf(Locale.ROOT, "%-36s %14.4g %s%n", what, value, unit);
  }
}
