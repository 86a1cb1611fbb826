package io.vitrine.format;

import io.vitrine.model.Box;
import io.vitrine.model.Frame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/**
 * Writes extended XYZ files that OVITO and ASE read: species, id, pos, image where the frame has
 * flags, velo where it has velocities, then a column a field; Lattice, Origin, pbc, Time and Step
 * in the second line.
 *
 * <p>Numbers are written so that reading them gives the same double. Each frame is one write,
 * visible when {@link #write} returns.
 */
public final class ExtendedXyzWriter implements TrajectoryWriter {
  private final FileChannel channel;
  private long frames;
  private List<String> fieldNames;

  private ExtendedXyzWriter(FileChannel channel, long frames) {
    this.channel = channel;
    this.frames = frames;
  }

  /** Makes a new file, in place of one that may be there. */
  public static ExtendedXyzWriter create(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    return new ExtendedXyzWriter(channel, 0);
  }

  /** Goes on writing behind the first {@code frames} frames; what follows them is cut off. */
  public static ExtendedXyzWriter append(Path path, long frames) throws IOException {
    long end;
    try (ExtendedXyzReader reader =
        ExtendedXyzReader.open(path, ReaderOptions.growing("kept", 1), ReadPosition.START)) {
      end = reader.endOf(frames);
    }
    FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE);
    channel.truncate(end).position(end);
    return new ExtendedXyzWriter(channel, frames);
  }

  @Override
  public long frames() {
    return frames;
  }

  @Override
  public void write(Frame frame, Map<String, double[]> fields) throws IOException {
    fieldNames = TextColumns.checked(frame, fields, fieldNames);
    boolean images = frame.images() != null;
    boolean velocities = frame.velocities() != null;
    StringBuilder out = new StringBuilder(64 * frame.count());
    out.append(frame.count()).append('\n');
    appendBox(out, frame.box());
    out.append(" Properties=species:S:1:id:I:1:pos:R:3");
    out.append(images ? ":image:I:3" : "").append(velocities ? ":velo:R:3" : "");
    fieldNames.forEach(name -> out.append(':').append(name).append(":R:1"));
    out.append(" Time=").append(frame.time()).append(" Step=").append(frame.step());
    out.append(frame.unwrapped() ? " unwrapped=T\n" : "\n");
    for (int i = 0; i < frame.count(); i++) {
      out.append(frame.particles().types()[i] == 0 ? "A " : "B ");
      out.append(frame.particles().ids()[i]);
      TextColumns.append(out, frame.positions(), 3 * i);
      for (int d = 0; d < 3 && images; d++) {
        out.append(' ').append(frame.images()[3 * i + d]);
      }
      if (velocities) {
        TextColumns.append(out, frame.velocities(), 3 * i);
      }
      for (String name : fieldNames) {
        out.append(' ').append(fields.get(name)[i]);
      }
      out.append('\n');
    }
    ByteBuffer bytes = ByteBuffer.wrap(out.toString().getBytes(StandardCharsets.US_ASCII));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    frames++;
  }

  private static void appendBox(StringBuilder out, Box b) {
    out.append("Lattice=\"").append(b.lx()).append(" 0.0 0.0 ");
    out.append(b.xy()).append(' ').append(b.ly()).append(" 0.0 ");
    out.append(b.xz()).append(' ').append(b.yz()).append(' ').append(b.lz());
    out.append("\" Origin=\"").append(b.originX()).append(' ').append(b.originY());
    out.append(' ').append(b.originZ()).append("\" pbc=\"T T T\"");
  }

  @Override
  public void close() throws IOException {
    channel.force(true);
    channel.close();
  }
}
