package io.vitrine.format.trajectory;

import io.vitrine.format.FollowedFile;
import io.vitrine.format.ReadPosition;
import io.vitrine.format.ReaderOptions;
import io.vitrine.format.RegularFile;
import io.vitrine.format.TrajectoryReader;
import io.vitrine.format.TrajectoryWriter;
import io.vitrine.format.gsd.GsdHeader;
import io.vitrine.format.gsd.GsdReader;
import io.vitrine.format.gsd.GsdWriter;
import io.vitrine.format.h5md.H5mdReader;
import io.vitrine.format.h5md.H5mdWriter;
import io.vitrine.format.lammps.LammpsDumpReader;
import io.vitrine.format.lammps.LammpsDumpWriter;
import io.vitrine.format.text.TextInput;
import io.vitrine.format.xyz.ExtendedXyzReader;
import io.vitrine.format.xyz.ExtendedXyzWriter;
import io.vitrine.model.Particles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Set;

/** Opens trajectories of any known format, told by content unless the options name one. */
public final class Trajectories {
  private static final String KNOWN =
      "known formats: gsd, h5md, lammps, extxyz (text plain, .gz or .zst)";
  private static final int HEAD = 4096;
  private static final Set<String> WRITABLE =
      Set.of("gsd", "h5", "h5md", "lammpstrj", "dump", "extxyz", "xyz");

  private Trajectories() {}

  /**
   * Opens a trajectory where an earlier reader was, or at {@link ReadPosition#START}. A growing one
   * need not exist yet: its reader has no frames until it does. A {@code *} in the file name
   * represents a sequence of files.
   *
   * @throws IOException for a file that is missing, unreadable or of no known format
   */
  public static TrajectoryReader open(Path path, ReaderOptions options, ReadPosition position)
      throws IOException {
    if (SequenceReader.isPattern(path)) {
      return new SequenceReader(path, options, position);
    }
    if (options.growing()) {
      return new AwaitingReader(path, options, position);
    }
    if (!Files.exists(path)) {
      throw new IOException(path + " does not exist");
    }
    TrajectoryReader reader = tryOpen(path, options, position);
    if (reader == null) {
      throw new IOException(path + " is too short to tell its format; " + KNOWN);
    }
    return reader;
  }

  /**
   * Makes a trajectory whose format is told by the suffix, in place of one that may be there: .gsd,
   * .h5 or .h5md, .lammpstrj or .dump, .extxyz or .xyz.
   *
   * @throws IOException for another suffix
   */
  public static TrajectoryWriter create(Path path) throws IOException {
    return switch (suffix(path)) {
      case "gsd" -> GsdWriter.create(path);
      case "h5", "h5md" -> H5mdWriter.create(path);
      case "lammpstrj", "dump" -> LammpsDumpWriter.create(path);
      case "extxyz", "xyz" -> ExtendedXyzWriter.create(path);
      default -> throw unknownSuffix(path);
    };
  }

  /** Whether {@link #create} knows the suffix. */
  public static boolean isWritable(Path path) {
    return WRITABLE.contains(suffix(path));
  }

  /**
   * Continues a trajectory behind its first {@code frames} frames; what follows them is cut off.
   * H5MD files cannot be continued.
   */
  public static TrajectoryWriter append(Path path, long frames) throws IOException {
    if (frames == 0) {
      return create(path);
    }
    return switch (suffix(path)) {
      case "gsd" -> GsdWriter.append(path, frames);
      case "h5", "h5md" ->
          throw new IOException(path + ": an H5MD file cannot be continued; write GSD instead");
      case "lammpstrj", "dump" -> LammpsDumpWriter.append(path, frames);
      case "extxyz", "xyz" -> ExtendedXyzWriter.append(path, frames);
      default -> throw unknownSuffix(path);
    };
  }

