package io.vitrine.format.xyz;

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
 * Writes extended XYZ files that OVITO and ASE read: species, id, pos, image where the frame has
 * flags, velo where it has velocities, radius where diameters are known, then a column a field;
 * Lattice, Origin, pbc, Time and Step in the second line.
 *
 * <p>Numbers are written so that reading them gives the same double. Each frame is one write,
 * visible when {@link #write} returns.
 */
public final class ExtendedXyzWriter extends TextWriter {
  private ExtendedXyzWriter(FileChannel channel, long frames) {
    super(channel, frames);
  }

  /** Makes a new file, in place of one that may be there. */
  public static ExtendedXyzWriter create(Path path) throws IOException {
    return new ExtendedXyzWriter(fresh(path), 0);
  }

  /** Continues behind the first {@code frames} frames; what follows them is cut off. */
  public static ExtendedXyzWriter append(Path path, long frames) throws IOException {
    ExtendedXyzReader kept =
        ExtendedXyzReader.open(path, ReaderOptions.growing("kept", 1), ReadPosition.START);
    return new ExtendedXyzWriter(cut(path, kept, frames), frames);
  }

  @Override
  protected void format(
      StringBuilder out, Frame frame, Map<String, double[]> fields, List<String> fieldNames) {
    List<String> names = frame.particles().names();
    boolean images = frame.images() != null;
    boolean velocities = frame.velocities() != null;
    out.append(frame.count()).append('\n');
    appendBox(out, frame.box());
    out.append(" Properties=species:S:1:id:I:1:pos:R:3");
    out.append(images ? ":image:I:3" : "").append(velocities ? ":velo:R:3" : "");
    out.append(frame.particles().diameters() == null ? "" : ":radius:R:1");
    fieldNames.forEach(name -> out.append(':').append(name).append(":R:1"));
    out.append(" Time=").append(frame.time()).append(" Step=").append(frame.step());
    out.append(frame.unwrapped() ? " unwrapped=T\n" : "\n");
    for (int i = 0; i < frame.count(); i++) {
      out.append(names.get(frame.particles().types()[i])).append(' ');
      out.append(frame.particles().ids()[i]);
      TextColumns.appendParticle(out, frame, i, 2, fields, fieldNames);
      out.append('\n');
    }
  }

  private static void appendBox(StringBuilder out, Box b) {
    out.append("Lattice=\"").append(b.lx()).append(" 0.0 0.0 ");
    out.append(b.xy()).append(' ').append(b.ly()).append(" 0.0 ");
    out.append(b.xz()).append(' ').append(b.yz()).append(' ').append(b.lz());
    out.append("\" Origin=\"").append(b.originX()).append(' ').append(b.originY());
    out.append(' ').append(b.originZ()).append("\" pbc=\"");
    out.append(b.periodicX() ? "T " : "F ").append(b.periodicY() ? "T " : "F ");
    out.append(b.periodicZ() ? "T\"" : "F\"");
  }
}
