package io.vitrine.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Opens trajectories of any known format, told by content unless the options name one. */
public final class Trajectories {
  private static final String KNOWN = "known formats: lammps, gsd";
  private static final int HEAD = 4096;

  private Trajectories() {}

  /**
   * Opens a trajectory where an earlier reader stood, or at {@link ReadPosition#START}. A growing
   * one need not exist yet: its reader has no frames until it does.
   *
   * @throws IOException for a file that is missing, unreadable or of no known format
   */
  public static TrajectoryReader open(Path path, ReaderOptions options, ReadPosition position)
      throws IOException {
    if (options.growing()) {
      return new AwaitingReader(path, options, position);
    }
    if (!Files.exists(path)) {
      throw new IOException(path + " does not exist");
    }
    TrajectoryReader reader = tryOpen(path, options, position);
    if (reader == null) {
      throw new IOException(path + " is empty; " + KNOWN);
    }
    return reader;
  }

  /** Opens what is there, or returns null where too little is there to tell its format. */
  static TrajectoryReader tryOpen(Path path, ReaderOptions options, ReadPosition position)
      throws IOException {
    String format = options.format();
    if (format == null) {
      format = probe(path);
    }
    if (format == null) {
      return null;
    }
    return switch (format) {
      case "lammps" -> LammpsDumpReader.open(path, options, position);
      case "gsd" -> GsdReader.open(path, options, position);
      default -> throw new IOException(path + ": unknown format '" + format + "'; " + KNOWN);
    };
  }

  /**
   * The format of a file by its first bytes, or null where there are too few to tell.
   *
   * @throws IOException for a format that is not known
   */
  public static String probe(Path path) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(HEAD);
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      FollowedFile.readAt(channel, head, 0);
    }
    byte[] bytes = new byte[head.flip().remaining()];
    head.get(bytes);
    if (bytes.length < Long.BYTES) {
      return null;
    }
    if (head.order(ByteOrder.LITTLE_ENDIAN).getLong(0) == GsdHeader.MAGIC) {
      return "gsd";
    }
    if (new String(bytes, 0, 5, StandardCharsets.US_ASCII).equals("ITEM:")) {
      return "lammps";
    }
    throw new IOException(path + " is of no known format; " + KNOWN);
  }
}
