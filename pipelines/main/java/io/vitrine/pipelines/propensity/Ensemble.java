package io.vitrine.pipelines.propensity;

import io.vitrine.engine.Integration;
import io.vitrine.engine.Interactions;
import io.vitrine.model.Frame;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Replicas of one configuration, several at a time, and their means and standard errors a particle.
 * Each replica has one thread, and replicas are added in their order, so neither the number of
 * threads nor a kill changes a bit.
 */
final class Ensemble {
  private final Interactions interactions;
  private final Integration integration;
  private final double temperature;
  private final double[] times;
  private final int replicas;
  private final int threads;

  /** Ensembles of {@code replicas} trajectories up to the last of {@code times}. */
  Ensemble(
      Interactions interactions,
      Integration integration,
      double temperature,
      double[] times,
      int replicas,
      int threads) {
    this.interactions = interactions;
    this.integration = integration;
    this.temperature = temperature;
    this.times = times.clone();
    this.replicas = replicas;
    this.threads = threads;
  }

  /**
   * Fields by name: the propensity and its standard error at each time; null where it was stopped.
   *
   * @param folder where the replicas' states are kept
   * @param ended is told of every replica that has ended
   */
  Map<String, double[]> run(
      Frame start,
      int configuration,
      long seed,
      String request,
      Path folder,
      BooleanSupplier stop,
      Runnable ended)
      throws IOException {
    AtomicBoolean failed = new AtomicBoolean();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<double[][]>> running = new ArrayList<>();
      for (int r = 0; r < replicas; r++) {
        Path file = folder.resolve(configuration + "-" + r + ".replica");
        Replica replica = new Replica(request, file, start, times);
        long velocities = Replica.seed(seed, configuration, r);
        running.add(
            pool.submit(
                () -> {
                  boolean whole = false;
                  try {
                    double[][] displacements =
                        replica.run(
                            interactions,
                            integration,
                            temperature,
                            velocities,
                            () -> failed.get() || stop.getAsBoolean());
                    whole = true;
                    if (displacements != null) {
                      ended.run();
                    }
                    return displacements;
                  } finally {
                    if (!whole) {
                      failed.set(true);
                    }
                  }
                }));
      }
      return fields(results(running));
    } finally {
      pool.shutdown();
    }
  }

  private static List<double[][]> results(List<Future<double[][]>> running) throws IOException {
    List<double[][]> results = new ArrayList<>();
    IOException trouble = null;
    for (Future<double[][]> future : running) {
      try {
        results.add(future.get());
      } catch (ExecutionException e) {
        if (trouble == null) {
          trouble =
              e.getCause() instanceof IOException io
                  ? io
                  : new IOException("a replica failed: " + e.getCause(), e.getCause());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while replicas were running", e);
      }
    }
    if (trouble != null) {
      throw trouble;
    }
    return results;
  }

  private Map<String, double[]> fields(List<double[][]> results) {
    if (results.contains(null)) {
      return null;
    }
    Map<String, double[]> fields = new TreeMap<>();
    for (int t = 0; t < times.length; t++) {
      int n = results.get(0)[t].length;
      double[] mean = new double[n];
      double[] error = new double[n];
      for (int i = 0; i < n; i++) {
        double sum = 0;
        for (double[][] replica : results) {
          sum += replica[t][i];
        }
        mean[i] = sum / replicas;
        double squares = 0;
        for (double[][] replica : results) {
          double off = replica[t][i] - mean[i];
          squares += off * off;
        }
        error[i] = Math.sqrt(squares / (replicas - 1) / replicas);
      }
      fields.put(name(times, t), mean);
      fields.put(name(times, t) + "_error", error);
    }
    return fields;
  }

  /**
   * {@code propensity} with one time, {@code propensity_TAU} with several ({@code _} for a dot).
   */
  static String name(double[] times, int t) {
    if (times.length == 1) {
      return "propensity";
    }
    String tau = times[t] == Math.rint(times[t]) ? Long.toString((long) times[t]) : "" + times[t];
    return "propensity_" + tau.replace('.', '_');
  }
}
