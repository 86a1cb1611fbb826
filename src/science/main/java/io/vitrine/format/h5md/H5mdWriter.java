package io.vitrine.format.h5md;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableDataset;
import io.jhdf.api.WritableGroup;
import io.vitrine.format.TrajectoryWriter;
import io.vitrine.format.WholeFile;
import io.vitrine.model.Box;
import io.vitrine.model.Frame;
import io.vitrine.model.Particles;
import io.vitrine.model.Target;
import io.vitrine.model.Thermo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Writes H5MD files: position, image and velocity [T][N][D] in double, box edges by time, species
 * and id fixed, step and time explicit, energy, pressure and temperature as observables.
 *
 * <p>jhdf writes a file whole, so frames are kept until {@value #PART_BYTES} bytes have come or the
 * particles change, then put aside as a numbered part (run.0000.h5, run.0001.h5, ...); what fits
 * one part is one file of the name given. A part appears whole, by rename. Not for following: use
 * GSD for that. Per-particle fields are not written.
 */
public final class H5mdWriter implements TrajectoryWriter {
  private static final long PART_BYTES = 1L << 27;
  private static final int BYTES_A_PARTICLE = 60;

  private final Path path;
  private final List<Frame> part = new ArrayList<>();
  private int parts;
  private long frames;
  private boolean closed;

  private H5mdWriter(Path path) {
    this.path = path;
  }

  /** Starts a file, or several; one that may be there is replaced when this one is whole. */
  public static H5mdWriter create(Path path) {
    return new H5mdWriter(path);
  }

  @Override
  public long frames() {
    return frames;
  }

  @Override
  public void write(Frame frame, Map<String, double[]> fields) throws IOException {
    if (!fields.isEmpty()) {
      throw new IllegalArgumentException(
          "fields must be empty for H5MD, but were " + fields.keySet());
    }
    long bytes = (long) part.size() * frame.count() * BYTES_A_PARTICLE;
    boolean other =
        !part.isEmpty()
            && (!part.get(0).particles().equals(frame.particles())
                || !sameShape(part.get(0).box(), frame.box())
                || hasVelocities(part.get(0)) != hasVelocities(frame));
    if (bytes > PART_BYTES || other) {
      writePart(numbered(parts++));
    }
    part.add(frame);
    frames++;
  }

  private static boolean sameShape(Box a, Box b) {
    return a.dimensions() == b.dimensions()
        && a.periodicX() == b.periodicX()
        && a.periodicY() == b.periodicY()
        && a.periodicZ() == b.periodicZ();
  }

  private static boolean hasVelocities(Frame frame) {
    return frame.velocities() != null;
  }

  private Path numbered(int number) {
    String name = path.getFileName().toString();
    int dot = name.lastIndexOf('.');
    String stem = dot < 0 ? name : name.substring(0, dot);
    String suffix = dot < 0 ? "" : name.substring(dot);
    return path.resolveSibling(String.format("%s.%04d%s", stem, number, suffix));
  }

  private void writePart(Path target) throws IOException {
    Path aside = WholeFile.aside(target);
    Files.deleteIfExists(aside);
    try (WritableHdfFile file = HdfFile.write(aside)) {
      putHeader(file);
      putParticles(file.putGroup("particles").putGroup("all"));
      putObservables(file.putGroup("observables"));
    } catch (RuntimeException e) {
      Files.deleteIfExists(aside);
      throw new IOException(target + " could not be written: " + e.getMessage(), e);
    }
    WholeFile.finish(target);
    part.clear();
  }

  private static void putHeader(WritableHdfFile file) {
    WritableGroup h5md = file.putGroup("h5md");
    h5md.putAttribute("version", new int[] {1, 1});
    h5md.putGroup("author").putAttribute("name", "Vitrine");
    WritableGroup creator = h5md.putGroup("creator");
    creator.putAttribute("name", "Vitrine");
    creator.putAttribute("version", "0.1");
  }

  private void putParticles(WritableGroup all) {
    Particles particles = part.get(0).particles();
    WritableGroup box = all.putGroup("box");
    Box first = part.get(0).box();
    int d = first.dimensions();
    boolean[] periodic = {first.periodicX(), first.periodicY(), first.periodicZ()};
    String[] boundary = new String[d];
    Arrays.setAll(boundary, axis -> periodic[axis] ? "periodic" : "none");
    box.putAttribute("dimension", d);
    box.putAttribute("boundary", boundary);
    putTimed(box.putGroup("edges"), edges(d));
    all.putDataset("id", particles.ids());
    int[] species = new int[particles.count()];
    Arrays.setAll(species, i -> particles.types()[i]);
    WritableDataset numbers = all.putDataset("species", species);
    if (!particles.names().equals(Target.A_AND_B)) {
      numbers.putAttribute("names", particles.names().toArray(new String[0]));
    }
    if (particles.diameters() != null) {
      all.putDataset("diameter", particles.diameters());
    }
    double[][][] positions = new double[part.size()][][];
    Arrays.setAll(positions, k -> rows(part.get(k).positions(), d));
    putTimed(all.putGroup("position"), positions);
    if (part.stream().allMatch(f -> f.images() != null)) {
      int[][][] images = new int[part.size()][][];
      Arrays.setAll(images, k -> rows(part.get(k).images(), d));
      putTimed(all.putGroup("image"), images);
    }
    if (hasVelocities(part.get(0))) {
      double[][][] velocities = new double[part.size()][][];
      Arrays.setAll(velocities, k -> rows(part.get(k).velocities(), d));
      putTimed(all.putGroup("velocity"), velocities);
    }
  }

  private Object edges(int d) {
    double[][][] edges = new double[part.size()][][];
    for (int k = 0; k < edges.length; k++) {
      Box b = part.get(k).box();
      edges[k] =
          d == 2
              ? new double[][] {{b.lx(), 0}, {b.xy(), b.ly()}}
              : new double[][] {{b.lx(), 0, 0}, {b.xy(), b.ly(), 0}, {b.xz(), b.yz(), b.lz()}};
    }
    return edges;
  }

  private void putObservables(WritableGroup group) {
    double[][] values = new double[3][part.size()];
    for (int k = 0; k < part.size(); k++) {
      Thermo thermo = part.get(k).thermo();
      values[0][k] = thermo.potentialEnergy();
      values[1][k] = thermo.pressure();
      values[2][k] = thermo.temperature();
    }
    putTimed(group.putGroup("potential_energy"), values[0]);
    putTimed(group.putGroup("pressure"), values[1]);
    putTimed(group.putGroup("temperature"), values[2]);
  }

  private void putTimed(WritableGroup group, Object value) {
    long[] steps = part.stream().mapToLong(Frame::step).toArray();
    double[] times = part.stream().mapToDouble(Frame::time).toArray();
    group.putDataset("value", value);
    group.putDataset("step", steps);
    group.putDataset("time", times);
  }

  private static double[][] rows(double[] xyz, int d) {
    double[][] rows = new double[xyz.length / 3][];
    Arrays.setAll(rows, i -> Arrays.copyOfRange(xyz, 3 * i, 3 * i + d));
    return rows;
  }

  private static int[][] rows(int[] xyz, int d) {
    int[][] rows = new int[xyz.length / 3][];
    Arrays.setAll(rows, i -> Arrays.copyOfRange(xyz, 3 * i, 3 * i + d));
    return rows;
  }

  @Override
  public void close() throws IOException {
    if (!closed && !part.isEmpty()) {
      writePart(parts == 0 ? path : numbered(parts++));
    }
    closed = true;
  }
}
