package io.vitrine.format.h5md;

import io.jhdf.exceptions.HdfException;
import io.vitrine.format.BadFrameException;
import io.vitrine.format.CellVectors;
import io.vitrine.format.FollowedFile;
import io.vitrine.format.NoTimeException;
import io.vitrine.format.ReadPosition;
import io.vitrine.format.ReaderOptions;
import io.vitrine.format.TrajectoryReader;
import io.vitrine.format.text.AtomRows;
import io.vitrine.model.Frame;
import io.vitrine.model.Particles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.zip.CRC32C;

/**
 * Reads H5MD files, finished or growing, a frame at a time.
 *
 * <p>Position, image and velocity by time; species and id fixed or by time; box edges as lengths or
 * vectors, fixed or by time, of two or three dimensions, each periodic or none; step and time
 * explicit or as an increment with an offset. Species, id and edges hold until they are sampled
 * again; a frame has the images and velocities that were sampled at its step. Time is that of the
 * file, else step times dt.
 *
 * <p>Growing: the file is opened again at each poll (jhdf cannot refresh). A frame is given when it
 * was there at the poll before already and the chunks that hold it are full, because a writer that
 * does not use SWMR makes a frame visible before its numbers. The writer must flush; it should use
 * {@code libver='latest'}, SWMR, chunks of one frame, and write step last. jhdf opens files of at
 * most 131,060 chunks in the latest format. Opening costs O(chunks), so the longer the file, the
 * fewer polls open it.
 *
 * @see <a href="https://www.nongnu.org/h5md/h5md.html">H5MD</a>
 */
public final class H5mdReader implements TrajectoryReader {
  /** The first eight bytes of an HDF5 file, little-endian. */
  public static final long MAGIC = 0x0a1a0a0d46444889L;

  private static final int PATIENCE = 200;
  private static final long FRAMES_A_SKIPPED_POLL = 20_000;
  private static final int FINGERPRINTED = 1024;

  private final Path path;
  private final ReaderOptions options;
  private final Particles given;
  private final H5mdParticles particles = new H5mdParticles();
  private final Object fileKey;
  private H5Storage storage;
  private H5mdLayout layout;
  private long ordinal;
  private long fingerprint;
  private long seen;
  private long ready;
  private int failures;
  private boolean hopeless;
  private String trouble;
  private long pollsToSkip;

  private H5mdReader(Path path, ReaderOptions options, ReadPosition position, Particles given)
      throws IOException {
    this.path = path;
    this.options = options;
    this.ordinal = position.ordinal();
    this.fingerprint = position.fingerprint();
    this.fileKey = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    this.given = given;
  }

  /**
   * Opens a file at a position an earlier reader reported, or at its start.
   *
   * @param given identifiers and species where the file has none, or null
   */
  public static H5mdReader open(
      Path path, ReaderOptions options, ReadPosition position, Particles given) throws IOException {
    H5mdReader reader = new H5mdReader(path, options, position, given);
    if (!options.growing()) {
      reader.reopen();
      reader.ready = reader.seen;
    }
    return reader;
  }

  private void reopen() throws IOException {
    close();
    FollowedFile.checkSameFile(path, fileKey, Files.size(path), 0);
    // jhdf reads zeros where a file that was cut ends.
    H5Superblock head = H5Superblock.read(path);
    long end = head.end();
    if (end < 0 || end > Files.size(path)) {
      throw new IOException(
          path + ": expected " + end + " bytes as its header says, found " + Files.size(path));
    }
    guarded(
        () -> {
          storage = H5Storage.open(path);
          layout = new H5mdLayout(path, storage, options.units());
          ready = seen;
          seen = options.growing() && !head.finished() ? layout.wholeFrames() : layout.frames();
          return null;
        });
    if (Math.max(seen, layout.begunFrames()) < ordinal) {
      throw FollowedFile.rewritten(path, "expected at least " + ordinal + " frames, found " + seen);
    }
    if (ordinal > 0) {
      long now = guarded(() -> fingerprint(stored(ordinal - 1)));
      if (now != fingerprint) {
        throw FollowedFile.rewritten(
            path,
            String.format(
                "expected checksum %08x of frame %d, found %08x", fingerprint, ordinal - 1, now));
      }
    }
  }

