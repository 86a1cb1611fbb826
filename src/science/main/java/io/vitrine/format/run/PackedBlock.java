package io.vitrine.format.run;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * The small files of one block of time as one: a ZIP archive without compression, entries in order
 * of name, all with the same date, so the same files give the same archive.
 */
final class PackedBlock implements Closeable {
  private static final LocalDateTime DATE = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final ZipFile zip;

  private PackedBlock(ZipFile zip) {
    this.zip = zip;
  }

  /** Opens a block, or returns null where there is none. */
  static PackedBlock open(Path path) throws IOException {
    try {
      return new PackedBlock(new ZipFile(path.toFile()));
    } catch (NoSuchFileException | FileNotFoundException e) {
      return null;
    } catch (IOException e) {
      throw new IOException(path + ": not a block of shards: " + e.getMessage(), e);
    }
  }

  /** Names of the files in it, sorted. */
  SortedSet<String> names() {
    SortedSet<String> names = new TreeSet<>();
    zip.stream().forEach(entry -> names.add(entry.getName()));
    return names;
  }

  /** One of its files, or null. */
  byte[] read(String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      return null;
    }
    try (InputStream in = zip.getInputStream(entry)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new IOException(zip.getName() + ": " + name + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }

  /** Where the bytes of a file come from. */
  interface Source {
    byte[] read(String name) throws IOException;
  }

  /** Writes files as a block beside its place, then renames it. */
  static void write(Path path, SortedSet<String> names, Source source) throws IOException {
    Path aside = path.resolveSibling("." + path.getFileName() + ".part");
    try (ZipOutputStream out =
        new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(aside), 1 << 16))) {
      out.setMethod(ZipOutputStream.STORED);
      for (String name : names) {
        byte[] bytes = source.read(name);
        CRC32 crc = new CRC32();
        crc.update(bytes);
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(DATE);
        entry.setSize(bytes.length);
        entry.setCrc(crc.getValue());
        out.putNextEntry(entry);
        out.write(bytes);
        out.closeEntry();
      }
    }
    Files.move(aside, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
