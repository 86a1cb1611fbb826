package io.vitrine.pipelines.propensity;

import io.vitrine.engine.Integration;
import io.vitrine.engine.Interactions;
import io.vitrine.engine.Simulation;
import io.vitrine.format.WholeFile;
import io.vitrine.model.Box;
import io.vitrine.model.Frame;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/**
 * One trajectory from a configuration with velocities of its own, and how far each particle is from
 * its start at each time asked for.
 *
 * <p>Its file holds the displacements so far and the engine's state, written aside and renamed
 * every {@link #KEEP_EVERY_TAU} tau. The engine stops at the same steps with and without a kill, so
 * a replica that was continued ends in the same bits.
 */
final class Replica {
  private static final long MAGIC = 0x5654525052503031L;
  private static final long KEEP_EVERY_TAU = 10;

  private final String request;
  private final Path file;
  private final Frame start;
  private final double[] times;

  /**
   * One replica.
   *
   * @param request what was asked for; a file of another request is refused
   * @param file where its state is kept
   * @param start configuration at time 0; its velocities are not used
   * @param times increasing, tau
   */
  Replica(String request, Path file, Frame start, double[] times) {
    this.request = request;
    this.file = file;
    this.start = start;
    this.times = times.clone();
  }

  /** The seed of a replica's velocities: another one for each configuration and replica. */
  static long seed(long seed, int configuration, int replica) {
    SplittableRandom random = new SplittableRandom(seed);
    long ofConfiguration = 0;
    for (int c = 0; c <= configuration; c++) {
      ofConfiguration = random.nextLong();
    }
    random = new SplittableRandom(ofConfiguration);
    long ofReplica = 0;
    for (int r = 0; r <= replica; r++) {
      ofReplica = random.nextLong();
    }
    return ofReplica;
  }

  /** What a file holds. */
  private record Kept(List<double[]> displacements, byte[] snapshot) {}

  /**
   * Displacements [time][particle], sigma; null where {@code stop} said so, with the state kept.
   *
   * @param velocitySeed seed of the Maxwell velocities
   */
  double[][] run(
      Interactions interactions,
      Integration integration,
      double temperature,
      long velocitySeed,
      BooleanSupplier stop)
      throws IOException {
    Kept kept = Files.exists(file) ? read() : new Kept(new ArrayList<>(), new byte[0]);
    List<double[]> done = kept.displacements;
    if (done.size() == times.length) {
      return done.toArray(new double[0][]);
    }
    Simulation simulation =
        kept.snapshot.length > 0
            ? Simulation.restore(kept.snapshot)
            : Simulation.start(
                start.toBuilder().velocities(null).at(0, 0).build(),
                interactions,
                integration,
                temperature,
                velocitySeed);
    long keepEvery = integration.stepsIn(KEEP_EVERY_TAU);
    while (done.size() < times.length) {
      if (stop.getAsBoolean()) {
        write(done, simulation.snapshot());
        return null;
      }
      long wanted = integration.stepsIn(times[done.size()]);
      long mark = (simulation.step() / keepEvery + 1) * keepEvery;
      simulation.advance(Math.min(wanted, mark) - simulation.step());
      if (simulation.step() == wanted) {
        done.add(displacements(start, simulation.frame("replica")));
      }
      if (done.size() == times.length) {
        write(done, new byte[0]);
      } else if (simulation.step() == mark) {
        write(done, simulation.snapshot());
      }
    }
    return done.toArray(new double[0][]);
  }

  /** Lengths of the displacements of all particles, over however many images of the box. */
  static double[] displacements(Frame from, Frame to) {
    double[] lengths = new double[from.count()];
    Box box = from.box();
    double[] edges = {box.lx(), box.ly(), box.lz()};
    for (int i = 0; i < lengths.length; i++) {
      double squares = 0;
      for (int axis = 0; axis < box.dimensions(); axis++) {
        int k = 3 * i + axis;
        double d = place(to, k, edges[axis]) - place(from, k, edges[axis]);
        squares += d * d;
      }
      lengths[i] = Math.sqrt(squares);
    }
    return lengths;
  }

  private static double place(Frame frame, int k, double edge) {
    int[] images = frame.images();
    return frame.positions()[k] + (images == null ? 0 : images[k] * edge);
  }

  private void write(List<double[]> displacements, byte[] snapshot) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeLong(MAGIC);
      out.writeUTF(request);
      out.writeInt(displacements.size());
      for (double[] row : displacements) {
        for (double value : row) {
          out.writeDouble(value);
        }
      }
      out.writeInt(snapshot.length);
      out.write(snapshot);
    }
    WholeFile.write(file, bytes.toByteArray());
  }

  private Kept read() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (in.readLong() != MAGIC) {
        throw new IOException(file + ": is no state of a replica");
      }
      String asked = in.readUTF();
      if (!asked.equals(request)) {
        throw new IOException(file + ": holds '" + asked + "', expected '" + request + "'");
      }
      int count = in.readInt();
      if (count < 0 || count > times.length) {
        throw new IOException(
            file + ": expected at most " + times.length + " times, found " + count);
      }
      List<double[]> displacements = new ArrayList<>();
      for (int t = 0; t < count; t++) {
        double[] row = new double[start.count()];
        for (int i = 0; i < row.length; i++) {
          row[i] = in.readDouble();
        }
        displacements.add(row);
      }
      int length = in.readInt();
      if (length != in.available()) {
        throw new IOException(
            file + ": expected a snapshot of " + length + " bytes, found " + in.available());
      }
      return new Kept(displacements, in.readAllBytes());
    } catch (EOFException e) {
      throw new IOException(file + ": ends after " + bytes.length + " bytes, within a state", e);
    }
  }
}
