package io.vitrine.streaming.io.feed;

import io.vitrine.dynamics.TimeGrid;
import io.vitrine.engine.Simulation;
import io.vitrine.format.ReadPosition;
import io.vitrine.model.Frame;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Frames of the built-in engine, computed by a thread of its own, two frames ahead at most.
 *
 * <p>Each frame comes with the engine's state after it; the place of the feed is that of the last
 * frame taken, so that an engine resumed there computes the same frames, bit for bit.
 */
final class EngineFeed implements FrameFeed {
  private static final int AHEAD = 2;

  private final BlockingQueue<Produced> queue = new ArrayBlockingQueue<>(AHEAD);
  private final Thread thread;
  private volatile boolean closed;
  private volatile IOException failure;
  private Position position;

  private record Produced(Frame frame, Position after) {}

  private EngineFeed(FrameUri uri, String simulation, Position start, long intervalMillis) {
    this.position = start;
    this.thread =
        new Thread(() -> run(uri, simulation, start, intervalMillis), "engine " + simulation);
    thread.setDaemon(true);
    thread.start();
  }

  static EngineFeed open(FrameUri uri, String simulation, Position position, FrameOptions options) {
    return new EngineFeed(uri, simulation, position, options.getIntervalMillis());
  }

  private void run(FrameUri uri, String simulation, Position start, long intervalMillis) {
    try {
      Engines.Start asked = Engines.Start.of(uri);
      Simulation engine =
          start.snapshot() == null
              ? Engines.start(asked, s -> checkOpen())
              : Engines.restore(asked, start.snapshot());
      long ordinal = start.read().ordinal();
      long steps = engine.integration().stepsIn(intervalMillis / (double) TimeGrid.MILLIS_PER_TAU);
      while (true) {
        if (ordinal > 0) {
          engine.advance(steps);
        }
        ordinal++;
        Position after = new Position(new ReadPosition(ordinal, 0, 0), engine.snapshot());
        put(new Produced(engine.frame(simulation), after));
      }
    } catch (Closed e) {
      // The reader has gone; nobody waits for more.
    } catch (IOException e) {
      failure = e;
    } catch (RuntimeException e) {
      failure = new IOException("engine of " + simulation + ": " + e.getMessage(), e);
    }
  }

  private void put(Produced produced) {
    try {
      while (!queue.offer(produced, 100, TimeUnit.MILLISECONDS)) {
        checkOpen();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Closed();
    }
    checkOpen();
  }

  private void checkOpen() {
    if (closed) {
      throw new Closed();
    }
  }

  @Override
  public Frame poll() throws IOException {
    Produced next = queue.poll();
    if (next != null) {
      position = next.after();
      return next.frame();
    }
    if (failure != null) {
      throw failure;
    }
    return null;
  }

  @Override
  public boolean ended() {
    return false;
  }

  @Override
  public Position position() {
    return position;
  }

  @Override
  public void close() {
    closed = true;
  }

  /** Ends the engine thread. */
  private static final class Closed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Closed() {
      super("closed", null, false, false);
    }
  }
}
