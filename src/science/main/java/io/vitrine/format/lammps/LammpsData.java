package io.vitrine.format.lammps;

import io.vitrine.format.SpeciesNames;
import io.vitrine.model.Box;
import io.vitrine.model.Particles;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The identifiers, types and box of a LAMMPS data file.
 *
 * <p>The type is in the second column of section Atoms, or in the third where the section says
 * {@code # molecular}, {@code bond}, {@code angle} or {@code full}. Positions are not read.
 *
 * @see <a href="https://docs.lammps.org/read_data.html">read_data command</a>
 */
public final class LammpsData {
  private static final List<String> SECTIONS =
      List.of(
          "Masses", "Atoms", "Velocities", "Pair", "PairIJ", "Bond", "Bonds", "Angle", "Angles");
  private static final List<String> TYPE_THIRD = List.of("molecular", "bond", "angle", "full");

  private final Path path;
  private final double[] bounds = new double[9];
  private final List<int[]> atoms = new ArrayList<>();
  private final List<String> labels = new ArrayList<>();
  private final Map<String, String> renamed;
  private long expected = -1;

  private LammpsData(Path path, Map<String, String> renamed) {
    this.path = path;
    this.renamed = renamed;
  }

  /** Whether the first lines speak of atoms and xlo xhi. */
  public static boolean looksLike(Path path) throws IOException {
    try (BufferedReader in = Files.newBufferedReader(path, StandardCharsets.ISO_8859_1)) {
      char[] head = new char[4096];
      int count = Math.max(0, in.read(head));
      String text = new String(head, 0, count);
      return text.matches("(?s).*\\d+\\s+atoms\\b.*") && text.contains("xlo xhi");
    }
  }

  public static LammpsData read(Path path, Map<String, String> renamed) throws IOException {
    LammpsData data = new LammpsData(path, renamed);
    try (BufferedReader in = Files.newBufferedReader(path, StandardCharsets.ISO_8859_1)) {
      // The first line is a comment.
      String line = in.readLine() == null ? null : in.readLine();
      boolean inAtoms = false;
      int typeColumn = 1;
      int number = 2;
      for (; line != null; line = in.readLine(), number++) {
        String[] parts = line.split("#", 2);
        String[] words = parts[0].strip().split("\\s+", -1);
        if (words[0].isEmpty()) {
          continue;
        }
        if (SECTIONS.contains(words[0]) || Character.isUpperCase(words[0].charAt(0))) {
          inAtoms = words[0].equals("Atoms");
          if (inAtoms && parts.length == 2 && TYPE_THIRD.contains(parts[1].strip())) {
            typeColumn = 2;
          }
        } else if (inAtoms) {
          data.addAtom(words, typeColumn, number);
        } else {
          data.readHeader(words, number);
        }
      }
    }
    if (data.atoms.size() != data.expected) {
      throw new IOException(
          path + ": expected " + data.expected + " atoms, found " + data.atoms.size());
    }
    return data;
  }

  private void readHeader(String[] words, int line) throws IOException {
    String last = words[words.length - 1];
    int at = List.of("xhi", "yhi", "zhi").indexOf(last);
    try {
      if (at >= 0) {
        bounds[2 * at] = Double.parseDouble(words[0]);
        bounds[2 * at + 1] = Double.parseDouble(words[1]);
      } else if (last.equals("yz") && words.length == 6) {
        for (int i = 0; i < 3; i++) {
          bounds[6 + i] = Double.parseDouble(words[i]);
        }
      } else if (words.length == 2 && last.equals("atoms")) {
        expected = Long.parseLong(words[0]);
      }
    } catch (NumberFormatException e) {
      throw new IOException(path + ", line " + line + ": " + e.getMessage(), e);
    }
  }

  private void addAtom(String[] words, int typeColumn, int line) throws IOException {
    try {
      int id = Integer.parseInt(words[0]);
      String label = words[typeColumn];
      if (!labels.contains(label)) {
        SpeciesNames.found(List.of(label), Map.of());
        labels.add(label);
      }
      atoms.add(new int[] {id, labels.indexOf(label)});
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      throw new IOException(
          path + ", line " + line + ": expected id and type, found " + Arrays.toString(words), e);
    }
  }

  /** Identifiers, ascending, and species. */
  public Particles particles() {
    int[][] sorted = atoms.toArray(new int[0][]);
    Arrays.sort(sorted, (a, b) -> Integer.compare(a[0], b[0]));
    int[] ids = new int[sorted.length];
    byte[] types = new byte[sorted.length];
    SpeciesNames species = SpeciesNames.found(labels, renamed);
    for (int i = 0; i < sorted.length; i++) {
      ids[i] = sorted[i][0];
      types[i] = species.types()[sorted[i][1]];
    }
    return Particles.of(ids, types, species.names());
  }

  /** The box. */
  public Box box() throws IOException {
    try {
      double[] b = bounds;
      return Box.triclinic(b[1] - b[0], b[3] - b[2], b[5] - b[4], b[6], b[7], b[8])
          .at(b[0], b[2], b[4]);
    } catch (IllegalArgumentException e) {
      throw new IOException(path + ": " + e.getMessage(), e);
    }
  }
}