  private interface Reading<T> {
    T read() throws IOException;
  }

  /** What a broken or half-written file makes jhdf throw is one kind of failure. */
  private <T> T guarded(Reading<T> reading) throws IOException {
    try {
      if (storage != null) {
        storage.begin();
      }
      return reading.read();
    } catch (BadFrameException e) {
      throw e;
    } catch (IOException e) {
      if (!String.valueOf(e.getMessage()).contains(path.toString())) {
        throw new IOException(path + ": " + e.getMessage(), e);
      }
      throw e;
    } catch (OutOfMemoryError e) {
      // jhdf allocates what a length in the file asks for before it looks whether that is there.
      hopeless = true;
      throw new IOException(path + ": expected an HDF5 file, found a length beyond memory", e);
    } catch (RuntimeException | StackOverflowError e) {
      throw new IOException(path + ": expected an HDF5 file, found " + flaw(e), e);
    }
  }

  /** What jhdf says is wrong, without names of classes. */
  private static String flaw(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root instanceof HdfException ? root.getMessage() : null;
    return message == null
        ? "a broken structure"
        : message.lines().findFirst().orElse("a broken structure");
  }

  @Override
  public Frame next() throws IOException {
    if (ordinal >= usable()) {
      if (!options.growing() && ordinal < layout.begunFrames()) {
        throw guarded(this::leaveOutTail);
      }
      if (!options.growing() || pollsToSkip-- > 0) {
        return null;
      }
      try {
        reopen();
        failures = 0;
      } catch (IOException e) {
        retryOrThrow(e);
        return null;
      }
      if (ordinal >= usable()) {
        pollsToSkip = seen / FRAMES_A_SKIPPED_POLL;
        return null;
      }
    }
    try {
      Frame frame = guarded(() -> take(ordinal));
      failures = 0;
      return frame;
    } catch (BadFrameException e) {
      throw e;
    } catch (IOException e) {
      if (!options.growing()) {
        throw e;
      }
      retryOrThrow(e);
      ready = 0;
      return null;
    }
  }

  private void retryOrThrow(IOException e) throws IOException {
    trouble = e.getMessage();
    hopeless |= e.getMessage().contains("rewritten") || e.getMessage().contains("give ");
    if (hopeless || ++failures > PATIENCE) {
      throw e;
    }
  }

  /** Number of frames that may be given now. */
  private long usable() throws IOException {
    if (layout == null || !options.growing()) {
      return ready;
    }
    int chunk = guarded(layout::chunkFrames);
    return chunk == 1 || H5Superblock.read(path).finished() ? ready : ready / chunk * chunk;
  }

  /** Goes behind positions of which no step or no time is there, told once. */
  private BadFrameException leaveOutTail() throws IOException {
    long from = ordinal;
    long to = layout.begunFrames();
    fingerprint = fingerprint(stored(to - 1));
    ordinal = to;
    return new BadFrameException(
        path + ", frame " + from,
        Double.NaN,
        String.format(
            "expected a step and a time for each of the %d positions, found %d: the last %d are"
                + " left out",
            to, from, to - from));
  }

  private Frame take(long frame) throws IOException {
    String where = path + ", frame " + frame;
    double time = Double.NaN;
    double[] stored = stored(frame);
    long crc = fingerprint(stored);
    try {
      long step = layout.position().hasStep() ? layout.position().step(frame) : frame;
      time = time(frame, step);
      Frame read = read(frame, step, time, stored);
      advance(crc);
      return read;
    } catch (IllegalArgumentException e) {
      advance(crc);
      throw new BadFrameException(where, time, e.getMessage());
    }
  }

