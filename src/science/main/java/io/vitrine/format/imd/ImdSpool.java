package io.vitrine.format.imd;

import io.vitrine.format.FileTrouble;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The one owner of an IMD connection: drains the stream at full speed into a GSD file that anybody
 * may follow, because a slow client makes the engine drop frames without notice, and because a file
 * can be read again.
 *
 * <p>One thread connects, reads the socket and appends each frame as it comes. Nobody may listen
 * yet: it tries again until somebody does. A spool that is already there is continued behind its
 * last frame. When a connection ends it tries again for a while ({@link ImdSource#patience}): an
 * engine that was lost, or the next run of the same script; an engine that ended in good order and
 * does not come back is the end of the stream. A lock beside the spool keeps a second owner, in
 * whatever process, from connecting.
 *
 * <p>Memory: one frame; disk: at most {@code mostBytes}, beyond which the connection is given up
 * with a reason.
 */
public final class ImdSpool implements Closeable {
  private static final int FAREWELL_MILLIS = 3_000;
  private static final long RETRY_MILLIS = 250;
  private static final long ORDERLY_MILLIS = 5_000;
  private static final long LOST_MILLIS = 60_000;

  private final ImdSource source;
  private final Path path;
  private final long mostBytes;
  private final Thread thread;
  private final CountDownLatch closing = new CountDownLatch(1);
  private ImdSpoolFile file;
  private ImdClient client;
  private volatile State state = new State(0, 0, 0, 0, 0, "not connected yet", false, null);

  /**
   * How far a spool is.
   *
   * @param frames frames in the file
   * @param missing frames the engine left out, by step (version 3)
   * @param suspected places where frames seem to be missing, by displacement (version 2)
   * @param rewinds times the step did not grow
   * @param connections connections made so far
   * @param status what it is doing, in words for people
   * @param ended whether no further frame comes
   * @param failure why it ended, or null where the run was over or {@link #close} was called
   */
  public record State(
      long frames,
      long missing,
      long suspected,
      long rewinds,
      int connections,
      String status,
      boolean ended,
      String failure) {}

  private ImdSpool(ImdSource source, Path path, long mostBytes) {
    this.source = source;
    this.path = path;
    this.mostBytes = mostBytes;
    this.thread = new Thread(this::own, "imd-spool-" + source.simulation());
    this.thread.setDaemon(true);
  }

  /**
   * Begins to connect and to drain; returns at once.
   *
   * @param path the spool, made or continued
   * @param mostBytes how large it may grow
   */
  public static ImdSpool start(ImdSource source, Path path, long mostBytes) {
    ImdSpool spool = new ImdSpool(source, path, mostBytes);
    spool.thread.start();
    return spool;
  }

  /** The file that grows. */
  public Path path() {
    return path;
  }

  /** How far it is. */
  public State state() {
    return state;
  }

  /** Why frames may be missing before the frame of this ordinal, or null. */
  public synchronized String note(long ordinal) {
    return file == null ? null : file.note(ordinal);
  }

  private void own() {
    String failure = null;
    try {
      // The file first: once connected, every second counts.
      ImdSpoolFile opened = open();
      if (opened != null) {
        try (opened) {
          failure = drainAll();
        }
      }
    } catch (IOException e) {
      failure = isClosing() ? null : FileTrouble.of(e);
    } catch (IllegalArgumentException e) {
      failure = isClosing() ? null : e.getMessage() == null ? e.toString() : e.getMessage();
    } finally {
      show(failure == null ? "ended" : failure, true, failure);
    }
  }

  /** Waits until no other process owns the spool; null when closed meanwhile. */
  private ImdSpoolFile open() throws IOException {
    while (!isClosing()) {
      ImdSpoolFile opened = ImdSpoolFile.open(source, path, mostBytes);
      if (opened != null) {
        synchronized (this) {
          file = opened;
        }
        return opened;
      }
      show("waiting for another process to leave " + path, false, null);
      pause();
    }
    return null;
  }

  /** Connects and drains until nothing more will come; returns why, or null. */
  private String drainAll() throws IOException {
    long patience = file.frames() == 0 ? Long.MAX_VALUE : patienceMillis(LOST_MILLIS);
    String lost = null;
    while (true) {
      ImdClient connected = connect(patience);
      if (connected == null) {
        return isClosing() || lost == null ? null : lost;
      }
      lost = null;
      boolean orderly = true;
      try (connected) {
        show("connected, IMD version " + connected.session().version(), false, null);
        drain(connected);
      } catch (EOFException e) {
        // An engine that ends does not finish its last frame.
        orderly = true;
      } catch (IOException e) {
        if (file.isBroken() || e instanceof ImdProtocolException) {
          throw e;
        }
        orderly = false;
        lost =
            source.peer() + " was lost and does not accept connections any more: " + e.getMessage();
      }
      if (isClosing()) {
        return null;
      }
      patience = patienceMillis(orderly ? ORDERLY_MILLIS : LOST_MILLIS);
    }
  }

  private long patienceMillis(long usual) {
    return Double.isNaN(source.patience()) ? usual : Math.round(source.patience() * 1000);
  }

  private void drain(ImdClient connected) throws IOException {
    ImdFrame received = connected.next();
    while (received != null) {
      file.write(connected.session(), received);
      show(state.status(), false, null);
      received = connected.next();
    }
  }

  /** Connects as soon as somebody listens; null when closed or out of patience. */
  private ImdClient connect(long patienceMillis) throws IOException {
    long began = System.nanoTime();
    while (!isClosing()) {
      try {
        ImdClient opened =
            ImdClient.open(source.host(), source.port(), source.types().particles().count());
        if (!hold(opened)) {
          opened.close();
          return null;
        }
        opened.greet();
        file.connected(opened.session());
        return opened;
      } catch (IOException e) {
        if (e instanceof ImdProtocolException) {
          throw e;
        }
        boolean nobody = e.getCause() instanceof ConnectException;
        show(
            nobody ? "waiting for an engine to listen at " + source.peer() : e.getMessage(),
            false,
            null);
      }
      if ((System.nanoTime() - began) / 1_000_000 >= patienceMillis) {
        return null;
      }
      pause();
    }
    return null;
  }

  private synchronized boolean hold(ImdClient opened) {
    client = opened;
    return !isClosing();
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
  }

  private void pause() {
    try {
      closing.await(RETRY_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      closing.countDown();
    }
  }

  private void show(String status, boolean ended, String failure) {
    ImdSpoolFile f = file;
    state =
        f == null
            ? new State(0, 0, 0, 0, 0, status, ended, failure)
            : new State(
                f.frames(),
                f.gaps().missing(),
                f.gaps().suspected(),
                f.gaps().rewinds(),
                f.connections(),
                status,
                ended,
                failure);
  }

  /** Takes leave of the engine now, without waiting for anything: the process is about to end. */
  public synchronized void leave() {
    closing.countDown();
    if (client != null) {
      client.leave();
    }
  }

  /** Takes leave of the engine and ends the file; waits until both are done. */
  @Override
  public void close() throws IOException {
    leave();
    try {
      thread.join(FAREWELL_MILLIS);
      synchronized (this) {
        if (thread.isAlive() && client != null) {
          client.abort();
        }
      }
      thread.join(FAREWELL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
