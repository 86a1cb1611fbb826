package io.vitrine.format.trajectory;

import io.vitrine.format.BadFrameException;
import io.vitrine.format.Frames;
import io.vitrine.format.ReadPosition;
import io.vitrine.format.ReaderOptions;
import io.vitrine.format.TrajectoryReader;
import io.vitrine.format.TrajectoryWriter;
import io.vitrine.format.gsd.GsdWriter;
import io.vitrine.format.h5md.H5mdWriter;
import io.vitrine.format.imd.ImdFrame;
import io.vitrine.format.imd.ImdStream;
import io.vitrine.format.imd.ImdStreams;
import io.vitrine.format.lammps.LammpsDumpWriter;
import io.vitrine.format.wire.FrameCodec;
import io.vitrine.format.xyz.ExtendedXyzWriter;
import io.vitrine.model.Frame;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What fuzzers call: any bytes must give frames, a refusal (IOException) or, for the codec,
 * IllegalArgumentException; never another exception, an endless loop or memory beyond the file's.
 *
 * <p>Jazzer's command line finds the nested classes by {@code fuzzerTestOneInput}; the README of
 * testdata/fuzz has the command. {@link #main} writes the seeds.
 */
final class Fuzz {
  private static final int MOST_FRAMES = 50;
  private static final int EMPTY_POLLS = 5;
  private static final int IMD_PARTICLES = 2;

  private Fuzz() {}

  /** What is tried, by folder of testdata/fuzz. */
  static final Map<String, Target> TARGETS =
      Map.of(
          "gsd", Gsd::fuzzerTestOneInput,
          "h5md", H5md::fuzzerTestOneInput,
          "lammps", Lammps::fuzzerTestOneInput,
          "extxyz", ExtendedXyz::fuzzerTestOneInput,
          "imd", Imd::fuzzerTestOneInput,
          "codec", Codec::fuzzerTestOneInput);

  /** One parser. */
  interface Target {
    void run(byte[] data);
  }

  /** GSD files. */
  static final class Gsd {
    private Gsd() {}

    public static void fuzzerTestOneInput(byte[] data) {
      file("gsd", data);
    }
  }

  /** H5MD files. */
  static final class H5md {
    private H5md() {}

    public static void fuzzerTestOneInput(byte[] data) {
      file("h5md", data);
    }
  }

  /** LAMMPS dumps, plain or packed. */
  static final class Lammps {
    private Lammps() {}

    public static void fuzzerTestOneInput(byte[] data) {
      file("lammps", data);
    }
  }

  /** Extended XYZ files. */
  static final class ExtendedXyz {
    private ExtendedXyz() {}

    public static void fuzzerTestOneInput(byte[] data) {
      file("extxyz", data);
    }
  }

  /** IMD streams of two particles. */
  static final class Imd {
    private Imd() {}

    public static void fuzzerTestOneInput(byte[] data) {
      ImdStream stream = new ImdStream("imd://fuzz", IMD_PARTICLES, new ByteArrayInputStream(data));
      try {
        stream.handshake();
        ImdFrame frame = stream.next();
        while (frame != null) {
          if (frame.positions().length != 3 * IMD_PARTICLES) {
            throw new IllegalStateException("positions of " + frame.positions().length);
          }
          frame = stream.next();
        }
      } catch (IOException e) {
        checkMessage(e, "imd://fuzz");
      }
    }
  }

  /** Encoded frames. */
  static final class Codec {
    private Codec() {}

    public static void fuzzerTestOneInput(byte[] data) {
      Frame frame;
      try {
        frame = FrameCodec.decode(data);
      } catch (IllegalArgumentException e) {
        return;
      }
      if (!FrameCodec.decode(FrameCodec.encode(frame)).equals(frame)) {
        throw new IllegalStateException("does not round-trip");
      }
    }
  }

  private static void file(String format, byte[] data) {
    try {
      Path path = Files.createTempFile("fuzz", ".traj");
      try {
        Files.write(path, data);
        for (boolean growing : new boolean[] {false, true}) {
          read(path, new ReaderOptions("s", 0.005, format, null, growing));
        }
      } finally {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void read(Path path, ReaderOptions options) {
    try (TrajectoryReader reader = Trajectories.open(path, options, ReadPosition.START)) {
      int emptyPolls = 0;
      for (int i = 0; i < MOST_FRAMES; i++) {
        try {
          if (reader.next() == null && (!options.growing() || ++emptyPolls > EMPTY_POLLS)) {
            break;
          }
        } catch (BadFrameException e) {
          checkMessage(e, "");
        }
      }
      reader.position();
      reader.countFrames();
    } catch (IOException e) {
      checkMessage(e, path.toString());
    }
  }

  private static void checkMessage(IOException e, String place) {
    if (e.getMessage() == null || !e.getMessage().contains(place)) {
      throw new IllegalStateException("a refusal that does not say where: " + e, e);
    }
  }

  /** Writes small valid inputs into folders of the directory named. */
  public static void main(String[] arguments) throws IOException {
    Path root = Path.of(arguments[0]);
    for (String target : TARGETS.keySet()) {
      Files.createDirectories(root.resolve(target));
    }
    List<Frame> frames = Frames.walk(1, 2, 2, 1, true);
    writeAll(GsdWriter.create(root.resolve("gsd/seed")), frames);
    writeAll(H5mdWriter.create(root.resolve("h5md/seed")), frames);
    writeAll(LammpsDumpWriter.create(root.resolve("lammps/seed")), frames);
    writeAll(ExtendedXyzWriter.create(root.resolve("extxyz/seed")), frames);
    Files.write(root.resolve("codec/seed"), FrameCodec.encode(frames.get(0)));
    for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
      Files.write(root.resolve("imd/seed-" + order), ImdStreams.wholeStream(order));
    }
  }

  private static void writeAll(TrajectoryWriter writer, List<Frame> frames) throws IOException {
    try (writer) {
      for (Frame frame : frames) {
        writer.write(frame);
      }
    }
  }
}