  private void advance(long crc) {
    ordinal++;
    fingerprint = crc;
  }

  private double time(long frame, long step) throws IOException {
    if (layout.position().hasTime()) {
      return layout.position().time(frame);
    }
    if (Double.isNaN(options.dt())) {
      throw new NoTimeException(path);
    }
    return step * options.dt();
  }

  /** Positions as the file has them, row by row. */
  private double[] stored(long frame) throws IOException {
    int[] shape = layout.position().shape();
    int n = shape.length == 0 ? 0 : shape[0];
    layout.position().checkShape(n, layout.columns());
    return H5Numbers.doubles(layout.position().value(frame), layout.columns() * n);
  }

  private Frame read(long frame, long step, double time, double[] stored) throws IOException {
    int columns = layout.columns();
    int n = stored.length / columns;
    particles.read(layout, given, options.names(), frame, n);
    int[] rowOf = particles.rowOf();
    CellVectors lattice = layout.lattice(frame);
    double[] positions = AtomRows.sorted(spread(stored, columns), rowOf);
    lattice.rotate(positions);
    int[] images = null;
    Object flags = layout.image() == null ? null : layout.sampled(layout.image(), frame);
    if (flags != null) {
      layout.image().checkShape(n, columns);
      int[] found = H5Numbers.ints(flags, columns * n);
      images = lattice.orient(AtomRows.sorted(spread(found, columns), rowOf));
    }
    double[] velocities = null;
    Object moving = layout.velocity() == null ? null : layout.sampled(layout.velocity(), frame);
    if (moving != null) {
      layout.velocity().checkShape(n, columns);
      double[] found = H5Numbers.doubles(moving, columns * n);
      velocities = AtomRows.sorted(spread(found, columns), rowOf);
      lattice.rotate(velocities);
    }
    return Frame.of(options.simulation())
        .at(step, time)
        .box(layout.dimensions() == 2 ? lattice.box().flat() : lattice.box())
        .particles(particles.particles())
        .wrapped(positions, images)
        .velocities(velocities)
        .thermo(layout.thermo(frame))
        .build();
  }

  /** Rows of two or three numbers as triples. */
  private static double[] spread(double[] rows, int columns) {
    if (columns == 3) {
      return rows;
    }
    double[] triples = new double[rows.length / columns * 3];
    for (int i = 0; i < rows.length; i++) {
      triples[i / columns * 3 + i % columns] = rows[i];
    }
    return triples;
  }

  private static int[] spread(int[] rows, int columns) {
    if (columns == 3) {
      return rows;
    }
    int[] triples = new int[rows.length / columns * 3];
    for (int i = 0; i < rows.length; i++) {
      triples[i / columns * 3 + i % columns] = rows[i];
    }
    return triples;
  }

  private static long fingerprint(double[] positions) {
    CRC32C crc = new CRC32C();
    ByteBuffer bytes = ByteBuffer.allocate(FINGERPRINTED * Double.BYTES);
    for (int i = 0; i < Math.min(positions.length, FINGERPRINTED); i++) {
      bytes.putDouble(positions[i]);
    }
    crc.update(bytes.flip());
    return crc.getValue();
  }

  @Override
  public ReadPosition position() {
    return new ReadPosition(ordinal, 0, fingerprint);
  }

  @Override
  public long countFrames() throws IOException {
    if (options.growing() && layout == null) {
      reopen();
    }
    return seen;
  }

  @Override
  public String diagnosis() throws IOException {
    if (ordinal > 0 || seen > 0) {
      return null;
    }
    String why = trouble == null ? "" : " (" + trouble + ")";
    return path
        + ": 0 frames visible, file "
        + Files.size(path)
        + " bytes"
        + why
        + ". The writer must open it with libver='latest', switch swmr_mode on and flush after"
        + " each frame; LAMMPS dump h5md can be read only when its run is over";
  }

  @Override
  public void close() {
    if (storage != null) {
      storage.close();
      storage = null;
      layout = null;
    }
  }
}