  private static String suffix(Path path) {
    String name = path.getFileName().toString();
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  private static IOException unknownSuffix(Path path) {
    return new IOException(
        path + ": expected a name that ends in .gsd, .h5, .lammpstrj or .extxyz");
  }

  /**
   * Name of the format of a file that is there: gsd, h5md, lammps or extxyz; null where it is too
   * short to tell.
   *
   * @throws IOException for a format that is not known
   */
  public static String format(Path path) throws IOException {
    RegularFile.check(path);
    return probe(path, false);
  }

  /** Opens what is there, or returns null where too little is there to tell its format. */
  static TrajectoryReader tryOpen(Path path, ReaderOptions options, ReadPosition position)
      throws IOException {
    RegularFile.check(path);
    String format = options.format();
    if (format == null) {
      format = probe(path, options.growing());
    } else if (Files.size(path) < Long.BYTES) {
      format = null;
    }
    if (format == null) {
      return null;
    }
    return new ShapedReader(open(format, path, options, position), options);
  }

  private static TrajectoryReader open(
      String format, Path path, ReaderOptions options, ReadPosition position) throws IOException {
    return switch (format) {
      case "lammps" -> LammpsDumpReader.open(path, options, position);
      case "extxyz" -> ExtendedXyzReader.open(path, options, position);
      case "gsd" -> GsdReader.open(path, options, position);
      case "h5md" -> H5mdReader.open(path, options, position, given(options));
      default -> throw new IOException(path + ": unknown format '" + format + "'; " + KNOWN);
    };
  }

  /**
   * The format of a file by its first bytes, or null where there are too few to tell.
   *
   * @throws IOException for a format that is not known
   */
  static String probe(Path path, boolean growing) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      if (FollowedFile.readAt(channel, head, 0) < Long.BYTES) {
        return null;
      }
    }
    if (head.getLong(0) == GsdHeader.MAGIC) {
      return "gsd";
    }
    if (head.getLong(0) == H5mdReader.MAGIC) {
      return "h5md";
    }
    String text = head(path, growing);
    if (text.startsWith("ITEM:")) {
      return "lammps";
    }
    if (text.matches("(?is)\\s*\\d+[ \\t\\r]*\\n[^\\n]*(Lattice|Properties)\\s*=.*")) {
      return "extxyz";
    }
    if (text.matches("(?s)\\s*\\d+[ \\t\\r]*\\n[^\\n]*\\n\\s*\\S+(\\s+[-+.\\deE]+){3}.*")) {
      throw new IOException(
          path
              + " is an XYZ file that says neither its box nor its columns: expected"
              + " Lattice=\"...\" and Properties=... in line 2, found '"
              + text.lines().skip(1).findFirst().orElse("")
              + "'");
    }
    // Too little of an XYZ file, or of a packed one.
    if (text.length() < HEAD && text.matches("|ITEM.*|\\s*\\d+\\s*(\\n[^\\n]*)?")) {
      return null;
    }
    throw new IOException(path + " is of no known format; " + KNOWN);
  }

  private static String head(Path path, boolean growing) throws IOException {
    byte[] bytes = new byte[HEAD];
    int count = 0;
    try (TextInput input = TextInput.open(path, growing, 0)) {
      int more = input.read(bytes, 0, HEAD);
      while (more > 0) {
        count += more;
        more = count == HEAD ? 0 : input.read(bytes, count, HEAD - count);
      }
    }
    if (count > 1 && ((bytes[0] == -1 && bytes[1] == -2) || (bytes[0] == -2 && bytes[1] == -1))) {
      throw new IOException(path + ": expected text in UTF-8, found UTF-16 (a byte order mark)");
    }
    String text = new String(bytes, 0, count, StandardCharsets.UTF_8);
    // A byte order mark and blank lines at the start do no harm.
    return text.replaceFirst("^\uFEFF", "").replaceFirst("^\\s*\\n", "");
  }

  private static Particles given(ReaderOptions options) throws IOException {
    return options.types() == null
        ? null
        : TypesFile.read(options.types(), options.names()).particles();
  }
}
