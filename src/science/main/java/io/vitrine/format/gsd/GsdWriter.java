package io.vitrine.format.gsd;

import io.vitrine.format.ReadPosition;
import io.vitrine.format.ReaderOptions;
import io.vitrine.format.TrajectoryWriter;
import io.vitrine.model.Box;
import io.vitrine.model.Frame;
import io.vitrine.model.Particles;
import io.vitrine.model.Thermo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Writes GSD files (HOOMD schema 1.4, file layer 2.0) frame by frame; each frame is visible to
 * readers when {@link #write} returns.
 *
 * <p>Positions are float32, wrapped into the box and centred; image flags are in every frame that
 * knows them, velocities where the frame has them. Energy, pressure and temperature go to {@code
 * log/potential_energy}, {@code log/pressure} and {@code log/temperature}, per-particle fields to
 * {@code log/particles/NAME}: what is logged must be logged in frame 0 and then in every frame.
 * Simulation time goes to {@code log/vitrine/time}, free edges to {@code log/vitrine/periodic},
 * identifiers other than 0, 1, 2, ... go to {@code log/particles/id}. gsd, MDAnalysis and OVITO
 * read such files.
 *
 * <p>A killed process loses nothing that was written; a machine that loses power may lose what the
 * system had not yet put on the disk ({@link #close} waits for that).
 */
public final class GsdWriter implements TrajectoryWriter {
  private static final int[] ALL_PERIODIC = {1, 1, 1};

  private final GsdAppender file;
  private final Set<String> logged = new TreeSet<>();
  private Particles firstParticles;
  private float[] firstBox;
  private int firstDimensions;
  private int[] firstPeriodic;

  private GsdWriter(GsdAppender file) {
    this.file = file;
  }

  /** Makes a new file, in place of one that may be there. */
  public static GsdWriter create(Path path) throws IOException {
    return new GsdWriter(GsdAppender.create(path));
  }

  /** Continues a file behind its first {@code frames} frames; what is behind them is cut off. */
  public static GsdWriter append(Path path, long frames) throws IOException {
    if (frames == 0) {
      return create(path);
    }
    Frame first;
    try (GsdReader reader =
        GsdReader.open(path, ReaderOptions.finished("first", 1), ReadPosition.START)) {
      first = reader.next();
    }
    if (first == null) {
      throw new IOException(path + ": expected at least " + frames + " frames, found 0");
    }
    GsdWriter writer = new GsdWriter(GsdAppender.append(path, frames));
    writer.firstParticles = first.particles();
    writer.firstBox = box(first.box());
    writer.firstDimensions = first.box().dimensions();
    writer.firstPeriodic = periodic(first.box());
    writer.logged.addAll(writer.file.namesOfFirstFrame("log/"));
    writer.logged.remove(GsdSchema.ID);
    writer.logged.remove(GsdSchema.PERIODIC);
    if (!writer.logged.remove(GsdSchema.TIME)) {
      writer.close();
      throw new IOException(path + " was not written by Vitrine: expected " + GsdSchema.TIME);
    }
    return writer;
  }

  @Override
  public long frames() {
    return file.frames();
  }

  @Override
  public void write(Frame frame, Map<String, double[]> fields) throws IOException {
    checkFields(frame, fields);
    if (file.frames() == 0) {
      addLogged(frame.thermo());
      fields.keySet().forEach(name -> logged.add(GsdSchema.FIELDS + name));
    }
    int n = frame.count();
    putConfiguration(frame);
    putParticles(frame.particles());
    CentredPositions centred = CentredPositions.of(frame);
    file.put(GsdSchema.POSITION, n, 3, GsdType.FLOAT, bytes(centred.positions()));
    if (centred.images() != null) {
      file.put(GsdSchema.IMAGE, n, 3, GsdType.INT32, bytes(centred.images()));
    }
    if (frame.velocities() != null) {
      float[] velocities = floats(frame.velocities());
      file.put(GsdSchema.VELOCITY, n, 3, GsdType.FLOAT, bytes(velocities));
    }
    putThermo(frame.thermo());
    for (Map.Entry<String, double[]> field : fields.entrySet()) {
      String name = GsdSchema.FIELDS + field.getKey();
      file.put(name, n, 1, GsdType.FLOAT, bytes(floats(field.getValue())));
    }
    file.endFrame();
  }

  private void checkFields(Frame frame, Map<String, double[]> fields) {
    for (Map.Entry<String, double[]> field : fields.entrySet()) {
      if (field.getValue().length != frame.count()) {
        throw new IllegalArgumentException(
            String.format(
                "field %s must have %d entries, but had %d",
                field.getKey(), frame.count(), field.getValue().length));
      }
    }
    if (file.frames() > 0) {
      Set<String> expected = new TreeSet<>();
      for (String name : logged) {
        if (name.startsWith(GsdSchema.FIELDS)) {
          expected.add(name.substring(GsdSchema.FIELDS.length()));
        }
      }
      if (!expected.equals(fields.keySet())) {
        throw new IllegalArgumentException(
            "fields must be those of frame 0, "
                + expected
                + ", but were "
                + new TreeSet<>(fields.keySet()));
      }
    }
  }

  private void addLogged(Thermo thermo) {
    if (!Double.isNaN(thermo.potentialEnergy())) {
      logged.add(GsdSchema.POTENTIAL_ENERGY);
    }
    if (!Double.isNaN(thermo.pressure())) {
      logged.add(GsdSchema.PRESSURE);
    }
    if (!Double.isNaN(thermo.temperature())) {
      logged.add(GsdSchema.TEMPERATURE);
    }
  }

  private void putConfiguration(Frame frame) {
    file.put(
        GsdSchema.STEP, 1, 1, GsdType.UINT64, allocate(Long.BYTES).putLong(frame.step()).flip());
    file.put(
        GsdSchema.TIME,
        1,
        1,
        GsdType.DOUBLE,
        allocate(Double.BYTES).putDouble(frame.time()).flip());
    // The schema's default is 3; what frame 0 says holds for those that say nothing.
    int dimensions = frame.box().dimensions();
    if (file.frames() == 0) {
      firstDimensions = dimensions;
    }
    if (file.frames() == 0 ? dimensions != 3 : dimensions != firstDimensions) {
      ByteBuffer value = ByteBuffer.wrap(new byte[] {(byte) dimensions});
      file.put(GsdSchema.DIMENSIONS, 1, 1, GsdType.UINT8, value);
    }
    int[] periodic = periodic(frame.box());
    if (file.frames() == 0) {
      firstPeriodic = periodic;
    }
    if (file.frames() == 0
        ? !Arrays.equals(periodic, ALL_PERIODIC)
        : !Arrays.equals(periodic, firstPeriodic)) {
      file.put(GsdSchema.PERIODIC, periodic.length, 1, GsdType.INT32, bytes(periodic));
    }
    float[] box = box(frame.box());
    if (!Arrays.equals(box, firstBox)) {
      file.put(GsdSchema.BOX, box.length, 1, GsdType.FLOAT, bytes(box));
    }
    if (file.frames() == 0) {
      firstBox = box;
    }
  }

  /** In two dimensions nothing is asked about the third edge. */
  private static int[] periodic(Box b) {
    return new int[] {
      b.periodicX() ? 1 : 0, b.periodicY() ? 1 : 0, b.periodicZ() || b.dimensions() == 2 ? 1 : 0
    };
  }

  private static float[] box(Box b) {
    return floats(
        new double[] {b.lx(), b.ly(), b.lz(), b.xy() / b.ly(), b.xz() / b.lz(), b.yz() / b.lz()});
  }

  private void putParticles(Particles particles) {
    if (particles.equals(firstParticles)) {
      return;
    }
    int n = particles.count();
    file.put(GsdSchema.COUNT, 1, 1, GsdType.UINT32, allocate(Integer.BYTES).putInt(n).flip());
    putNames(particles.names());
    int[] types = new int[n];
    Arrays.setAll(types, i -> particles.types()[i]);
    file.put(GsdSchema.TYPE_ID, n, 1, GsdType.UINT32, bytes(types));
    if (particles.diameters() != null) {
      file.put(GsdSchema.DIAMETER, n, 1, GsdType.FLOAT, bytes(floats(particles.diameters())));
    }
    int[] counted = new int[n];
    Arrays.setAll(counted, i -> i);
    boolean named = file.frames() > 0 && !Arrays.equals(firstParticles.ids(), counted);
    if (named || !Arrays.equals(particles.ids(), counted)) {
      file.put(GsdSchema.ID, n, 1, GsdType.UINT32, bytes(particles.ids()));
    }
    if (file.frames() == 0) {
      firstParticles = particles;
    }
  }

  /** Names in rows of one width, each closed by at least one zero byte. */
  private void putNames(List<String> names) {
    byte[][] texts = new byte[names.size()][];
    Arrays.setAll(texts, t -> names.get(t).getBytes(StandardCharsets.UTF_8));
    int width = 1 + Arrays.stream(texts).mapToInt(text -> text.length).max().orElse(0);
    byte[] rows = new byte[texts.length * width];
    for (int t = 0; t < texts.length; t++) {
      System.arraycopy(texts[t], 0, rows, t * width, texts[t].length);
    }
    file.put(GsdSchema.TYPES, texts.length, width, GsdType.INT8, ByteBuffer.wrap(rows));
  }

  private void putThermo(Thermo thermo) {
    putLogged(GsdSchema.POTENTIAL_ENERGY, thermo.potentialEnergy());
    putLogged(GsdSchema.PRESSURE, thermo.pressure());
    putLogged(GsdSchema.TEMPERATURE, thermo.temperature());
  }

  private void putLogged(String name, double value) {
    if (logged.contains(name)) {
      file.put(name, 1, 1, GsdType.DOUBLE, allocate(Double.BYTES).putDouble(value).flip());
    }
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  private static ByteBuffer bytes(float[] values) {
    ByteBuffer bytes = allocate(Float.BYTES * values.length);
    bytes.asFloatBuffer().put(values);
    return bytes;
  }

  private static ByteBuffer bytes(int[] values) {
    ByteBuffer bytes = allocate(Integer.BYTES * values.length);
    bytes.asIntBuffer().put(values);
    return bytes;
  }

  private static ByteBuffer allocate(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
