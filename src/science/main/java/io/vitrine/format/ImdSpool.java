package io.vitrine.format;

import io.vitrine.model.Box;
import io.vitrine.model.Frame;
import io.vitrine.model.Particles;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Drains an IMD stream at full speed into a GSD file that anybody may follow, because a slow client
 * makes the engine drop frames without a word, and because a file can be read again.
 *
 * <p>One thread reads the socket and appends each frame as it comes. Version 2 says neither step
 * nor time: frame k (from 0) then has step k + 1 and time (k + 1) times {@code every}. A spool that
 * is already there is continued behind its last frame. Memory: one frame; disk: at most {@code
 * mostBytes}, beyond which the connection is given up with a reason.
 */
public final class ImdSpool implements Closeable {
  private static final int PATIENCE_MILLIS = 3_000;

  private final String simulation;
  private final TypesFile types;
  private final double every;
  private final Path path;
  private final long mostBytes;
  private final ImdClient client;
  private final GsdWriter writer;
  private final Thread thread;
  private final ImdGaps gaps = new ImdGaps();
  private double[] before;
  private volatile State state;
  private volatile boolean closing;

  /**
   * How far a spool is.
   *
   * @param frames frames in the file
   * @param missing frames the engine left out, by step (version 3)
   * @param suspected places where frames seem to be missing, by displacement (version 2)
   * @param rewinds times the step did not grow
   * @param ended whether no further frame comes
   * @param failure why it ended, or null where the run was over or {@link #close} was called
   */
  public record State(
      long frames, long missing, long suspected, long rewinds, boolean ended, String failure) {}

  private ImdSpool(
      String simulation,
      TypesFile types,
      double every,
      Path path,
      long mostBytes,
      ImdClient client,
      GsdWriter writer) {
    this.simulation = simulation;
    this.types = types;
    this.every = every;
    this.path = path;
    this.mostBytes = mostBytes;
    this.client = client;
    this.writer = writer;
    this.state = new State(writer.frames(), 0, 0, 0, false, null);
    this.thread = new Thread(this::drain, "imd-spool-" + simulation);
    this.thread.setDaemon(true);
  }

  /**
   * Connects and starts to drain.
   *
   * @param types who the particles are, in order of identifier, and the box where the stream has
   *     none
   * @param every simulation time between frames (tau), for version 2
   * @param path the spool, made or continued
   * @param mostBytes how large it may grow
   */
  public static ImdSpool start(
      String host,
      int port,
      String simulation,
      TypesFile types,
      double every,
      Path path,
      long mostBytes)
      throws IOException {
    // The file first: once connected, every second counts.
    GsdWriter writer = GsdWriter.append(path, Files.exists(path) ? framesIn(path) : 0);
    try {
      ImdClient client = ImdClient.connect(host, port, types.particles().count());
      ImdSpool spool = new ImdSpool(simulation, types, every, path, mostBytes, client, writer);
      spool.thread.start();
      return spool;
    } catch (IOException e) {
      writer.close();
      throw e;
    }
  }

  private static long framesIn(Path path) throws IOException {
    try (GsdReader reader =
        GsdReader.open(path, ReaderOptions.finished("spool", 1), ReadPosition.START)) {
      return reader.countFrames();
    }
  }

  /** What the server announced. */
  public ImdSession session() {
    return client.session();
  }

  /** How far it is. */
  public State state() {
    return state;
  }

  private void drain() {
    String failure = null;
    try {
      ImdFrame received = client.next();
      while (received != null) {
        writer.write(frame(received));
        state = state(false, null);
        if (Files.size(path) > mostBytes) {
          failure = path + " has reached " + mostBytes + " bytes, as much as it may hold";
          break;
        }
        received = client.next();
      }
    } catch (EOFException e) {
      // An engine that ends does not finish its last frame.
      failure = null;
    } catch (IOException | IllegalArgumentException e) {
      failure = closing ? null : e.getMessage();
    } finally {
      failure = finish(failure);
      state = state(true, failure);
    }
  }

  private String finish(String failure) {
    try {
      client.close();
      writer.close();
      return failure;
    } catch (IOException e) {
      return failure == null ? e.getMessage() : failure;
    }
  }

  private State state(boolean ended, String failure) {
    return new State(
        writer.frames(), gaps.missing(), gaps.suspected(), gaps.rewinds(), ended, failure);
  }

  private Frame frame(ImdFrame received) {
    Particles particles = types.particles();
    double[] positions = received.positions();
    double[] velocities = received.velocities();
    Box box = types.box();
    if (received.edges() != null) {
      Lattice lattice =
          Lattice.of(received.edges(), new double[3], new boolean[] {true, true, true});
      box = lattice.box();
      lattice.rotate(positions);
      if (velocities != null) {
        lattice.rotate(velocities);
      }
    }
    long step = received.step();
    if (step >= 0) {
      gaps.step(step);
    } else {
      step = writer.frames() + 1;
      watchDisplacement(positions, box);
    }
    double time = Double.isNaN(received.time()) ? step * every : received.time();
    Frame.Builder frame =
        Frame.of(simulation).at(step, time).box(box).particles(particles).velocities(velocities);
    return client.session().wrapped()
        ? frame.wrapped(positions, null).build()
        : frame.unwrapped(positions).build();
  }

  private void watchDisplacement(double[] positions, Box box) {
    double[] edges = {box.lx(), box.ly(), box.lz()};
    if (before != null && box.isOrthogonal()) {
      double sum = 0;
      for (int i = 0; i < positions.length; i++) {
        double d = positions[i] - before[i];
        d -= edges[i % 3] * Math.rint(d / edges[i % 3]);
        sum += d * d;
      }
      gaps.displacement(3 * sum / positions.length);
    }
    before = positions;
  }

  /** Takes leave of the engine and ends the file; waits until both are done. */
  @Override
  public void close() throws IOException {
    closing = true;
    client.leave();
    try {
      thread.join(PATIENCE_MILLIS);
      if (thread.isAlive()) {
        client.abort();
      }
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
