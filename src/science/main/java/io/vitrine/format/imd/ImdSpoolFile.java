package io.vitrine.format.imd;

import io.vitrine.format.CellVectors;
import io.vitrine.format.ReadPosition;
import io.vitrine.format.ReaderOptions;
import io.vitrine.format.gsd.GsdReader;
import io.vitrine.format.gsd.GsdWriter;
import io.vitrine.model.Box;
import io.vitrine.model.Frame;
import io.vitrine.model.Particles;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The file side of a spool: frames ({@code ID.gsd}), what is to be said of them ({@code ID.notes})
 * and the lock that makes its owner the only one ({@code ID.lock}).
 *
 * <p>Streams without steps and times (version 2): frame k (from 0) has step k + 1 and time (k + 1)
 * times {@code every}. Where such a stream may have lost frames, a note names the frame behind the
 * place: a new connection, or a displacement far above the usual.
 */
final class ImdSpoolFile implements Closeable {
  private static final int REMEMBERED = 33;

  private final ImdSource source;
  private final Path path;
  private final long mostBytes;
  private final FileChannel lockFile;
  private final FileLock lock;
  private final GsdWriter writer;
  private final Path notesFile;
  private final Map<Long, String> notes = new ConcurrentHashMap<>();
  private final ImdGaps gaps = new ImdGaps();
  private double[] before;
  private int connections;
  private boolean broken;

  private ImdSpoolFile(
      ImdSource source, Path path, long mostBytes, FileChannel lockFile, FileLock lock)
      throws IOException {
    this.source = source;
    this.path = path;
    this.mostBytes = mostBytes;
    this.lockFile = lockFile;
    this.lock = lock;
    long frames = Files.exists(path) ? framesIn(path) : 0;
    this.writer = GsdWriter.append(path, frames);
    this.notesFile = beside(path, ".notes");
    if (frames > 0) {
      if (Files.exists(notesFile)) {
        for (String line : Files.readAllLines(notesFile, StandardCharsets.UTF_8)) {
          int tab = line.indexOf('\t');
          if (tab > 0) {
            notes.put(Long.parseLong(line.substring(0, tab)), line.substring(tab + 1));
          }
        }
      }
      rememberLast(frames);
    } else {
      Files.deleteIfExists(notesFile);
    }
  }

  /** Opens or makes a spool; null where another owner has it. */
  static ImdSpoolFile open(ImdSource source, Path path, long mostBytes) throws IOException {
    Files.createDirectories(path.toAbsolutePath().getParent());
    FileChannel lockFile =
        FileChannel.open(
            beside(path, ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = lockFile.tryLock();
      return lock == null ? null : new ImdSpoolFile(source, path, mostBytes, lockFile, lock);
    } catch (OverlappingFileLockException e) {
      return null;
    } finally {
      if (lock == null) {
        lockFile.close();
      }
    }
  }

  private static Path beside(Path path, String suffix) {
    String name = path.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return path.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + suffix);
  }

  private static long framesIn(Path path) throws IOException {
    if (Files.size(path) == 0) {
      return 0;
    }
    try (GsdReader reader =
        GsdReader.open(path, ReaderOptions.finished("spool", 1), ReadPosition.START)) {
      return reader.countFrames();
    }
  }

  /** Learns again what displacements are usual, as the process that did is gone. */
  private void rememberLast(long frames) throws IOException {
    long first = Math.max(0, frames - REMEMBERED);
    try (GsdReader reader =
        GsdReader.openAtFrame(path, ReaderOptions.finished("spool", 1), first)) {
      for (Frame frame = reader.next(); frame != null; frame = reader.next()) {
        gaps.remember(meanSquaredStep(frame.positions(), frame.box()));
      }
    }
  }

  /** Says that the next frame is the first of a new connection. */
  void connected(ImdSession session) throws IOException {
    connections++;
    // What moved while nobody listened says nothing of the stream that begins.
    before = null;
    if (writer.frames() > 0 && !session.time()) {
      note(
          "a new connection begins here: frames may be missing before it, and IMD version 2 does"
              + " not say how many; times continue as if none were");
    }
  }

  private void note(String text) throws IOException {
    long ordinal = writer.frames();
    Files.writeString(
        notesFile,
        ordinal + "\t" + text + "\n",
        StandardCharsets.UTF_8,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    notes.put(ordinal, text);
  }

  /** What is to be said of the frame of an ordinal, or null. */
  String note(long ordinal) {
    return notes.get(ordinal);
  }

  /** Appends a frame. */
  void write(ImdSession session, ImdFrame received) throws IOException {
    broken = true;
    writer.write(frame(session, received));
    if (Files.size(path) > mostBytes) {
      throw new IOException(path + " has reached " + mostBytes + " bytes, as much as it may hold");
    }
    broken = false;
  }

  private Frame frame(ImdSession session, ImdFrame received) throws IOException {
    Particles particles = source.types().particles();
    double[] positions = received.positions();
    double[] velocities = received.velocities();
    Box box = source.types().box();
    if (received.edges() != null) {
      CellVectors lattice =
          CellVectors.of(received.edges(), new double[3], new boolean[] {true, true, true});
      box = lattice.box().periodic(box.periodicX(), box.periodicY(), box.periodicZ());
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
    double time = Double.isNaN(received.time()) ? step * source.every() : received.time();
    Frame.Builder frame =
        Frame.of(source.simulation())
            .at(step, time)
            .box(box)
            .particles(particles)
            .velocities(velocities);
    return session.wrapped()
        ? frame.wrapped(positions, null).build()
        : frame.unwrapped(positions).build();
  }

  private void watchDisplacement(double[] positions, Box box) throws IOException {
    double now = meanSquaredStep(positions, box);
    double usual = gaps.usualDisplacement();
    if (gaps.displacement(now)) {
      note(
          String.format(
              Locale.ROOT,
              "mean squared displacement since the frame before is %.4g sigma^2, usually %.4g:"
                  + " frames may be missing before it, and IMD version 2 does not say",
              now,
              usual));
    }
  }

  /** Of these positions and those of the call before, by minimum image; NaN where not known. */
  private double meanSquaredStep(double[] positions, Box box) {
    double[] edges = {box.lx(), box.ly(), box.lz()};
    double sum = Double.NaN;
    if (before != null && box.isOrthogonal()) {
      sum = 0;
      for (int i = 0; i < positions.length; i++) {
        double d = positions[i] - before[i];
        d -= edges[i % 3] * Math.rint(d / edges[i % 3]);
        sum += d * d;
      }
    }
    before = positions;
    return 3 * sum / positions.length;
  }

  long frames() {
    return writer.frames();
  }

  ImdGaps gaps() {
    return gaps;
  }

  int connections() {
    return connections;
  }

  /** Whether the last write failed: the file is at fault, not the connection. */
  boolean isBroken() {
    return broken;
  }

  @Override
  public void close() throws IOException {
    try (lockFile;
        lock) {
      writer.close();
    }
  }
}
