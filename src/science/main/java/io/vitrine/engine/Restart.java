package io.vitrine.engine;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far {@code vitrine simulate} has come, as a file: what it was asked for, tau of equilibration
 * done, frames written with U/N, P, T and the conserved quantity of each, what a run that judges
 * its own equilibrium remembers, and the engine's state, from which it continues bit for bit.
 *
 * <p>Written aside and renamed, so that a kill leaves the one before. Big-endian; about 61 bytes a
 * particle and 32 a frame.
 *
 * @param request what was asked for, but for how long
 * @param equilibrated tau of equilibration done
 * @param running whether time has begun
 * @param rows U/N, P, T and the conserved quantity a particle of the frames written
 * @param memory of the run's equilibrium, bytes by name; empty where nothing judges it
 * @param snapshot of the engine
 */
public record Restart(
    String request,
    long equilibrated,
    boolean running,
    List<double[]> rows,
    SortedMap<String, byte[]> memory,
    byte[] snapshot) {
  private static final long MAGIC = 0x5654525354303031L;

  /** Of files with a memory. */
  private static final long MAGIC_WITH_MEMORY = 0x5654525354303032L;

  private static final int QUANTITIES = 4;

  /** Freezes the list and the map. */
  public Restart {
    rows = List.copyOf(rows);
    memory = Collections.unmodifiableSortedMap(new TreeMap<>(memory));
  }

  /** Without a memory. */
  public Restart(
      String request, long equilibrated, boolean running, List<double[]> rows, byte[] snapshot) {
    this(request, equilibrated, running, rows, new TreeMap<>(), snapshot);
  }

  /** Writes it, in place of one that may be there. */
  public void write(Path path) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeLong(memory.isEmpty() ? MAGIC : MAGIC_WITH_MEMORY);
    out.writeUTF(request);
    out.writeLong(equilibrated);
    out.writeBoolean(running);
    out.writeInt(rows.size());
    for (double[] row : rows) {
      for (double value : row) {
        out.writeDouble(value);
      }
    }
    if (!memory.isEmpty()) {
      out.writeInt(memory.size());
      for (Map.Entry<String, byte[]> entry : memory.entrySet()) {
        out.writeUTF(entry.getKey());
        out.writeInt(entry.getValue().length);
        out.write(entry.getValue());
      }
    }
    out.writeInt(snapshot.length);
    out.write(snapshot);
    Path aside = path.resolveSibling(path.getFileName() + ".part");
    Files.write(aside, bytes.toByteArray());
    Files.move(aside, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Whether a file begins as a restart file does. */
  public static boolean isThere(Path path) throws IOException {
    if (!Files.isRegularFile(path)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(path)) {
      byte[] head = in.readNBytes(Long.BYTES);
      return head.length == Long.BYTES && isMagic(ByteBuffer.wrap(head).getLong());
    }
  }

  private static boolean isMagic(long head) {
    return head == MAGIC || head == MAGIC_WITH_MEMORY;
  }

  /** Reads one whole, or says what is wrong with it. */
  public static Restart read(Path path) throws IOException {
    byte[] bytes = Files.readAllBytes(path);
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    try {
      long magic = in.readLong();
      if (!isMagic(magic)) {
        throw new IOException(path + ": is no restart file of vitrine simulate");
      }
      String request = in.readUTF();
      long equilibrated = in.readLong();
      boolean running = in.readBoolean();
      int frames = in.readInt();
      if (frames < 0 || (long) frames * QUANTITIES * Double.BYTES > in.available()) {
        throw new IOException(path + ": names " + frames + " frames, more than it holds");
      }
      List<double[]> rows = new ArrayList<>(frames);
      for (int f = 0; f < frames; f++) {
        double[] row = new double[QUANTITIES];
        for (int q = 0; q < QUANTITIES; q++) {
          row[q] = in.readDouble();
        }
        rows.add(row);
      }
      TreeMap<String, byte[]> memory = new TreeMap<>();
      if (magic == MAGIC_WITH_MEMORY) {
        readMemory(path, in, memory);
      }
      int length = in.readInt();
      if (length != in.available()) {
        throw new IOException(
            path + ": expected a snapshot of " + length + " bytes, found " + in.available());
      }
      return new Restart(request, equilibrated, running, rows, memory, in.readAllBytes());
    } catch (EOFException e) {
      throw new IOException(path + ": ends after " + bytes.length + " bytes, within a restart", e);
    }
  }

  private static void readMemory(Path path, DataInputStream in, SortedMap<String, byte[]> memory)
      throws IOException {
    int entries = in.readInt();
    for (int e = 0; e < entries; e++) {
      String name = in.readUTF();
      int length = in.readInt();
      if (length < 0 || length > in.available()) {
        throw new IOException(
            path + ": expected " + length + " bytes of " + name + ", found " + in.available());
      }
      memory.put(name, in.readNBytes(length));
    }
  }
}
