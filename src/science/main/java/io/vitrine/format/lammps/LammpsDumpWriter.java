package io.vitrine.format.lammps;

import io.vitrine.format.ReadPosition;
import io.vitrine.format.ReaderOptions;
import io.vitrine.format.text.TextColumns;
import io.vitrine.format.text.TextWriter;
import io.vitrine.model.Box;
import io.vitrine.model.Frame;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Writes LAMMPS text dumps (style {@code custom}): id type, element where species are not named A,
 * B, C, ..., x y z ix iy iz or xu yu zu, vx vy vz where there are velocities, diameter where these
 * are known, then a column a field.
 *
 * <p>Numbers are written so that reading them gives the same double. Only the step is written, no
 * time, as LAMMPS does unless told otherwise and as every reader of dumps expects. Each frame is
 * one write, visible when {@link #write} returns.
 */
public final class LammpsDumpWriter extends TextWriter {
  private LammpsDumpWriter(FileChannel channel, long frames) {
    super(channel, frames);
  }

  /** Makes a new file, in place of one that may be there. */
  public static LammpsDumpWriter create(Path path) throws IOException {
    return new LammpsDumpWriter(fresh(path), 0);
  }

  /** Continues behind the first {@code frames} frames; what follows them is cut off. */
  public static LammpsDumpWriter append(Path path, long frames) throws IOException {
    LammpsDumpReader kept =
        LammpsDumpReader.open(path, ReaderOptions.growing("kept", 1), ReadPosition.START);
    return new LammpsDumpWriter(cut(path, kept, frames), frames);
  }

  @Override
  protected void format(
      StringBuilder out, Frame frame, Map<String, double[]> fields, List<String> fieldNames) {
    out.append("ITEM: TIMESTEP\n").append(frame.step());
    out.append("\nITEM: NUMBER OF ATOMS\n").append(frame.count()).append('\n');
    appendBox(out, frame.box());
    boolean images = frame.images() != null;
    boolean velocities = frame.velocities() != null;
    List<String> names = frame.particles().names();
    boolean lettered = isLettered(names);
    out.append("ITEM: ATOMS id type").append(lettered ? "" : " element");
    out.append(frame.unwrapped() ? " xu yu zu" : " x y z");
    out.append(images ? " ix iy iz" : "").append(velocities ? " vx vy vz" : "");
    out.append(frame.particles().diameters() == null ? "" : " diameter");
    fieldNames.forEach(name -> out.append(' ').append(name));
    out.append('\n');
    for (int i = 0; i < frame.count(); i++) {
      out.append(frame.particles().ids()[i]).append(' ');
      out.append(frame.particles().types()[i] + 1);
      if (!lettered) {
        out.append(' ').append(names.get(frame.particles().types()[i]));
      }
      TextColumns.appendParticle(out, frame, i, 1, fields, fieldNames);
      out.append('\n');
    }
  }

  /** Type 1 is A, 2 is B, 3 is C, ...: other names need a column. */
  private static boolean isLettered(List<String> names) {
    for (int t = 0; t < names.size(); t++) {
      if (!names.get(t).equals(String.valueOf((char) ('A' + t)))) {
        return false;
      }
    }
    return true;
  }

  private static void appendBox(StringBuilder out, Box b) {
    if (b.isOrthogonal()) {
      out.append("ITEM: BOX BOUNDS ").append(boundaries(b)).append('\n');
      bounds(out, b.originX(), b.originX() + b.lx());
      bounds(out.append('\n'), b.originY(), b.originY() + b.ly());
      bounds(out.append('\n'), b.originZ(), b.originZ() + b.lz());
      out.append('\n');
      return;
    }
    double low = Math.min(Math.min(0, b.xy()), Math.min(b.xz(), b.xy() + b.xz()));
    double high = Math.max(Math.max(0, b.xy()), Math.max(b.xz(), b.xy() + b.xz()));
    out.append("ITEM: BOX BOUNDS xy xz yz ").append(boundaries(b)).append('\n');
    bounds(out, b.originX() + low, b.originX() + b.lx() + high).append(' ').append(b.xy());
    out.append('\n');
    double lowY = b.originY() + Math.min(0, b.yz());
    double highY = b.originY() + b.ly() + Math.max(0, b.yz());
    bounds(out, lowY, highY).append(' ').append(b.xz()).append('\n');
    bounds(out, b.originZ(), b.originZ() + b.lz()).append(' ').append(b.yz()).append('\n');
  }

  /** In two dimensions LAMMPS itself calls z periodic. */
  private static String boundaries(Box b) {
    String z = b.periodicZ() || b.dimensions() == 2 ? "pp" : "ff";
    return (b.periodicX() ? "pp " : "ff ") + (b.periodicY() ? "pp " : "ff ") + z;
  }

  private static StringBuilder bounds(StringBuilder out, double low, double high) {
    return out.append(low).append(' ').append(high);
  }
}
