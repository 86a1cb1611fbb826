package io.vitrine.format.wire;

import com.github.luben.zstd.ZstdOutputStream;
import io.vitrine.format.GrowingContract;
import io.vitrine.format.TrajectoryWriter;
import io.vitrine.format.lammps.LammpsDumpWriter;
import io.vitrine.model.Frame;
import io.vitrine.model.Thermo;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Nested;

/** LAMMPS dumps packed by programs that flush after each frame. */
final class PackedContractTest {
  @Nested
  final class Gzip extends Packed {
    @Override
    protected String fileName() {
      return "run.lammpstrj.gz";
    }

    @Override
    OutputStream packing(OutputStream out) throws IOException {
      return new GZIPOutputStream(out, 512, true);
    }
  }

  /** A member a frame. */
  @Nested
  final class GzipMembers extends Packed {
    @Override
    protected String fileName() {
      return "members.lammpstrj.gz";
    }

    @Override
    OutputStream packing(OutputStream out) throws IOException {
      return new Members(out);
    }
  }

  @Nested
  final class Zstandard extends Packed {
    @Override
    protected String fileName() {
      return "run.lammpstrj.zst";
    }

    @Override
    OutputStream packing(OutputStream out) throws IOException {
      return new ZstdOutputStream(out);
    }
  }

  private static final class Members extends OutputStream {
    private final OutputStream out;

    Members(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      GZIPOutputStream member = new GZIPOutputStream(out);
      member.write(bytes, from, length);
      member.finish();
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }

  abstract static class Packed extends GrowingContract {
    abstract OutputStream packing(OutputStream out) throws IOException;

    @Override
    protected TrajectoryWriter create(Path path) throws IOException {
      return new PackingWriter(dir.resolve("plain"), packing(Files.newOutputStream(path)));
    }

    @Override
    protected int firstId() {
      return 1;
    }

    @Override
    protected boolean boxAtOrigin() {
      return true;
    }

    @Override
    protected Frame kept(Frame frame) {
      return frame.toBuilder().thermo(Thermo.UNKNOWN).build();
    }
  }

  /** Packs what the plain writer writes. */
  private static final class PackingWriter implements TrajectoryWriter {
    private final Path plain;
    private final OutputStream out;
    private long frames;

    PackingWriter(Path plain, OutputStream out) {
      this.plain = plain;
      this.out = out;
    }

    @Override
    public void write(Frame frame, Map<String, double[]> fields) throws IOException {
      try (LammpsDumpWriter writer = LammpsDumpWriter.create(plain)) {
        writer.write(frame, fields);
      }
      out.write(Files.readAllBytes(plain));
      out.flush();
      frames++;
    }

    @Override
    public long frames() {
      return frames;
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
